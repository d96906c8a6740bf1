package com.gogogoapi.proxy.usage;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An account's monthly statements, and receipts of the credit that it was granted: as JSON, or as PDF for who accepts it. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class CreditPapersController {

    private static final String MONTH = "[0-9]{4}-[0-9]{2}";

    private final Authentication authentication;
    private final UsageReadings readings;

    CreditPapersController(Authentication authentication, UsageReadings readings) {
        this.authentication = authentication;
        this.readings = readings;
    }

    @GetMapping("/statements/{month}")
    @QueryParameters("zone")
    ResponseEntity<byte[]> statement(@PathVariable String month, HttpServletRequest request) {
        var caller = authentication.anyReader(request);
        if (!month.matches(MONTH)) {
            throw ApiError.invalidRequest("month", "month must be a month such as 2026-11.");
        }
        return readings.paper(
                caller, "/internal/statements/" + month, request, List.of("zone"), "statement-" + month + ".pdf");
    }

    @GetMapping("/credits/grants/{grantId}/receipt")
    ResponseEntity<byte[]> receipt(@PathVariable String grantId, HttpServletRequest request) {
        var caller = authentication.anyReader(request);
        var grant = checked(grantId);
        return readings.paper(
                caller, "/internal/grants/" + grant + "/receipt", request, List.of(), "receipt-" + grant + ".pdf");
    }

    private static UUID checked(String grantId) {
        try {
            return UUID.fromString(grantId);
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("There is no such grant.");
        }
    }
}
