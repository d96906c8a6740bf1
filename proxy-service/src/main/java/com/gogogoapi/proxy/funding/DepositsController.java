package com.gogogoapi.proxy.funding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.InstallationServices.ServiceResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where an account is paid in stablecoins, and what became of each payment: the funding-service reads parameters and bodies. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class DepositsController {

    private static final String ADDRESSES = "/internal/deposit-addresses";
    private static final String DEPOSITS = "/internal/deposits";

    private final Authentication authentication;
    private final RequestBodies bodies;
    private final InstallationServices services;

    DepositsController(Authentication authentication, RequestBodies bodies, InstallationServices services) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.services = services;
    }

    @GetMapping("/deposit-addresses")
    ResponseEntity<byte[]> addresses(HttpServletRequest request) {
        return get(ADDRESSES, request);
    }

    /** Tokens that are worth nothing, where the installation has a test chain that gives them away. */
    @PostMapping("/deposit-addresses/test-payments")
    ResponseEntity<byte[]> payTestTokens(HttpServletRequest request) throws IOException {
        var caller = authentication.anyReader(request);
        return answer(
                services.post(Service.FUNDING, "/internal/test-payments", caller.headers(), bodies.read(request)));
    }

    @GetMapping("/deposits")
    @QueryParameters({"limit", "cursor", "state", "chain_id"})
    ResponseEntity<byte[]> deposits(HttpServletRequest request) {
        return get(DEPOSITS + query(request, List.of("limit", "cursor", "state", "chain_id")), request);
    }

    @GetMapping("/deposits/{depositId}")
    ResponseEntity<byte[]> deposit(@PathVariable String depositId, HttpServletRequest request) {
        try {
            return get(DEPOSITS + "/" + UUID.fromString(depositId), request);
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("This account has no such deposit.");
        }
    }

    private static String query(HttpServletRequest request, List<String> parameters) {
        var query = new StringBuilder();
        for (var name : parameters) {
            var value = request.getParameter(name);
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, UTF_8));
            }
        }
        return query.toString();
    }

    private ResponseEntity<byte[]> get(String path, HttpServletRequest request) {
        return answer(services.get(
                Service.FUNDING, path, authentication.anyReader(request).headers()));
    }

    private static ResponseEntity<byte[]> answer(ServiceResponse response) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(response.body());
    }
}
