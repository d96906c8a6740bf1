package com.gogogoapi.ledger.statement;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.ledger.log.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of an account's statement.
 *
 * @param sequence the event's number in the account's story, from 0
 * @param type {@code grant}, {@code hold}, {@code refusal}, {@code charge}, {@code release}, {@code expiry} or
 *     {@code revocation}
 * @param amountUsd what the line is about: the grant, the hold, the required amount, the charge, the release, or what expired or was taken
 *     back
 * @param rule the outcome or reason that decided it, where there is one
 * @param reason why it was granted or taken back, in words, where somebody said so
 * @param priority in which turn a grant burns
 * @param expiresAt when a grant expires, if it does
 * @param burned which grants paid a charge or lost what was taken back, in the order in which they burned
 */
record StatementLine(
        long sequence,
        String type,
        @JsonProperty("request_id") UUID requestId,
        Instant at,
        @JsonProperty("amount_usd") Usd amountUsd,
        @JsonProperty("held_usd_of_request") @Nullable Usd heldOfRequest,
        @JsonProperty("refunded_usd") @Nullable Usd refundedUsd,
        @JsonProperty("overrun_usd") @Nullable Usd overrunUsd,
        @Nullable String model,
        @JsonProperty("price_version") @Nullable String priceVersion,
        @JsonProperty("prompt_tokens") @Nullable Long promptTokens,
        @JsonProperty("cached_prompt_tokens") @Nullable Long cachedPromptTokens,
        @JsonProperty("completion_tokens") @Nullable Long completionTokens,
        @JsonProperty("usage_estimated") @Nullable Boolean usageEstimated,
        @Nullable String rule,
        @Nullable String reference,
        @JsonProperty("available_usd") Usd availableUsd,
        @JsonProperty("held_usd") Usd heldUsd,
        @Nullable String reason,
        @Nullable Integer priority,
        @JsonProperty("expires_at") @Nullable Instant expiresAt,
        @Nullable List<Burned> burned) {

    /** What a charge took of a grant. */
    record Burned(
            @JsonProperty("grant_id") UUID grantId,
            @JsonProperty("amount_usd") Usd amountUsd) {}

    /** What differs from kind to kind; the rest is common to all lines. */
    private record Kind(
            String type,
            Usd amount,
            @Nullable Usd held,
            @Nullable Usd refunded,
            @Nullable Usd overrun,
            @Nullable String model,
            @Nullable String priceVersion,
            @Nullable TokenUsage usage,
            @Nullable Boolean estimated,
            @Nullable String rule) {

        static Kind simple(String type, Usd amount, @Nullable String rule) {
            return new Kind(type, amount, null, null, null, null, null, null, null, rule);
        }
    }

    static StatementLine of(StoredEvent stored) {
        var event = stored.event();
        var kind =
                switch (event) {
                    case CreditGranted granted ->
                        Kind.simple(
                                "grant", granted.amountUsd(), granted.source().name());
                    case CreditReserved reserved ->
                        new Kind(
                                "hold",
                                reserved.heldUsd(),
                                reserved.heldUsd(),
                                null,
                                null,
                                reserved.model(),
                                reserved.priceVersion(),
                                null,
                                null,
                                null);
                    case CreditRefused refused ->
                        Kind.simple(
                                "refusal",
                                refused.requiredUsd(),
                                refused.reason().name());
                    case CreditReleased released ->
                        Kind.simple(
                                "release",
                                released.releasedUsd(),
                                released.outcome().name());
                    case CreditRevoked revoked ->
                        Kind.simple("revocation", revoked.amountUsd(), GrantSource.CORRECTION.name());
                    case CreditExpired expired -> Kind.simple("expiry", expired.amountUsd(), null);
                    case CreditSettled settled ->
                        new Kind(
                                "charge",
                                settled.chargedUsd(),
                                settled.heldUsd(),
                                settled.releasedUsd(),
                                settled.overrunUsd(),
                                settled.model(),
                                settled.priceVersion(),
                                settled.usage(),
                                settled.usageEstimated(),
                                settled.outcome().name());
                };
        var usage = kind.usage();
        var grant = event instanceof CreditGranted granted ? granted : null;
        return new StatementLine(
                stored.seq(),
                kind.type(),
                event.requestId(),
                event.decidedAt(),
                kind.amount(),
                kind.held(),
                kind.refunded(),
                kind.overrun(),
                kind.model(),
                kind.priceVersion(),
                usage == null ? null : usage.promptTokens(),
                usage == null ? null : usage.cachedPromptTokens(),
                usage == null ? null : usage.completionTokens(),
                kind.estimated(),
                kind.rule(),
                referenceOf(event),
                event.balance().availableUsd(),
                event.balance().heldUsd(),
                reasonOf(event),
                grant == null ? null : grant.consumptionPriority(),
                grant == null ? null : grant.expiresAt(),
                burnedBy(event));
    }

    private static @Nullable String referenceOf(LedgerEvent event) {
        return switch (event) {
            case CreditGranted grant -> grant.reference();
            case CreditRevoked revoked -> revoked.reference();
            case CreditReserved hold -> null;
            case CreditRefused refusal -> null;
            case CreditReleased release -> null;
            case CreditSettled charge -> null;
            case CreditExpired expiry -> null;
        };
    }

    private static @Nullable String reasonOf(LedgerEvent event) {
        return switch (event) {
            case CreditGranted grant ->
                grant.correction() == null ? grant.reason() : grant.correction().reason();
            case CreditRevoked revoked -> revoked.correction().reason();
            case CreditReserved hold -> null;
            case CreditRefused refusal -> null;
            case CreditReleased release -> null;
            case CreditSettled charge -> null;
            case CreditExpired expiry -> null;
        };
    }

    private static @Nullable List<Burned> burnedBy(LedgerEvent event) {
        var burned =
                switch (event) {
                    case CreditSettled charge -> charge.consumed();
                    case CreditRevoked revoked -> revoked.consumed();
                    case CreditGranted grant -> null;
                    case CreditReserved hold -> null;
                    case CreditRefused refusal -> null;
                    case CreditReleased release -> null;
                    case CreditExpired expiry -> null;
                };
        return burned == null
                ? null
                : burned.stream()
                        .map(part -> new Burned(part.grantId(), part.amountUsd()))
                        .toList();
    }
}
