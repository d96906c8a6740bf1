package com.gogogoapi.account.api;

import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.directory.Accounts;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The accounts. */
@RestController
@RequestMapping("/internal/accounts")
class AccountsController {

    private static final int MAX_NAME_CHARS = 200;
    private static final int MAX_SEARCH_CHARS = 100;
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Accounts accounts;
    private final AuditTrail audit;

    AccountsController(Accounts accounts, AuditTrail audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    /** Opens an account; with the same Idempotency-Key again, answers the same account. */
    @PostMapping
    @Transactional
    Map<String, Object> open(
            @RequestBody byte[] json,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
            HttpServletRequest request) {
        var name = BodyFields.of(json, "name").text("name", MAX_NAME_CHARS);
        var key = BodyFields.checkedOrNull(IDEMPOTENCY_KEY, idempotencyKey, MAX_NAME_CHARS);
        var account = accounts.open(name, key);
        if (!account.name().equals(name)) {
            throw ApiError.conflict(
                    "idempotency_mismatch",
                    IDEMPOTENCY_KEY,
                    "An Idempotency-Key must stay with what it was first used for: this one opened an account of another name.");
        }
        audit.record(
                Actor.of(request),
                "open-account",
                account.accountId().value(),
                account.accountId().value(),
                name);
        return line(account);
    }

    private static Map<String, Object> line(Accounts.Account account) {
        var line = new LinkedHashMap<String, Object>();
        line.put("account_id", account.accountId().value());
        line.put("name", account.name());
        return line;
    }

    /** The accounts in the order in which they were opened: all of them, or whose id, name or member {@code search} is of. */
    @GetMapping
    Map<String, Object> list(HttpServletRequest request) {
        var page = Page.of(request);
        var search = BodyFields.checkedOrNull("search", request.getParameter("search"), MAX_SEARCH_CHARS);
        return page.answer(
                accounts.after(page.after(), search == null ? "" : search.strip(), page.limit() + 1),
                Accounts.Listed::accountId,
                AccountsController::line);
    }

    private static Map<String, Object> line(Accounts.Listed account) {
        var line = new LinkedHashMap<String, Object>();
        line.put("account_id", account.accountId());
        line.put("name", account.name());
        line.put("created_at", account.createdAt());
        line.put("valid_keys", account.validKeys());
        return line;
    }

    @GetMapping("/{account}")
    Map<String, Object> read(@PathVariable String account) {
        return line(accounts.existing(account));
    }
}
