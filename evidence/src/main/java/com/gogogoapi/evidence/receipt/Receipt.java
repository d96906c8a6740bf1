package com.gogogoapi.evidence.receipt;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.evidence.log.LogRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one request cost and why. A pure function of the request's events, so whoever has the events can make it again and
 * must come to the same.
 *
 * @param format always {@link #FORMAT}
 * @param rule the published outcome that decided the charge
 * @param usage the tokens that were charged; null where nothing was
 * @param heldUsd what was held when the request began
 * @param releasedUsd what of the hold came back, with the charge, or with the release before a late charge; {@code
 *     refundedUsd} in JSON
 * @param overrunUsd what the credit could not cover and was written off
 * @param balance the account's balance after the last of these events
 */
public record Receipt(
        String format,
        AccountId accountId,
        UUID requestId,
        String quoteId,
        String model,
        String priceVersion,
        TokenPrices prices,
        Outcome rule,
        @Nullable TokenUsage usage,
        boolean usageEstimated,
        Usd heldUsd,
        Usd chargedUsd,
        @JsonProperty("refundedUsd") Usd releasedUsd,
        Usd overrunUsd,
        boolean late,
        Balance balance,
        int shard,
        List<Step> steps) {

    public static final String FORMAT = "gogogoapi-receipt-v1";

    /** One of the request's events and where it is in the log. */
    public record Step(String type, UUID eventId, long sequence, Instant at) {}

    public Receipt {
        steps = List.copyOf(steps);
    }

    /**
     * The receipt that these events make.
     *
     * @param rows the request's events, oldest first
     * @return none for a request that never had a hold, or still has it
     */
    public static Optional<Receipt> of(List<LogRow> rows) {
        if (rows.size() < 2 || !(rows.getFirst().event() instanceof CreditReserved reserved)) {
            return Optional.empty();
        }
        return switch (rows.getLast().event()) {
            case CreditSettled settled -> Optional.of(charged(rows, reserved, settled));
            case CreditReleased released -> Optional.of(free(rows, reserved, released));
            default -> Optional.empty();
        };
    }

    private static Receipt charged(List<LogRow> rows, CreditReserved reserved, CreditSettled settled) {
        return new Receipt(
                FORMAT,
                settled.accountId(),
                settled.requestId(),
                reserved.quoteId(),
                settled.model(),
                settled.priceVersion(),
                settled.prices(),
                settled.outcome(),
                settled.usage(),
                settled.usageEstimated(),
                reserved.heldUsd(),
                settled.chargedUsd(),
                settled.late() ? reserved.heldUsd() : settled.releasedUsd(),
                settled.overrunUsd(),
                settled.late(),
                settled.balance(),
                rows.getLast().shard(),
                steps(rows));
    }

    private static Receipt free(List<LogRow> rows, CreditReserved reserved, CreditReleased released) {
        return new Receipt(
                FORMAT,
                released.accountId(),
                released.requestId(),
                reserved.quoteId(),
                reserved.model(),
                reserved.priceVersion(),
                reserved.prices(),
                released.outcome(),
                null,
                false,
                reserved.heldUsd(),
                Usd.ZERO,
                released.releasedUsd(),
                Usd.ZERO,
                false,
                released.balance(),
                rows.getLast().shard(),
                steps(rows));
    }

    private static List<Step> steps(List<LogRow> rows) {
        return rows.stream()
                .map(row -> new Step(row.type(), row.eventId(), row.pos(), Instant.ofEpochMilli(row.atMillis())))
                .toList();
    }

    public String payload() {
        return EventJson.mapper().writeValueAsString(this);
    }
}
