package com.gogogoapi.proxy.operator;

import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator ordered that another one has to approve before the ledger hears of it; or a transfer, which two accounts
 * have to decide and somebody to see through to its end.
 *
 * @param intake as the ledger will be asked, unsigned
 * @param judgment who approved or rejected it; null while it waits, where nobody did in time, and where it needed nobody
 * @param outcome what the ledger made of it so far; null before
 */
record OperatorOrder(
        UUID orderId,
        Kind kind,
        CreditIntake intake,
        String reference,
        Usd amount,
        String reason,
        By ordered,
        Instant expiresAt,
        Status status,
        @Nullable By judgment,
        @Nullable Outcome outcome) {

    enum Kind {
        GRANT,
        CORRECTION,
        TRANSFER
    }

    /**
     * How far it is.
     *
     * <pre>
     * PENDING ── approved by another ──▶ APPROVED ── the ledger answers ──▶ EXECUTED | REFUSED
     *    ├── rejected ──▶ REJECTED
     *    └── in time by nobody ──▶ EXPIRED
     * </pre>
     */
    enum Status {
        PENDING,
        APPROVED,
        EXECUTED,
        REFUSED,
        REJECTED,
        EXPIRED;

        String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who did something, from where and when. */
    record By(String operator, String address, Instant at) {}

    /** What the ledger answered, in words, and when that was known. */
    record Outcome(String answer, Instant at) {}

    Map<String, Object> written() {
        var line = new LinkedHashMap<String, Object>();
        line.put("object", "order");
        line.put("order_id", orderId);
        line.put("kind", kind.name().toLowerCase(Locale.ROOT));
        line.put("status", status.written());
        line.put("account_id", intake.accountId().value());
        if (intake instanceof CreditTransferRequested transfer) {
            line.put("to", transfer.counterpart().value());
        }
        line.put("amount_usd", amount);
        line.put("reference", reference);
        line.put("reason", reason);
        line.put("ordered_by", ordered.operator());
        line.put("ordered_from", ordered.address());
        line.put("ordered_at", ordered.at());
        line.put("expires_at", expiresAt);
        if (judgment != null) {
            var what = status == Status.REJECTED ? "rejected" : "approved";
            line.put(what + "_by", judgment.operator());
            line.put(what + "_from", judgment.address());
            line.put(what + "_at", judgment.at());
        }
        if (outcome != null) {
            line.put("answer", outcome.answer());
            line.put("answered_at", outcome.at());
        }
        return line;
    }
}
