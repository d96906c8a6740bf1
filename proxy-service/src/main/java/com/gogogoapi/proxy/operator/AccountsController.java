package com.gogogoapi.proxy.operator;

import com.gogogoapi.proxy.accounts.AccountRequests;
import com.gogogoapi.proxy.accounts.Accounts;
import com.gogogoapi.proxy.audit.LedgerReadings;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts, with the operator token; they are the account-service's, and so is the audit of what is done to them. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class AccountsController {

    private final AccountRequests requests;
    private final Accounts accounts;
    private final LedgerReadings readings;

    AccountsController(AccountRequests requests, Accounts accounts, LedgerReadings readings) {
        this.requests = requests;
        this.accounts = accounts;
        this.readings = readings;
    }

    /** Opens an account; with the same Idempotency-Key again, answers the same account. */
    @PostMapping("/accounts")
    ResponseEntity<byte[]> open(HttpServletRequest request) throws IOException {
        return requests.pass(Operator.of(request).name(), AccountRequests.root(), request);
    }

    /** The accounts in the order in which they were opened: all of them, or those that {@code search} is for. */
    @GetMapping("/accounts")
    @QueryParameters({"limit", "cursor", "search"})
    ResponseEntity<byte[]> list(HttpServletRequest request) throws IOException {
        return requests.pass(Operator.of(request).name(), AccountRequests.root(), request);
    }

    @GetMapping("/accounts/{account}")
    ResponseEntity<byte[]> read(@PathVariable String account, HttpServletRequest request) {
        var accountId = accounts.existing(account);
        return readings.json("/internal/accounts/" + accountId + "/balance");
    }

    /** The budgets and rates of all its keys together. */
    @GetMapping("/accounts/{account}/limits")
    ResponseEntity<byte[]> limits(@PathVariable String account, HttpServletRequest request) throws IOException {
        return requests.pass(Operator.of(request).name(), AccountRequests.pathOf(account) + "/limits", request);
    }

    @PutMapping("/accounts/{account}/limits")
    ResponseEntity<byte[]> limit(@PathVariable String account, HttpServletRequest request) throws IOException {
        return requests.pass(Operator.of(request).name(), AccountRequests.pathOf(account) + "/limits", request);
    }
}
