package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.proxy.RequestBodies;
import com.gogogoapi.proxy.accounts.Accounts;
import com.gogogoapi.proxy.keys.ApiKeys;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts and their keys, with the operator token. Every write leaves a row in the audit. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class AccountsController {

    private static final int MAX_NAME_CHARS = 200;
    private static final int MAX_KEYS_PER_ACCOUNT = 1_000;
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Authentication authentication;
    private final RequestBodies bodies;
    private final Accounts accounts;
    private final ApiKeys keys;
    private final InstallationServices services;
    private final OperatorAudit audit;

    AccountsController(
            Authentication authentication,
            RequestBodies bodies,
            Accounts accounts,
            ApiKeys keys,
            InstallationServices services,
            OperatorAudit audit) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.accounts = accounts;
        this.keys = keys;
        this.services = services;
        this.audit = audit;
    }

    /** Opens an account; with the same Idempotency-Key again, answers the same account. */
    @PostMapping("/accounts")
    Map<String, String> open(HttpServletRequest request) throws IOException {
        authentication.requireOperator(request);
        var name = OperatorBodies.text(OperatorBodies.object(bodies.read(request)), "name", MAX_NAME_CHARS);
        var key = OperatorBodies.optionalHeader(request.getHeader(IDEMPOTENCY_KEY), IDEMPOTENCY_KEY, MAX_NAME_CHARS);
        var account = accounts.open(name, key);
        if (!account.name().equals(name)) {
            throw ApiError.conflict(
                    "idempotency_mismatch",
                    IDEMPOTENCY_KEY,
                    "An Idempotency-Key must stay with what it was first used for: this one opened an account of another name.");
        }
        audit.record(
                RequestIdFilter.of(request), "open-account", account.accountId().value(), name);
        return Map.of("account_id", account.accountId().value(), "name", account.name());
    }

    @GetMapping("/accounts/{account}")
    ResponseEntity<byte[]> read(@PathVariable String account, HttpServletRequest request) {
        authentication.requireReader(request);
        var accountId = accounts.existing(account);
        var answer = services.get(Service.LEDGER, "/internal/accounts/" + accountId + "/balance", Map.of());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer.body());
    }

    /** Issues a key, which is shown in this answer and never again. Not repeatable: each call is another key. */
    @PostMapping("/accounts/{account}/keys")
    Map<String, String> issue(@PathVariable String account, HttpServletRequest request) throws IOException {
        authentication.requireOperator(request);
        var accountId = accounts.existing(account);
        var label = OperatorBodies.text(OperatorBodies.object(bodies.read(request)), "label", MAX_NAME_CHARS);
        if (keys.countOf(accountId) >= MAX_KEYS_PER_ACCOUNT) {
            throw ApiError.conflict(
                    "too_many_keys",
                    null,
                    "An account must have at most " + MAX_KEYS_PER_ACCOUNT + " valid keys: revoke one first.");
        }
        var issued = keys.issue(accountId, label);
        audit.record(RequestIdFilter.of(request), "issue-key", issued.keyId(), account + " " + label);
        return Map.of("key_id", issued.keyId(), "api_key", issued.apiKey(), "label", label);
    }

    @DeleteMapping("/accounts/{account}/keys/{keyId}")
    Map<String, Object> revoke(@PathVariable String account, @PathVariable String keyId, HttpServletRequest request) {
        authentication.requireOperator(request);
        if (!keys.revoke(accounts.existing(account), keyId)) {
            throw ApiError.notFound("This account has no such key.");
        }
        audit.record(RequestIdFilter.of(request), "revoke-key", keyId, account);
        return Map.of("key_id", keyId, "revoked", true);
    }
}
