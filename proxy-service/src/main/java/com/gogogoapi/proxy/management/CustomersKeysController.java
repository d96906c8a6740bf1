package com.gogogoapi.proxy.management;

import com.gogogoapi.proxy.accounts.AccountRequests;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys of the account that a management key belongs to; and, for every key, itself. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class CustomersKeysController {

    private final Authentication authentication;
    private final AccountRequests requests;
    private final LimitsLeft limitsLeft;

    CustomersKeysController(Authentication authentication, AccountRequests requests, LimitsLeft limitsLeft) {
        this.authentication = authentication;
        this.requests = requests;
        this.limitsLeft = limitsLeft;
    }

    /** The calling key, without itself, and what is left of what binds it. */
    @GetMapping("/key")
    ResponseEntity<byte[]> own(HttpServletRequest request) throws IOException {
        var caller = authentication.anyReader(request);
        var key = requests.pass(caller, AccountRequests.pathOf(account(caller), caller.keyId()), request);
        var body = key.getBody();
        return body == null || !key.getStatusCode().is2xxSuccessful()
                ? key
                : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(limitsLeft.addTo(body, caller));
    }

    @PostMapping("/keys")
    ResponseEntity<byte[]> issue(HttpServletRequest request) throws IOException {
        var caller = authentication.manager(request);
        return requests.pass(caller, AccountRequests.pathOf(account(caller)) + "/keys", request);
    }

    @GetMapping("/keys")
    @QueryParameters({"limit", "cursor", "search", "revoked"})
    ResponseEntity<byte[]> list(HttpServletRequest request) throws IOException {
        var caller = authentication.manager(request);
        return requests.pass(caller, AccountRequests.pathOf(account(caller)) + "/keys", request);
    }

    @GetMapping("/keys/{keyId}")
    ResponseEntity<byte[]> read(@PathVariable String keyId, HttpServletRequest request) throws IOException {
        return pass(keyId, "", request);
    }

    @PatchMapping("/keys/{keyId}")
    ResponseEntity<byte[]> change(@PathVariable String keyId, HttpServletRequest request) throws IOException {
        return pass(keyId, "", request);
    }

    @DeleteMapping("/keys/{keyId}")
    ResponseEntity<byte[]> revoke(@PathVariable String keyId, HttpServletRequest request) throws IOException {
        return pass(keyId, "", request);
    }

    @PostMapping("/keys/{keyId}/rotation")
    ResponseEntity<byte[]> rotate(@PathVariable String keyId, HttpServletRequest request) throws IOException {
        return pass(keyId, "/rotation", request);
    }

    private ResponseEntity<byte[]> pass(String keyId, String what, HttpServletRequest request) throws IOException {
        var caller = authentication.manager(request);
        return requests.pass(caller, AccountRequests.pathOf(account(caller), keyId) + what, request);
    }

    private static String account(Caller caller) {
        return caller.account().value();
    }
}
