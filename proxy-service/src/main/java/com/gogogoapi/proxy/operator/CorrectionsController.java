package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.intake.Correction;
import com.gogogoapi.contracts.intake.GrantRequested;
import com.gogogoapi.contracts.intake.GrantSource;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes good what an earlier event got wrong: credit back to a customer, as an event of its own that names the wrong one, why,
 * and who says so. Nothing is ever edited.
 */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class CorrectionsController {

    private final CreditOrders orders;
    private final InstallationServices services;
    private final OperatorAudit audit;

    CorrectionsController(CreditOrders orders, InstallationServices services, OperatorAudit audit) {
        this.orders = orders;
        this.services = services;
        this.audit = audit;
    }

    /** Corrects once per reference: {@code {"amount_usd","corrects","reason","corrected_by","reference"}}. */
    @PostMapping("/accounts/{account}/corrections")
    Map<String, Object> correct(@PathVariable String account, HttpServletRequest request) throws IOException {
        var order = orders.read(account, request);
        var correctedBy = OperatorBodies.text(order.body(), "corrected_by", CreditOrders.MAX_NAME_CHARS);
        var correction = new Correction(
                eventId(OperatorBodies.text(order.body(), "corrects", 36)),
                OperatorBodies.text(order.body(), "reason", Correction.MAX_REASON_CHARS));
        requireEvent(order.accountId(), correction.correctedEventId());
        var wanted = new GrantRequested(
                order.accountId(),
                GrantRequested.requestIdOf(order.accountId(), order.reference()),
                order.amount(),
                GrantSource.CORRECTION,
                order.reference(),
                correctedBy,
                order.at(),
                correction,
                null,
                null,
                null);
        if (!(orders.decided(wanted) instanceof CreditGranted granted)
                || !granted.amountUsd().equals(order.amount())
                || !correction.equals(granted.correction())) {
            throw CreditOrders.mismatch("was used before, for something else.");
        }
        audit.record(
                RequestIdFilter.of(request),
                "correct",
                account,
                "$" + order.amount() + " for event " + correction.correctedEventId() + " by " + correctedBy + ": "
                        + correction.reason());
        return Map.of(
                "account_id", account,
                "amount_usd", order.amount(),
                "corrects", correction.correctedEventId(),
                "reference", order.reference(),
                "available_usd", granted.balance().availableUsd());
    }

    /** Before the ledger is asked: its answer would stick to the reference, and an event that is there never goes away. */
    private void requireEvent(AccountId accountId, UUID eventId) {
        try {
            services.get(Service.LEDGER, "/internal/accounts/" + accountId + "/events/" + eventId, Map.of());
        } catch (ServiceRefusal refusal) {
            if (refusal.status() == 404) {
                throw ApiError.invalidRequest("corrects", "This account has no such event.");
            }
            throw refusal;
        }
    }

    private static UUID eventId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("corrects", "corrects is the id of a ledger event.");
        }
    }
}
