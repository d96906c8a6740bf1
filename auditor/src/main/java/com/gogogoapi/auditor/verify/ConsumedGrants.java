package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.evidence.state.CanonicalState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether each charge was paid by the grants whose turn it was, and each grant that ended was over, by rules of the auditor's
 * own: the smallest priority first, of one priority what expires the soonest, then the oldest; beyond {@link #MAX_OPEN} open
 * grants that never expire a new one counts as part of the youngest of its priority.
 */
final class ConsumedGrants {

    private static final int USUAL_PRIORITY = 100;
    private static final int MAX_OPEN = 1_000;
    private static final int MAX_EXPIRING = 1_000;
    private static final int MAX_PARTS = 12;

    private record Left(UUID grantId, BigInteger usd, int expiredParts) {

        private Left less(BigInteger amount) {
            return new Left(grantId, usd.subtract(amount), expiredParts);
        }
    }

    /** Grants of one turn are consumed by age. */
    private record Turn(int priority, @Nullable Instant expiresAt) {

        private static final Comparator<Turn> ORDER = Comparator.comparingInt(Turn::priority)
                .thenComparing(Turn::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()));
    }

    private final TreeMap<Turn, Deque<Left>> open = new TreeMap<>(Turn.ORDER);
    private int expiring;
    private int neverExpiring;

    void add(CreditGranted grant, BigInteger usd) throws Discrepancy {
        var priority = grant.priority();
        add(grant.requestId(), new Turn(priority == null ? USUAL_PRIORITY : priority, grant.expiresAt()), usd);
    }

    /** What arrives from another account is as a grant of the usual priority that never expires. */
    void arrive(CreditTransferred transfer, BigInteger usd) throws Discrepancy {
        require(transfer.consumed() == null, "a transfer that arrives must name no grants that paid it");
        add(transfer.requestId(), new Turn(USUAL_PRIORITY, null), usd);
    }

    private void add(UUID grantId, Turn turn, BigInteger usd) throws Discrepancy {
        var alike = open.computeIfAbsent(turn, key -> new ArrayDeque<>(2));
        if (turn.expiresAt != null) {
            require(!isFullOfExpiring(), "at most " + MAX_EXPIRING + " open grants must be such as expire");
            expiring++;
        } else if (neverExpiring >= MAX_OPEN && !alike.isEmpty()) {
            var youngest = alike.removeLast();
            alike.addLast(new Left(youngest.grantId, youngest.usd.add(usd), 0));
            return;
        } else {
            neverExpiring++;
        }
        alike.addLast(new Left(grantId, usd, 0));
    }

    boolean isFullOfExpiring() {
        return expiring >= MAX_EXPIRING;
    }

    /** Of an older charge, which names no grants, only how much is left is kept. */
    void consume(CreditSettled settled, BigInteger charge) throws Discrepancy {
        var due = new ArrayList<GrantConsumed>();
        inTurn(charge, due, "a charge of " + settled.chargedUsd());
        compare(settled.consumed(), due, "a charge of " + settled.chargedUsd());
    }

    /** A correction of a grant takes of that grant first, of whose answer's event its id is the last bit away. */
    void revoke(CreditRevoked revoked, BigInteger amount) throws Discrepancy {
        var event = revoked.correction().correctedEventId();
        var corrected = new UUID(event.getMostSignificantBits(), event.getLeastSignificantBits() ^ 1);
        var what = "a revocation of " + revoked.amountUsd();
        var due = new ArrayList<GrantConsumed>();
        var rest = amount.subtract(ofOne(corrected, amount, due));
        inTurn(rest, due, what);
        compare(revoked.consumed(), due, what);
    }

    /** What leaves for another account is of grants that never expire, as a charge would take of them. */
    void transfer(CreditTransferred transfer, BigInteger amount) throws Discrepancy {
        var what = "a transfer of " + transfer.amountUsd();
        require(lasting().compareTo(amount) >= 0, what + " must be covered by what never expires");
        var due = new ArrayList<GrantConsumed>();
        var rest = amount;
        for (var entry : List.copyOf(open.entrySet())) {
            if (entry.getKey().expiresAt == null) {
                for (var left : List.copyOf(entry.getValue())) {
                    var part = rest.min(left.usd);
                    if (part.signum() > 0) {
                        replace(entry.getKey(), entry.getValue(), left, left.less(part));
                        due.add(new GrantConsumed(left.grantId, Pico.usd(part)));
                        rest = rest.subtract(part);
                    }
                }
            }
        }
        require(transfer.consumed() != null, what + " that leaves must name the grants it left");
        compare(transfer.consumed(), due, what);
    }

    /** What is left of all grants that never expire. */
    BigInteger lasting() {
        return open.entrySet().stream()
                .filter(entry -> entry.getKey().expiresAt == null)
                .flatMap(entry -> entry.getValue().stream())
                .map(Left::usd)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private BigInteger ofOne(UUID grantId, BigInteger most, List<GrantConsumed> taken) {
        for (var entry : open.entrySet()) {
            for (var left : entry.getValue()) {
                if (left.grantId.equals(grantId)) {
                    var part = most.min(left.usd);
                    replace(entry.getKey(), entry.getValue(), left, left.less(part));
                    taken.add(new GrantConsumed(grantId, Pico.usd(part)));
                    return part;
                }
            }
        }
        return BigInteger.ZERO;
    }

    private void inTurn(BigInteger amount, List<GrantConsumed> taken, String what) throws Discrepancy {
        var toPay = amount;
        while (toPay.signum() > 0) {
            var first = open.firstEntry();
            require(first != null, what + " must be covered by what is left of all grants");
            if (first == null) {
                return;
            }
            var left = first.getValue().removeFirst();
            var part = toPay.min(left.usd);
            toPay = toPay.subtract(part);
            if (part.equals(left.usd)) {
                gone(first.getKey(), first.getValue());
            } else {
                first.getValue().addFirst(left.less(part));
            }
            taken.add(new GrantConsumed(left.grantId, Pico.usd(part)));
        }
    }

    private static void compare(@Nullable List<GrantConsumed> stated, List<GrantConsumed> due, String what)
            throws Discrepancy {
        for (var paid = 0; stated != null && paid < due.size(); paid++) {
            var part = due.get(paid);
            require(
                    paid < stated.size() && stated.get(paid).equals(part),
                    what + " must consume the grants whose turn it was: " + part.amountUsd() + " of grant "
                            + part.grantId() + " was due");
        }
        require(stated == null || stated.size() == due.size(), what + " must name no more grants than paid it");
    }

    /**
     * What ends of a grant is all that is left and free, and not before its time. Holds stand on the first grants in turn, so
     * what is available is the last of all, and of this grant what of that does not lie behind it.
     */
    void expire(CreditExpired expired, BigInteger amount, BigInteger available) throws Discrepancy {
        for (var entry : open.entrySet()) {
            for (var left : entry.getValue()) {
                if (left.grantId.equals(expired.requestId())) {
                    var free = available.subtract(behind(left)).max(BigInteger.ZERO);
                    check(expired, amount, free, entry.getKey().expiresAt, left);
                    var less = new Left(left.grantId, left.usd.subtract(amount), left.expiredParts + 1);
                    replace(entry.getKey(), entry.getValue(), left, less);
                    return;
                }
            }
        }
        throw new Discrepancy(
                "a grant that expires must have something left, and of " + expired.requestId() + " nothing is left");
    }

    private BigInteger behind(Left grant) {
        var inTurn = open.values().stream().flatMap(Deque::stream).toList();
        return inTurn.subList(inTurn.indexOf(grant) + 1, inTurn.size()).stream()
                .map(Left::usd)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static void check(
            CreditExpired expired, BigInteger amount, BigInteger free, @Nullable Instant expiresAt, Left left)
            throws Discrepancy {
        require(
                expiresAt != null && !expired.decidedAt().isBefore(expiresAt),
                "a grant must not expire at " + expired.decidedAt() + ", before it is over: " + left.grantId
                        + " is over at " + (expiresAt == null ? "no time" : expiresAt));
        require(
                expired.part() == left.expiredParts + 1,
                "part " + (left.expiredParts + 1) + " of an expiry must come next, and part " + expired.part()
                        + " does");
        require(
                amount.equals(left.usd.min(free)) && (expired.part() < MAX_PARTS || amount.equals(left.usd)),
                "an expiry must be of all that can go, and is of " + expired.amountUsd() + " where "
                        + Pico.text(left.usd) + " is left of grant " + left.grantId + " and " + Pico.text(free)
                        + " of that is free");
    }

    private void replace(Turn turn, Deque<Left> alike, Left from, Left by) {
        var kept = new ArrayList<Left>(alike);
        kept.set(kept.indexOf(from), by);
        alike.clear();
        alike.addAll(kept);
        if (by.usd.signum() == 0) {
            alike.remove(by);
            gone(turn, alike);
        }
    }

    private void gone(Turn turn, Deque<Left> alike) {
        if (turn.expiresAt == null) {
            neverExpiring--;
        } else {
            expiring--;
        }
        if (alike.isEmpty()) {
            open.remove(turn);
        }
    }

    /** What is left of each grant, in their turn, as everybody writes it. */
    List<CanonicalState.Grant> left() {
        return open.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(left -> CanonicalState.Grant.of(
                                left.grantId,
                                Pico.text(left.usd),
                                entry.getKey().priority,
                                entry.getKey().expiresAt,
                                left.expiredParts)))
                .toList();
    }
}
