package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** What should be left of each grant of an account: a list by age that is searched anew each time. */
final class ReferenceGrants {

    private static final int USUAL_PRIORITY = 100;
    private static final int MOST_PARTS = 12;

    /** The smallest priority first, then what expires the soonest, then the oldest, which is the first in the list. */
    private static final Comparator<Lot> TURN =
            Comparator.<Lot>comparingInt(lot -> lot.priority).thenComparingLong(lot -> lot.expiresAt);

    private final List<Lot> lots = new ArrayList<>();

    private static final class Lot {
        private final UUID grantId;
        private final int priority;
        private final long expiresAt;
        private long left;
        private int parts;

        Lot(UUID grantId, int priority, long expiresAt, long left) {
            this.grantId = grantId;
            this.priority = priority;
            this.expiresAt = expiresAt;
            this.left = left;
        }
    }

    void add(GrantRequested grant) {
        var priority = grant.priority();
        var expiresAt = grant.expiresAt();
        lots.add(new Lot(
                grant.requestId(),
                priority == null ? USUAL_PRIORITY : priority,
                expiresAt == null ? Long.MAX_VALUE : expiresAt.toEpochMilli(),
                EventLines.pico(grant.amountUsd())));
    }

    /** From another account: for ever, in the usual turn. */
    void arrive(UUID transferId, long amount) {
        lots.add(new Lot(transferId, USUAL_PRIORITY, Long.MAX_VALUE, amount));
    }

    /** What is left, together, of the grants that never expire. */
    long lasting() {
        return lots.stream()
                .filter(lot -> lot.expiresAt == Long.MAX_VALUE)
                .mapToLong(lot -> lot.left)
                .sum();
    }

    /** Takes it of the grants that never expire, in their turn, and says of which. */
    String transfer(long amount) {
        return consume(amount, lot -> lot.expiresAt == Long.MAX_VALUE);
    }

    /** Takes it of the grants in their turn, and says of which. */
    String consume(long amount) {
        return consume(amount, lot -> true);
    }

    private String consume(long amount, Predicate<Lot> which) {
        var told = new StringBuilder();
        for (var toPay = amount; toPay > 0; ) {
            var lot = lots.stream()
                    .filter(open -> open.left > 0 && which.test(open))
                    .min(TURN)
                    .orElseThrow();
            var part = Math.min(toPay, lot.left);
            lot.left -= part;
            toPay -= part;
            told.append(EventLines.consumed(lot.grantId, part));
        }
        return told.toString();
    }

    /** The same, of the corrected grant first, whose event's id differs from its own by one. */
    String revoke(long amount, UUID event) {
        var first = lots.stream()
                .filter(lot -> lot.left > 0
                        && lot.grantId.getMostSignificantBits() == event.getMostSignificantBits()
                        && (lot.grantId.getLeastSignificantBits() ^ event.getLeastSignificantBits()) == 1)
                .findFirst();
        var ofFirst = first.map(lot -> Math.min(lot.left, amount)).orElse(0L);
        first.ifPresent(lot -> lot.left -= ofFirst);
        var told = first.map(lot -> EventLines.consumed(lot.grantId, ofFirst)).orElse("");
        return told + consume(amount - ofFirst);
    }

    /**
     * Ends as much of a grant as is left and free: of what is available, what does not lie in grants behind it. The last
     * part that a grant may have takes all or waits.
     *
     * @return how much that is; 0 where nothing ends
     */
    long expire(UUID grantId, long available, long at) {
        var ofIt = lots.stream().filter(lot -> lot.grantId.equals(grantId)).findFirst();
        if (ofIt.isEmpty()) {
            return 0;
        }
        var lot = ofIt.get();
        var inTurn = lots.stream().sorted(TURN).toList();
        var behind = inTurn.subList(inTurn.indexOf(lot) + 1, inTurn.size()).stream()
                .mapToLong(other -> other.left)
                .sum();
        var amount = Math.min(lot.left, Math.max(0, available - behind));
        if (at < lot.expiresAt || amount == 0 || (lot.parts >= MOST_PARTS - 1 && amount != lot.left)) {
            return 0;
        }
        lot.parts++;
        lot.left -= amount;
        return amount;
    }

    /** What is left, together, of the grants that should have expired. */
    long overdue(long now) {
        return lots.stream()
                .filter(lot -> lot.expiresAt <= now)
                .mapToLong(lot -> lot.left)
                .sum();
    }
}
