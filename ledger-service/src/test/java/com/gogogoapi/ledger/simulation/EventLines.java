package com.gogogoapi.ledger.simulation;

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
import com.gogogoapi.contracts.money.Usd;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the model and the log both can say of an event, so that they can be compared. */
final class EventLines {

    private EventLines() {}

    static String of(LedgerEvent event) {
        var amount =
                switch (event) {
                    case CreditGranted granted -> granted.amountUsd();
                    case CreditReserved reserved -> reserved.heldUsd();
                    case CreditRefused refused -> refused.requiredUsd();
                    case CreditSettled settled -> settled.chargedUsd();
                    case CreditReleased released -> released.releasedUsd();
                    case CreditExpired expired -> expired.amountUsd();
                    case CreditRevoked revoked -> revoked.amountUsd();
                    case CreditTransferred transferred -> transferred.amountUsd();
                    case ParkedAccountResumed resumed -> Usd.ZERO;
                    case InstallationEvent done -> Usd.ZERO;
                };
        var balance = event.balance();
        return line(
                event.getClass().getSimpleName(),
                event.requestId(),
                pico(amount),
                pico(balance.availableUsd()),
                pico(balance.heldUsd()),
                pico(balance.chargedUsd()),
                pico(balance.expiredOrZero()),
                pico(balance.revokedOrZero()),
                consumed(event));
    }

    static String line(
            String type,
            UUID requestId,
            long amount,
            long available,
            long held,
            long charged,
            long expired,
            long revoked,
            String consumed) {
        return "%s %s: %d; available %d, held %d, charged %d, expired %d, revoked %d%s"
                .formatted(type, requestId, amount, available, held, charged, expired, revoked, consumed);
    }

    private static String consumed(LedgerEvent event) {
        var consumed =
                switch (event) {
                    case CreditSettled settled -> settled.consumed();
                    case CreditRevoked revoked -> revoked.consumed();
                    case CreditTransferred transferred -> transferred.consumed();
                    default -> null;
                };
        return consumed == null
                ? ""
                : consumed.stream()
                        .map(part -> consumed(part.grantId(), pico(part.amountUsd())))
                        .collect(Collectors.joining());
    }

    static String consumed(UUID grantId, long amount) {
        return ", consumed %d of %s".formatted(amount, grantId);
    }

    /** In millionths of a millionth of a dollar. */
    static long pico(Usd usd) {
        return usd.amount().movePointRight(12).longValueExact();
    }
}
