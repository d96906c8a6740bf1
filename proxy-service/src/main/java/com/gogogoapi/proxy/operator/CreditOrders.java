package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.accounts.Accounts;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.decisions.Ledger;
import com.gogogoapi.proxy.keys.Authentication;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What everything has in common by which an operator changes an account's credit: whose, how much, and under which name. */
@Component
class CreditOrders {

    static final int MAX_NAME_CHARS = 200;

    private static final Usd MAX_AMOUNT = Usd.usd("1000000");

    private final Authentication authentication;
    private final RequestBodies bodies;
    private final Accounts accounts;
    private final Ledger ledger;
    private final OrderSigner signer;
    private final ProxyProperties properties;
    private final Clock clock;

    CreditOrders(
            Authentication authentication,
            RequestBodies bodies,
            Accounts accounts,
            Ledger ledger,
            OrderSigner signer,
            ProxyProperties properties,
            Clock clock) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.accounts = accounts;
        this.ledger = ledger;
        this.signer = signer;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * An operator's order.
     *
     * @param reference the operator's own name for it: under one reference an account gets one answer, for ever
     * @param body with whatever else the order says
     */
    record Order(AccountId accountId, Usd amount, String reference, Instant at, BodyFields body) {}

    /**
     * Reads {@code {"amount_usd","reference",…}} of an operator, for an account that exists.
     *
     * @param more the names of what else the order may say
     */
    Order read(String account, HttpServletRequest request, String... more) throws IOException {
        authentication.requireOperator(request);
        var accountId = accounts.existing(account);
        var known = Stream.concat(Stream.of("amount_usd", "reference"), Stream.of(more))
                .toArray(String[]::new);
        var body = BodyFields.of(bodies.read(request), known);
        return new Order(
                accountId,
                amount(body.text("amount_usd", 64)),
                body.text("reference", GrantRequested.MAX_REFERENCE_CHARS),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                body);
    }

    /** What the ledger says to it. */
    LedgerEvent decided(CreditIntake intake) {
        return ledger.ask(signed(intake), properties.decisionTimeout())
                .orElseThrow(() -> ApiError.unavailable(
                        "ledger_unavailable",
                        "The ledger did not answer in time; the same reference again finds out and changes nothing."));
    }

    private CreditIntake signed(CreditIntake intake) {
        return switch (intake) {
            case GrantRequested grant -> signer.signed(grant);
            case CreditRevocationRequested revocation -> signer.signed(revocation);
            case QuoteRequested quote -> throw noOrder(quote);
            case UpstreamCompleted completed -> throw noOrder(completed);
            case HoldExpiryDue due -> throw noOrder(due);
            case GrantExpiryDue due -> throw noOrder(due);
        };
    }

    private static IllegalArgumentException noOrder(CreditIntake intake) {
        return new IllegalArgumentException("An operator orders grants and revocations, and not " + intake);
    }

    /** What the ledger said to it before, if it was asked. */
    Optional<LedgerEvent> known(AccountId accountId, UUID requestId) {
        return ledger.knownAnswer(accountId, requestId);
    }

    static ApiError mismatch(String before) {
        return ApiError.conflict(
                "idempotency_mismatch",
                "reference",
                "A reference must stay with what it was first used for: this one " + before);
    }

    private static Usd amount(String text) {
        try {
            var amount = Usd.parse(text);
            if (amount.isPositive() && amount.compareTo(MAX_AMOUNT) <= 0) {
                return amount;
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("amount_usd", "amount_usd must be a decimal string such as \"5.00\".");
        }
        throw ApiError.invalidRequest("amount_usd", "amount_usd must be above 0 and at most " + MAX_AMOUNT + ".");
    }
}
