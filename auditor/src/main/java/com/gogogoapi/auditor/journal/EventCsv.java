package com.gogogoapi.auditor.journal;

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
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.evidence.log.LogRow;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events as CSV (RFC 4180), one a line. */
public final class EventCsv {

    private static final String[] HEADER = {
        "shard",
        "sequence",
        "account_id",
        "account_sequence",
        "at",
        "type",
        "request_id",
        "rule",
        "amount_usd",
        "held_usd",
        "refunded_usd",
        "overrun_usd",
        "model",
        "price_version",
        "input_usd_per_million",
        "cached_input_usd_per_million",
        "output_usd_per_million",
        "prompt_tokens",
        "cached_prompt_tokens",
        "completion_tokens",
        "reference",
        "granted_by",
        "available_after_usd",
        "held_after_usd",
        "charged_after_usd",
        "granted_after_usd",
        "expired_after_usd",
        "revoked_after_usd",
        "reason",
        "priority",
        "expires_at",
        "burned"
    };

    /** {@code type} to {@code completion_tokens}; {@code reference} and {@code granted_by} follow. */
    private static final int OWN_COLUMNS = 15;

    private final Csv csv;

    /** Begins with the names of the columns. */
    public EventCsv(Appendable out) throws IOException {
        csv = new Csv(out, HEADER);
    }

    public void write(LogRow row, LedgerEvent event) throws IOException {
        var balance = event.balance();
        csv.print(Arrays.stream(new @Nullable Object[][] {
                    {row.shard(), row.pos(), row.accountId(), row.seq(), Instant.ofEpochMilli(row.atMillis())},
                    own(event),
                    {balance.availableUsd(), balance.heldUsd(), balance.chargedUsd(), balance.grantedUsd()},
                    {balance.expiredOrZero(), balance.revokedOrZero()},
                    ofGrants(event)
                })
                .flatMap(Arrays::stream));
    }

    /** From {@code type} to {@code granted_by}; columns at the end that do not apply are filled up with nothing. */
    private static @Nullable Object[] own(LedgerEvent event) {
        var request = event.requestId();
        return switch (event) {
            case CreditGranted granted -> {
                var columns = filled("grant", request, granted.source(), granted.amountUsd());
                columns[OWN_COLUMNS] = granted.reference();
                columns[OWN_COLUMNS + 1] = granted.grantedBy();
                yield columns;
            }
            case CreditReserved reserved ->
                filled(
                        "hold",
                        request,
                        null,
                        reserved.heldUsd(),
                        reserved.heldUsd(),
                        null,
                        null,
                        reserved.model(),
                        reserved.priceVersion(),
                        reserved.prices().input(),
                        reserved.prices().cachedInput(),
                        reserved.prices().output());
            case CreditRefused refused -> filled("refusal", request, refused.reason(), refused.requiredUsd());
            case CreditRevoked revoked -> {
                var columns = filled("revocation", request, GrantSource.CORRECTION, revoked.amountUsd());
                columns[OWN_COLUMNS] = revoked.reference();
                columns[OWN_COLUMNS + 1] = revoked.revokedBy();
                yield columns;
            }
            case CreditTransferred transfer -> {
                var columns = filled(kindOf(transfer), request, transfer.counterpart(), transfer.amountUsd());
                columns[OWN_COLUMNS] = transfer.reference();
                columns[OWN_COLUMNS + 1] = transfer.orderedBy();
                yield columns;
            }
            case CreditExpired expired -> filled("expiry", request, null, expired.amountUsd());
            case ParkedAccountResumed resumed -> {
                var columns = filled(kindOf(resumed), request, resumed.recordType(), Usd.ZERO);
                columns[OWN_COLUMNS] = "offset " + resumed.offset();
                columns[OWN_COLUMNS + 1] = resumed.resumedBy();
                yield columns;
            }
            case InstallationEvent done ->
                filled("installation", request, EventType.of(done).wireName(), Usd.ZERO);
            case CreditReleased released -> filled("release", request, released.outcome(), released.releasedUsd());
            case CreditSettled settled ->
                filled(
                        "charge",
                        request,
                        settled.outcome(),
                        settled.chargedUsd(),
                        settled.heldUsd(),
                        settled.releasedUsd(),
                        settled.overrunUsd(),
                        settled.model(),
                        settled.priceVersion(),
                        settled.prices().input(),
                        settled.prices().cachedInput(),
                        settled.prices().output(),
                        settled.usage().promptTokens(),
                        settled.usage().cachedPromptTokens(),
                        settled.usage().completionTokens());
        };
    }

    static String kindOf(CreditTransferred transfer) {
        return switch (transfer.side()) {
            case OUT -> "transfer_out";
            case IN -> "transfer_in";
        };
    }

    static String kindOf(ParkedAccountResumed resumed) {
        return switch (resumed.action()) {
            case RETRY -> "retry";
            case SKIP -> "skip";
        };
    }

    /** {@code reason}, {@code priority}, {@code expires_at} and {@code burned}, each grant of which with what it paid. */
    static @Nullable Object[] ofGrants(LedgerEvent event) {
        return switch (event) {
            case CreditGranted grant ->
                new @Nullable Object[] {
                    grant.correction() == null
                            ? grant.reason()
                            : grant.correction().reason(),
                    grant.consumptionPriority(),
                    grant.expiresAt(),
                    null
                };
            case CreditSettled charge -> new @Nullable Object[] {null, null, null, text(charge.consumed())};
            case CreditRevoked revoked ->
                new @Nullable Object[] {revoked.correction().reason(), null, null, text(revoked.consumed())};
            case CreditTransferred transfer ->
                new @Nullable Object[] {transfer.reason(), null, null, text(transfer.consumed())};
            case CreditReserved hold -> new @Nullable Object[4];
            case CreditRefused refusal -> new @Nullable Object[4];
            case CreditReleased release -> new @Nullable Object[4];
            case CreditExpired expiry -> new @Nullable Object[4];
            case ParkedAccountResumed resumed -> new @Nullable Object[] {resumed.reason(), null, null, null};
            case InstallationEvent done -> new @Nullable Object[4];
        };
    }

    private static @Nullable String text(@Nullable List<GrantConsumed> consumed) {
        return consumed == null
                ? null
                : consumed.stream()
                        .map(part -> part.grantId() + " " + part.amountUsd())
                        .collect(Collectors.joining("; "));
    }

    private static @Nullable Object[] filled(@Nullable Object... columns) {
        return Arrays.copyOf(columns, OWN_COLUMNS + 2);
    }
}
