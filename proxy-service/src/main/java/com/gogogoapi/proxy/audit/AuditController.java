package com.gogogoapi.proxy.audit;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an auditor reads, with the auditor's token or an operator's. Nothing here changes anything. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class AuditController {

    private final LedgerReadings readings;

    AuditController(LedgerReadings readings) {
        this.readings = readings;
    }

    @GetMapping("/ledger/trial-balance")
    ResponseEntity<byte[]> trialBalance(HttpServletRequest request) {
        return readings.json("/internal/ledger/trial-balance");
    }

    @GetMapping("/ledger/checkpoints")
    @QueryParameters({"after", "limit"})
    ResponseEntity<byte[]> checkpoints(HttpServletRequest request) {
        return readings.json("/internal/checkpoints" + LedgerReadings.query(request));
    }

    @GetMapping("/ledger/checkpoints/latest")
    ResponseEntity<byte[]> latestCheckpoint(HttpServletRequest request) {
        return readings.json("/internal/checkpoints/latest");
    }

    @GetMapping("/accounts/{account}/statement")
    @QueryParameters({"limit", "cursor", "at", "seq"})
    ResponseEntity<byte[]> statement(@PathVariable String account, HttpServletRequest request) {
        return readings.statement(accountId(account), request);
    }

    @GetMapping("/accounts/{account}/state")
    @QueryParameters({"at", "seq"})
    ResponseEntity<byte[]> state(@PathVariable String account, HttpServletRequest request) {
        return readings.state(accountId(account), request);
    }

    @GetMapping("/accounts/{account}/requests/{requestId}/receipt")
    ResponseEntity<byte[]> receipt(
            @PathVariable String account, @PathVariable String requestId, HttpServletRequest request) {
        return readings.receipt(accountId(account), requestId);
    }

    private static AccountId accountId(String account) {
        try {
            return new AccountId(account);
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("There is no such account.");
        }
    }
}
