package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.proxy.accounts.Accounts;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.ApiKeys;
import com.gogogoapi.proxy.keys.ApiKeys.Known;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The accounts' keys, with the operator token. Every write leaves a row in the audit. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class KeysController {

    private static final int MAX_LABEL_CHARS = 200;
    private static final int MAX_KEY_CHARS = 200;
    private static final int LAST_FOUR_CHARS = 4;
    private static final int MAX_KEYS_PER_ACCOUNT = 1_000;
    private static final int MAX_CANDIDATES = 100;

    private final Authentication authentication;
    private final RequestBodies bodies;
    private final Accounts accounts;
    private final ApiKeys keys;
    private final OperatorAudit audit;

    KeysController(
            Authentication authentication, RequestBodies bodies, Accounts accounts, ApiKeys keys, OperatorAudit audit) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.accounts = accounts;
        this.keys = keys;
        this.audit = audit;
    }

    /** Issues a key, which is shown in this answer and never again. Not repeatable: each call is another key. */
    @PostMapping("/accounts/{account}/keys")
    Map<String, String> issue(@PathVariable String account, HttpServletRequest request) throws IOException {
        authentication.requireOperator(request);
        var accountId = accounts.existing(account);
        var label = OperatorBodies.text(OperatorBodies.object(bodies.read(request), "label"), "label", MAX_LABEL_CHARS);
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

    /** An account's keys, valid or revoked, in the order in which they were issued. */
    @GetMapping("/accounts/{account}/keys")
    @QueryParameters({"limit", "cursor"})
    Map<String, Object> list(@PathVariable String account, HttpServletRequest request) {
        authentication.requireReader(request);
        var accountId = accounts.existing(account);
        var page = Page.of(request);
        return page.answer(keys.after(accountId, page.after(), page.limit() + 1), Known::keyId, KeysController::line);
    }

    private static Map<String, Object> line(Known key) {
        var line = new LinkedHashMap<String, Object>();
        line.put("key_id", key.keyId());
        line.put("account_id", key.account());
        line.put("label", key.label());
        line.put("last_four", key.lastFour());
        line.put("created_at", key.createdAt());
        if (key.revokedAt() != null) {
            line.put("revoked_at", key.revokedAt());
        }
        return line;
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

    /**
     * Revokes a key that leaked, by what leaked of it: {@code {"api_key"}} or {@code {"last_four"}}. In the body, since
     * addresses are logged everywhere. The same again changes nothing.
     */
    @PostMapping("/keys/revocations")
    Map<String, Object> revokeLeaked(HttpServletRequest request) throws IOException {
        authentication.requireOperator(request);
        var body = OperatorBodies.object(bodies.read(request), "api_key", "last_four");
        var key = OperatorBodies.optionalText(body, "api_key", MAX_KEY_CHARS);
        var lastFour = OperatorBodies.optionalText(body, "last_four", LAST_FOUR_CHARS);
        if ((key == null) == (lastFour == null)) {
            throw ApiError.invalidRequest("api_key", "Either api_key or last_four must be given.");
        }
        if (lastFour != null && lastFour.length() != LAST_FOUR_CHARS) {
            throw ApiError.invalidRequest("last_four", "last_four must have 4 characters.");
        }
        var leaked = key != null
                ? keys.find(key).orElseThrow(() -> ApiError.notFound("There is no such key."))
                : only(keys.endingIn(String.valueOf(lastFour), MAX_CANDIDATES));
        keys.revoke(leaked.account(), leaked.keyId());
        audit.record(
                RequestIdFilter.of(request),
                "revoke-key",
                leaked.keyId(),
                leaked.account() + (key != null ? " by the key itself" : " by its last four characters"));
        return Map.of("key_id", leaked.keyId(), "account_id", leaked.account(), "revoked", true);
    }

    /** The one that is meant: the only valid one, or where none is valid the only one. */
    static Known only(List<Known> candidates) {
        var valid = candidates.stream().filter(key -> key.revokedAt() == null).toList();
        var meant = valid.isEmpty() ? candidates : valid;
        if (meant.isEmpty()) {
            throw ApiError.notFound("There is no key that ends in these characters.");
        }
        if (meant.size() > 1) {
            throw ApiError.conflict(
                            "ambiguous_key",
                            "last_four",
                            "last_four must be those of one valid key; there are several. Revoke the one that is meant by its"
                                    + " id.")
                    .withDetail(
                            "candidates",
                            meant.stream().map(KeysController::line).toList());
        }
        return meant.getFirst();
    }
}
