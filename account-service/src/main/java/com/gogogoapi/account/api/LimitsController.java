package com.gogogoapi.account.api;

import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.directory.Accounts;
import com.gogogoapi.account.keys.ApiKeys;
import com.gogogoapi.account.keys.LimitRows.SetBy;
import com.gogogoapi.account.publication.KeysChanged;
import com.gogogoapi.chassis.bodies.BodyFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What all keys of an account together may spend and how fast they may go: as operators set it, and as the account did. */
@RestController
@RequestMapping("/internal/accounts/{account}")
class LimitsController {

    private final Accounts accounts;
    private final ApiKeys keys;
    private final AuditTrail audit;
    private final KeysChanged changed;

    LimitsController(Accounts accounts, ApiKeys keys, AuditTrail audit, KeysChanged changed) {
        this.accounts = accounts;
        this.keys = keys;
        this.audit = audit;
        this.changed = changed;
    }

    @GetMapping("/limits")
    Map<String, Object> limits(@PathVariable String account) {
        return read(account, SetBy.OPERATOR);
    }

    /** Sets all of them; they take effect at once. */
    @PutMapping("/limits")
    @Transactional
    Map<String, Object> limit(@PathVariable String account, @RequestBody byte[] json, HttpServletRequest request) {
        return set(account, SetBy.OPERATOR, json, request);
    }

    @GetMapping("/own-limits")
    Map<String, Object> ownLimits(@PathVariable String account) {
        return read(account, SetBy.ACCOUNT);
    }

    /** Sets all that the account sets for itself; they take effect at once. */
    @PutMapping("/own-limits")
    @Transactional
    Map<String, Object> limitOneself(
            @PathVariable String account, @RequestBody byte[] json, HttpServletRequest request) {
        return set(account, SetBy.ACCOUNT, json, request);
    }

    private Map<String, Object> read(String account, SetBy by) {
        return LimitFields.written(keys.limitsOf(accounts.existing(account).accountId(), by));
    }

    private Map<String, Object> set(String account, SetBy by, byte[] json, HttpServletRequest request) {
        var accountId = accounts.existing(account).accountId();
        var limits = LimitFields.read(BodyFields.of(json, LimitFields.BUDGETS, LimitFields.RATES));
        keys.limit(accountId, by, limits);
        var written = LimitFields.written(limits);
        audit.record(Actor.of(request), "limit-account", account, account, written.toString());
        changed.keysChanged();
        return written;
    }
}
