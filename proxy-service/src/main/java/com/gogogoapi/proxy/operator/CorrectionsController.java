package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.intake.Correction;
import com.gogogoapi.contracts.intake.GrantRequested;
import com.gogogoapi.contracts.intake.GrantSource;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.RequestBodies;
import com.gogogoapi.proxy.accounts.Accounts;
import com.gogogoapi.proxy.decisions.Ledger;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
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

    private static final int MAX_NAME_CHARS = 200;
    private static final Usd MAX_CORRECTION = Usd.usd("1000000");

    private final Authentication authentication;
    private final RequestBodies bodies;
    private final Accounts accounts;
    private final Ledger ledger;
    private final InstallationServices services;
    private final OperatorAudit audit;
    private final ProxyProperties properties;
    private final Clock clock;

    CorrectionsController(
            Authentication authentication,
            RequestBodies bodies,
            Accounts accounts,
            Ledger ledger,
            InstallationServices services,
            OperatorAudit audit,
            ProxyProperties properties,
            Clock clock) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.accounts = accounts;
        this.ledger = ledger;
        this.services = services;
        this.audit = audit;
        this.properties = properties;
        this.clock = clock;
    }

    /** Corrects once per reference: {@code {"amount_usd","corrects","reason","corrected_by","reference"}}. */
    @PostMapping("/accounts/{account}/corrections")
    Map<String, Object> correct(@PathVariable String account, HttpServletRequest request) throws IOException {
        authentication.requireOperator(request);
        var accountId = existing(account);
        var body = OperatorBodies.object(bodies.read(request));
        var amount = amount(OperatorBodies.text(body, "amount_usd", 64));
        var reference = OperatorBodies.text(body, "reference", GrantRequested.MAX_REFERENCE_CHARS);
        var correctedBy = OperatorBodies.text(body, "corrected_by", MAX_NAME_CHARS);
        var correction = new Correction(
                eventId(OperatorBodies.text(body, "corrects", 36)),
                OperatorBodies.text(body, "reason", Correction.MAX_REASON_CHARS));
        requireEvent(accountId, correction.correctedEventId());
        var decision = ledger.ask(
                new GrantRequested(
                        accountId,
                        GrantRequested.requestIdOf(accountId, reference),
                        amount,
                        GrantSource.CORRECTION,
                        reference,
                        correctedBy,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        correction,
                        null),
                properties.decisionTimeout());
        if (!(decision.orElse(null) instanceof CreditGranted granted)) {
            throw ApiError.unavailable(
                    "ledger_unavailable",
                    "The ledger did not answer in time; the same reference again finds out and changes nothing.");
        }
        if (!granted.amountUsd().equals(amount) || !correction.equals(granted.correction())) {
            throw ApiError.conflict(
                    "idempotency_mismatch", "reference", "This reference was used before, for something else.");
        }
        audit.record(
                RequestIdFilter.of(request),
                "correct",
                account,
                "$" + amount + " for event " + correction.correctedEventId() + " by " + correctedBy + ": "
                        + correction.reason());
        return Map.of(
                "account_id", account,
                "amount_usd", amount,
                "corrects", correction.correctedEventId(),
                "reference", reference,
                "available_usd", granted.balance().availableUsd());
    }

    private AccountId existing(String account) {
        try {
            return accounts.find(new AccountId(account))
                    .map(Accounts.Account::accountId)
                    .orElseThrow(() -> ApiError.notFound("There is no such account."));
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("There is no such account.");
        }
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

    private static Usd amount(String text) {
        try {
            var amount = Usd.parse(text);
            if (amount.isPositive() && amount.compareTo(MAX_CORRECTION) <= 0) {
                return amount;
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("amount_usd", "amount_usd is a decimal string such as \"5.00\".");
        }
        throw ApiError.invalidRequest("amount_usd", "amount_usd is above 0 and at most " + MAX_CORRECTION + ".");
    }
}
