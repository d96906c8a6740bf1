package com.gogogoapi.usage.alerts;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.funding.DepositChanges;
import com.gogogoapi.contracts.messaging.EventJson;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;

/** Takes what accounts are to be told of their deposits: all of it or nothing, and what comes again is told once. */
@RestController
@RequestMapping("/internal/deposit-changes")
class DepositAlertsController {

    private final Alerts alerts;
    private final TransactionTemplate transactions;

    DepositAlertsController(Alerts alerts, TransactionTemplate transactions) {
        this.alerts = alerts;
        this.transactions = transactions;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void take(@RequestBody byte[] json) {
        var changes = read(json).changes();
        transactions.executeWithoutResult(status -> {
            for (var change : changes) {
                alerts.raiseOnce(
                        change.account(), kind(change.type()), change.identity(), change.at(), change.details());
            }
        });
    }

    private static DepositChanges read(byte[] json) {
        try {
            return EventJson.mapper().readValue(json, DepositChanges.class);
        } catch (JacksonException e) {
            throw ApiError.invalidRequest(null, "The body must be changes of deposits.");
        }
    }

    private static AlertKind kind(String type) {
        return AlertKind.named(type)
                .filter(AlertKind::isOfDeposit)
                .orElseThrow(() -> ApiError.invalidRequest("type", "type must be one of a deposit's alert."));
    }
}
