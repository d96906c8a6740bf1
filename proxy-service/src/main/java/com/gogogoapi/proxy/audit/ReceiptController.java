package com.gogogoapi.proxy.audit;

import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.usage.UsageReadings;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Receipts of a customer's own requests, and the public key by which anybody checks them. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class ReceiptController {

    private final Authentication authentication;
    private final LedgerReadings readings;
    private final UsageReadings usage;

    ReceiptController(Authentication authentication, LedgerReadings readings, UsageReadings usage) {
        this.authentication = authentication;
        this.readings = readings;
        this.usage = usage;
    }

    @GetMapping("/requests/{requestId}/receipt")
    ResponseEntity<byte[]> receipt(@PathVariable String requestId, HttpServletRequest request) {
        var caller = authentication.anyReader(request);
        if (caller.role() == MemberRole.DEVELOPER) {
            usage.requireVisible(caller, LedgerReadings.checked(requestId));
        }
        return UsageReadings.isPdfAsked(request)
                ? usage.requestPaper(caller, LedgerReadings.checked(requestId), request)
                : readings.receipt(caller.account(), requestId);
    }

    @GetMapping("/ledger/keys")
    ResponseEntity<byte[]> keys(HttpServletRequest request) {
        authentication.requireNoWrongKey(request);
        return readings.json("/internal/keys");
    }
}
