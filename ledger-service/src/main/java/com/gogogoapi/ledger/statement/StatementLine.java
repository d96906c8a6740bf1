package com.gogogoapi.ledger.statement;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.log.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of an account's statement. It is made of parts, of which an event type fills those that it has; in JSON they are
 * one flat object, in which what a line lacks is null.
 *
 * @param sequence the event's number in the account's story, from 0
 */
record StatementLine(
        long sequence,
        @JsonUnwrapped Subject subject,
        @JsonUnwrapped RequestDetails request,
        @JsonUnwrapped Basis basis,
        @JsonUnwrapped Credit creditAfter,
        @JsonUnwrapped GrantDetails grants) {

    /**
     * What the line is about.
     *
     * @param eventId names the event, as a correction of it does
     * @param type {@code grant}, {@code hold}, {@code refusal}, {@code charge}, {@code release}, {@code expiry}, {@code
     *     revocation}, or {@code skip} or {@code retry} of what was parked
     * @param amountUsd the grant, the hold, the required amount, the charge, the release, or what expired or was taken back
     */
    record Subject(
            String type,
            @JsonProperty("event_id") UUID eventId,
            @JsonProperty("request_id") UUID requestId,
            Instant at,
            @JsonProperty("amount_usd") Usd amountUsd) {}

    /** What a request was to do and did. */
    record RequestDetails(
            @JsonProperty("held_usd_of_request") @Nullable Usd heldUsd,
            @JsonProperty("refunded_usd") @Nullable Usd refundedUsd,
            @JsonProperty("overrun_usd") @Nullable Usd overrunUsd,
            @JsonProperty("above_hold_usd") @Nullable Usd aboveHoldUsd,
            @Nullable String model,
            @JsonProperty("price_version") @Nullable String priceVersion,
            @JsonUnwrapped Tokens tokens) {

        static final RequestDetails NONE = new RequestDetails(null, null, null, null, null, null, Tokens.NONE);

        static RequestDetails of(CreditReserved hold) {
            return new RequestDetails(hold.heldUsd(), null, null, null, hold.model(), hold.priceVersion(), Tokens.NONE);
        }

        static RequestDetails of(CreditSettled charge) {
            return new RequestDetails(
                    charge.heldUsd(),
                    charge.releasedUsd(),
                    charge.overrunUsd(),
                    charge.aboveHold() == null ? null : charge.aboveHold().usd(),
                    charge.model(),
                    charge.priceVersion(),
                    Tokens.of(charge.usage(), charge.usageEstimated()));
        }
    }

    record Tokens(
            @JsonProperty("prompt_tokens") @Nullable Long prompt,
            @JsonProperty("cached_prompt_tokens") @Nullable Long cachedPrompt,
            @JsonProperty("completion_tokens") @Nullable Long completion,
            @JsonProperty("usage_estimated") @Nullable Boolean estimated) {

        static final Tokens NONE = new Tokens(null, null, null, null);

        static Tokens of(TokenUsage usage, boolean estimated) {
            return new Tokens(usage.promptTokens(), usage.cachedPromptTokens(), usage.completionTokens(), estimated);
        }
    }

    /**
     * What it was decided by.
     *
     * @param rule the outcome or reason, where there is one
     * @param reference whoever asked for it calls it that
     */
    record Basis(@Nullable String rule, @Nullable String reference) {

        static final Basis NONE = new Basis(null, null);

        static Basis rule(Enum<?> rule) {
            return new Basis(rule.name(), null);
        }
    }

    /** The account's credit after it. */
    record Credit(
            @JsonProperty("available_usd") Usd availableUsd,
            @JsonProperty("held_usd") Usd heldUsd) {}

    /**
     * What a grant is like, or what became of grants.
     *
     * @param reason why it was granted or taken back, in words, where somebody said so
     * @param priority in which turn a grant is consumed
     * @param expiresAt when a grant expires, if it does
     * @param burned which grants paid a charge or lost what was taken back, in the order in which they were consumed
     */
    record GrantDetails(
            @Nullable String reason,
            @Nullable Integer priority,
            @JsonProperty("expires_at") @Nullable Instant expiresAt,
            @Nullable List<Burned> burned) {

        static final GrantDetails NONE = new GrantDetails(null, null, null, null);

        static GrantDetails of(CreditGranted grant) {
            var correction = grant.correction();
            var reason = correction == null ? grant.reason() : correction.reason();
            return new GrantDetails(reason, grant.consumptionPriority(), grant.expiresAt(), null);
        }

        static GrantDetails consumed(@Nullable String reason, @Nullable List<GrantConsumed> consumed) {
            return new GrantDetails(
                    reason,
                    null,
                    null,
                    consumed == null ? null : consumed.stream().map(Burned::of).toList());
        }
    }

    /** What was taken of a grant. */
    record Burned(
            @JsonProperty("grant_id") UUID grantId,
            @JsonProperty("amount_usd") Usd amountUsd) {

        static Burned of(GrantConsumed part) {
            return new Burned(part.grantId(), part.amountUsd());
        }
    }

    static StatementLine of(StoredEvent stored) {
        return switch (stored.event()) {
            case CreditGranted grant -> {
                var basis = new Basis(grant.source().name(), grant.reference());
                yield line(
                        stored, grant, "grant", grant.amountUsd(), basis, RequestDetails.NONE, GrantDetails.of(grant));
            }
            case CreditReserved hold ->
                line(stored, hold, "hold", hold.heldUsd(), Basis.NONE, RequestDetails.of(hold), GrantDetails.NONE);
            case CreditRefused refusal ->
                plain(stored, refusal, "refusal", refusal.requiredUsd(), Basis.rule(refusal.reason()));
            case CreditSettled charge -> {
                var basis = Basis.rule(charge.outcome());
                var burned = GrantDetails.consumed(null, charge.consumed());
                yield line(stored, charge, "charge", charge.chargedUsd(), basis, RequestDetails.of(charge), burned);
            }
            case CreditReleased release ->
                plain(stored, release, "release", release.releasedUsd(), Basis.rule(release.outcome()));
            case ParkedAccountResumed resumed ->
                line(
                        stored,
                        resumed,
                        resumed.action() == ParkedResumeRequested.Action.SKIP ? "skip" : "retry",
                        Usd.ZERO,
                        new Basis(resumed.recordType(), "offset " + resumed.offset()),
                        RequestDetails.NONE,
                        GrantDetails.consumed(resumed.reason(), null));
            case InstallationEvent done ->
                plain(
                        stored,
                        done,
                        "installation",
                        Usd.ZERO,
                        new Basis(EventType.of(done).wireName(), null));
            case CreditTransferred transfer -> {
                var basis = new Basis(transfer.counterpart().value(), transfer.reference());
                var burned = GrantDetails.consumed(transfer.reason(), transfer.consumed());
                var type = transfer.side() == TransferSide.OUT ? "transfer_out" : "transfer_in";
                yield line(stored, transfer, type, transfer.amountUsd(), basis, RequestDetails.NONE, burned);
            }
            case CreditExpired expiry -> plain(stored, expiry, "expiry", expiry.amountUsd(), Basis.NONE);
            case CreditRevoked revoked -> {
                var basis = new Basis(GrantSource.CORRECTION.name(), revoked.reference());
                var burned = GrantDetails.consumed(revoked.correction().reason(), revoked.consumed());
                yield line(stored, revoked, "revocation", revoked.amountUsd(), basis, RequestDetails.NONE, burned);
            }
        };
    }

    /** Of an event that tells nothing of a request's course, nor of grants. */
    private static StatementLine plain(StoredEvent stored, LedgerEvent event, String type, Usd amountUsd, Basis basis) {
        return line(stored, event, type, amountUsd, basis, RequestDetails.NONE, GrantDetails.NONE);
    }

    private static StatementLine line(
            StoredEvent stored,
            LedgerEvent event,
            String type,
            Usd amountUsd,
            Basis basis,
            RequestDetails request,
            GrantDetails grants) {
        return new StatementLine(
                stored.seq(),
                new Subject(type, stored.eventId(), event.requestId(), event.decidedAt(), amountUsd),
                request,
                basis,
                new Credit(event.balance().availableUsd(), event.balance().heldUsd()),
                grants);
    }
}
