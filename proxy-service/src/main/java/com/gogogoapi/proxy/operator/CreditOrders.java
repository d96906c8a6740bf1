package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.accounts.Accounts;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.operator.OperatorOrder.By;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What everything has in common by which an operator changes an account's credit: whose, how much, and under which name. */
@Component
class CreditOrders {

    static final int MAX_NAME_CHARS = 200;

    private static final Usd MAX_AMOUNT = Usd.usd("1000000");

    private final RequestBodies bodies;
    private final Accounts accounts;
    private final Clock clock;

    CreditOrders(RequestBodies bodies, Accounts accounts, Clock clock) {
        this.bodies = bodies;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * An operator's order.
     *
     * @param reference the operator's own name for it: under one reference an account gets one answer, for ever
     * @param by who calls, from where and when
     * @param body with whatever else the order says
     */
    record Order(AccountId accountId, Usd amount, String reference, Operator operator, By by, BodyFields body) {

        Instant at() {
            return by.at();
        }
    }

    /**
     * Reads {@code {"amount_usd","reference",…}} of an operator, for an account that exists.
     *
     * @param more the names of what else the order may say
     */
    Order read(String account, HttpServletRequest request, String... more) throws IOException {
        var accountId = accounts.existing(account);
        var known = Stream.concat(Stream.of("amount_usd", "reference"), Stream.of(more))
                .toArray(String[]::new);
        var body = BodyFields.of(bodies.read(request), known);
        var operator = Operator.of(request);
        return new Order(
                accountId,
                amount(body.text("amount_usd", 64)),
                body.text("reference", GrantRequested.MAX_REFERENCE_CHARS),
                operator,
                by(request),
                body);
    }

    /** Who makes a request, as of now. */
    By by(HttpServletRequest request) {
        return new By(
                Operator.of(request).name(),
                request.getRemoteAddr(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
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
