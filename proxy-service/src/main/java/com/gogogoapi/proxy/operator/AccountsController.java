package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.proxy.accounts.Accounts;
import com.gogogoapi.proxy.audit.LedgerReadings;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts, with the operator token. Every write leaves a row in the audit. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class AccountsController {

    private static final int MAX_NAME_CHARS = 200;
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Authentication authentication;
    private final RequestBodies bodies;
    private final Accounts accounts;
    private final LedgerReadings readings;
    private final OperatorAudit audit;

    AccountsController(
            Authentication authentication,
            RequestBodies bodies,
            Accounts accounts,
            LedgerReadings readings,
            OperatorAudit audit) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.accounts = accounts;
        this.readings = readings;
        this.audit = audit;
    }

    /** Opens an account; with the same Idempotency-Key again, answers the same account. */
    @PostMapping("/accounts")
    Map<String, String> open(HttpServletRequest request) throws IOException {
        authentication.requireOperator(request);
        var name = OperatorBodies.text(OperatorBodies.object(bodies.read(request), "name"), "name", MAX_NAME_CHARS);
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

    /** All accounts, in the order in which they were opened. */
    @GetMapping("/accounts")
    @QueryParameters({"limit", "cursor"})
    Map<String, Object> list(HttpServletRequest request) {
        authentication.requireReader(request);
        var page = Page.of(request);
        return page.answer(
                accounts.after(page.after(), page.limit() + 1), Accounts.Listed::accountId, AccountsController::line);
    }

    private static Map<String, Object> line(Accounts.Listed account) {
        var line = new LinkedHashMap<String, Object>();
        line.put("account_id", account.accountId());
        line.put("name", account.name());
        line.put("created_at", account.createdAt());
        line.put("valid_keys", account.validKeys());
        return line;
    }

    @GetMapping("/accounts/{account}")
    ResponseEntity<byte[]> read(@PathVariable String account, HttpServletRequest request) {
        authentication.requireReader(request);
        var accountId = accounts.existing(account);
        return readings.json("/internal/accounts/" + accountId + "/balance");
    }
}
