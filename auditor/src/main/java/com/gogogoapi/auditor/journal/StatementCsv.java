package com.gogogoapi.auditor.journal;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.evidence.log.LogRow;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A statement as the API answers it in CSV: the same columns, the same order, byte for byte. */
public final class StatementCsv {

    private static final String[] HEADER = {
        "sequence",
        "at",
        "type",
        "request_id",
        "amount_usd",
        "refunded_usd",
        "overrun_usd",
        "model",
        "price_version",
        "prompt_tokens",
        "cached_prompt_tokens",
        "completion_tokens",
        "rule",
        "reference",
        "available_usd",
        "held_usd",
        "reason",
        "priority",
        "expires_at",
        "burned"
    };

    private StatementCsv() {}

    public static void write(List<LogRow> newestFirst, Appendable out) throws IOException {
        var csv = new Csv(out, HEADER);
        for (var row : newestFirst) {
            csv.print(line(row));
        }
    }

    private static Stream<@Nullable Object> line(LogRow row) {
        var event = row.event();
        var start = new @Nullable Object[] {row.seq(), event.decidedAt()};
        var end = new @Nullable Object[] {
            event.balance().availableUsd(), event.balance().heldUsd()
        };
        return Stream.of(start, own(event), end, EventCsv.ofGrants(event)).flatMap(Arrays::stream);
    }

    /** From {@code type} to {@code reference}. */
    private static @Nullable Object[] own(LedgerEvent event) {
        var request = event.requestId();
        return switch (event) {
            case CreditGranted grant -> own("grant", request, grant.amountUsd(), grant.source(), grant.reference());
            case CreditRefused refusal -> own("refusal", request, refusal.requiredUsd(), refusal.reason(), null);
            case CreditReleased release -> own("release", request, release.releasedUsd(), release.outcome(), null);
            case CreditRevoked revoked ->
                own("revocation", request, revoked.amountUsd(), GrantSource.CORRECTION, revoked.reference());
            case CreditTransferred transfer ->
                own(
                        EventCsv.kindOf(transfer),
                        request,
                        transfer.amountUsd(),
                        transfer.counterpart(),
                        transfer.reference());
            case ParkedAccountResumed resumed ->
                own(EventCsv.kindOf(resumed), request, Usd.ZERO, resumed.recordType(), "offset " + resumed.offset());
            case InstallationEvent done ->
                own("installation", request, Usd.ZERO, EventType.of(done).wireName(), null);
            case CreditExpired expired -> own("expiry", request, expired.amountUsd(), null, null);
            case CreditReserved hold ->
                new @Nullable Object[] {
                    "hold",
                    request,
                    hold.heldUsd(),
                    null,
                    null,
                    hold.model(),
                    hold.priceVersion(),
                    null,
                    null,
                    null,
                    null,
                    null
                };
            case CreditSettled charge ->
                new @Nullable Object[] {
                    "charge",
                    request,
                    charge.chargedUsd(),
                    charge.releasedUsd(),
                    charge.overrunUsd(),
                    charge.model(),
                    charge.priceVersion(),
                    charge.usage().promptTokens(),
                    charge.usage().cachedPromptTokens(),
                    charge.usage().completionTokens(),
                    charge.outcome(),
                    null
                };
        };
    }

    /** Of an event that names no route and no tokens. */
    private static @Nullable Object[] own(
            String type, UUID request, Usd amount, @Nullable Object rule, @Nullable String reference) {
        return new @Nullable Object[] {type, request, amount, null, null, null, null, null, null, null, rule, reference
        };
    }
}
