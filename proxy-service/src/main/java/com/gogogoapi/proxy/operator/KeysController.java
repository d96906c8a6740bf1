package com.gogogoapi.proxy.operator;

import com.gogogoapi.proxy.accounts.AccountRequests;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The accounts' keys, with the operator token; they are the account-service's, and so is the audit of what is done to them. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class KeysController {

    private final AccountRequests requests;

    KeysController(AccountRequests requests) {
        this.requests = requests;
    }

    @PostMapping("/accounts/{account}/keys")
    ResponseEntity<byte[]> issue(@PathVariable String account, HttpServletRequest request) throws IOException {
        return pass(AccountRequests.pathOf(account) + "/keys", request);
    }

    @GetMapping("/accounts/{account}/keys")
    @QueryParameters({"limit", "cursor", "search", "revoked"})
    ResponseEntity<byte[]> list(@PathVariable String account, HttpServletRequest request) throws IOException {
        return pass(AccountRequests.pathOf(account) + "/keys", request);
    }

    @GetMapping("/accounts/{account}/keys/{keyId}")
    ResponseEntity<byte[]> read(@PathVariable String account, @PathVariable String keyId, HttpServletRequest request)
            throws IOException {
        return pass(AccountRequests.pathOf(account, keyId), request);
    }

    @PatchMapping("/accounts/{account}/keys/{keyId}")
    ResponseEntity<byte[]> change(@PathVariable String account, @PathVariable String keyId, HttpServletRequest request)
            throws IOException {
        return pass(AccountRequests.pathOf(account, keyId), request);
    }

    @DeleteMapping("/accounts/{account}/keys/{keyId}")
    ResponseEntity<byte[]> revoke(@PathVariable String account, @PathVariable String keyId, HttpServletRequest request)
            throws IOException {
        return pass(AccountRequests.pathOf(account, keyId), request);
    }

    @PostMapping("/accounts/{account}/keys/{keyId}/rotation")
    ResponseEntity<byte[]> rotate(@PathVariable String account, @PathVariable String keyId, HttpServletRequest request)
            throws IOException {
        return pass(AccountRequests.pathOf(account, keyId) + "/rotation", request);
    }

    /** Revokes a key that leaked, by what leaked of it. The same again changes nothing. */
    @PostMapping("/keys/revocations")
    ResponseEntity<byte[]> revokeLeaked(HttpServletRequest request) throws IOException {
        return pass("/internal/keys/revocations", request);
    }

    private ResponseEntity<byte[]> pass(String path, HttpServletRequest request) throws IOException {
        return requests.pass(Operator.of(request).name(), path, request);
    }
}
