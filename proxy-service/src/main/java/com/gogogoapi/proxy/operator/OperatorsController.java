package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.accounts.AccountRequests;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operators by name; they are the account-service's, and so is the audit of what is done to them. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class OperatorsController {

    private static final String OPERATORS = "/internal/operators";

    private final AccountRequests requests;

    OperatorsController(AccountRequests requests) {
        this.requests = requests;
    }

    /** Who calls. */
    @GetMapping("/self")
    Map<String, Object> self(HttpServletRequest request) {
        var operator = Operator.of(request);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("name", operator.name());
        answer.put("roles", operator.writtenRoles());
        answer.put("installation", operator.isInstallations());
        return answer;
    }

    @GetMapping("/operators")
    @QueryParameters({"limit", "cursor"})
    ResponseEntity<byte[]> list(HttpServletRequest request) throws IOException {
        return pass(OPERATORS, request);
    }

    @PostMapping("/operators")
    ResponseEntity<byte[]> add(HttpServletRequest request) throws IOException {
        return pass(OPERATORS, request);
    }

    @PatchMapping("/operators/{name}")
    ResponseEntity<byte[]> change(@PathVariable String name, HttpServletRequest request) throws IOException {
        return pass(pathOf(name), request);
    }

    @DeleteMapping("/operators/{name}")
    ResponseEntity<byte[]> revoke(@PathVariable String name, HttpServletRequest request) throws IOException {
        return pass(pathOf(name), request);
    }

    @PostMapping("/operators/{name}/secret")
    ResponseEntity<byte[]> renew(@PathVariable String name, HttpServletRequest request) throws IOException {
        return pass(pathOf(name) + "/secret", request);
    }

    private ResponseEntity<byte[]> pass(String path, HttpServletRequest request) throws IOException {
        return requests.pass(Operator.of(request).name(), path, request);
    }

    private static String pathOf(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw ApiError.notFound("There is no such operator.");
        }
        return OPERATORS + "/" + name;
    }
}
