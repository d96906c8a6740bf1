package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.intake.GrantPriority;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * What is left of each grant, in the order in which grants are consumed: by priority, then expiry, then age. Immutable.
 *
 * <p>Charges consume grants; holds do not, since a hold may end for nothing. So what is left of all grants together is always
 * what is available and what is held.
 *
 * <p>Beyond {@link #MAX_OPEN} a grant that never expires joins the youngest open one of its priority, if there is one, and
 * is consumed under its name: it is consumed as late as it would be by itself, and money that was paid is never turned away. One that
 * expires never joins, since its end is told under its own name; beyond {@link #MAX_EXPIRING} it is refused. Together with
 * one lot for each other priority that is the most an account can have.
 */
public record GrantLots(TreePMap<Place, Lot> open) {

    /** From how many open lots that never expire on grants join. */
    public static final int MAX_OPEN = 1_000;

    /** The most open lots that expire. */
    public static final int MAX_EXPIRING = 1_000;

    public static final GrantLots NONE = new GrantLots(TreePMap.empty());

    /**
     * A lot's turn.
     *
     * @param expiresAt null if it never expires
     * @param number counts the open lots of this priority and expiry by age
     */
    public record Place(int priority, @Nullable Instant expiresAt, long number) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            if (priority != other.priority) {
                return Integer.compare(priority, other.priority);
            }
            if (Objects.equals(expiresAt, other.expiresAt)) {
                return Long.compare(number, other.number);
            }
            if (expiresAt == null || other.expiresAt == null) {
                return expiresAt == null ? 1 : -1;
            }
            return expiresAt.compareTo(other.expiresAt);
        }

        private boolean isAlike(Place other) {
            return priority == other.priority && Objects.equals(expiresAt, other.expiresAt);
        }
    }

    /**
     * What is left, more than zero, of a grant.
     *
     * @param grantId the grant's request id
     * @param expiredParts how many parts of it have expired
     */
    public record Lot(UUID grantId, Usd leftUsd, int expiredParts) {

        private Lot with(Usd left) {
            return new Lot(grantId, left, expiredParts);
        }
    }

    GrantLots plus(CreditGranted granted) {
        return plus(granted.requestId(), granted.consumptionPriority(), granted.expiresAt(), granted.amountUsd());
    }

    /**
     * What arrives is one more lot, which never expires; what left, left the lots that the event says.
     *
     * @throws IllegalStateException if it says none, or they have not that much left
     */
    GrantLots after(CreditTransferred transferred) {
        return switch (transferred.side()) {
            case IN -> plus(transferred.requestId(), GrantPriority.USUAL, null, transferred.amountUsd());
            case OUT ->
                consumed(transferred.consumed() == null ? List.of() : transferred.consumed(), transferred.amountUsd());
        };
    }

    public GrantLots plus(UUID grantId, int priority, @Nullable Instant expiresAt, Usd amountUsd) {
        var last = new Place(priority, expiresAt, Long.MAX_VALUE);
        var youngest = open.floorEntry(last);
        if (youngest == null || !youngest.getKey().isAlike(last)) {
            return new GrantLots(open.plus(new Place(priority, expiresAt, 0), new Lot(grantId, amountUsd, 0)));
        }
        if (expiresAt == null && open.size() >= MAX_OPEN && open.size() - expiring() >= MAX_OPEN) {
            return new GrantLots(left(youngest, youngest.getValue().leftUsd().plus(amountUsd)));
        }
        var next = new Place(priority, expiresAt, youngest.getKey().number() + 1);
        return new GrantLots(open.plus(next, new Lot(grantId, amountUsd, 0)));
    }

    /** Whether there is no place for one more grant that expires. */
    boolean isFullOfExpiring() {
        return open.size() >= MAX_EXPIRING && expiring() >= MAX_EXPIRING;
    }

    private int expiring() {
        return (int) open.keySet().stream()
                .filter(place -> place.expiresAt() != null)
                .count();
    }

    /** The open lot of that grant. */
    Optional<Map.Entry<Place, Lot>> of(UUID grantId) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().grantId().equals(grantId))
                .findFirst();
    }

    /**
     * What of a lot no open hold would consume, if all of them were charged in full: holds stand on the lots in their turn, and
     * what is held stays usable by them. Never more than what is available.
     */
    Usd free(Map.Entry<Place, Lot> lot, Usd heldUsd) {
        var onThisAndLater = heldUsd;
        for (var before : open.headMap(lot.getKey()).values()) {
            onThisAndLater = onThisAndLater.minus(before.leftUsd());
        }
        var left = lot.getValue().leftUsd();
        return left.minus(left.min(onThisAndLater.max(Usd.ZERO)));
    }

    /**
     * Which grants pay a charge, first first.
     *
     * @throws IllegalStateException if the grants do not cover it
     */
    List<GrantConsumed> toConsume(Usd chargedUsd) {
        var consumed = new ArrayList<GrantConsumed>(1);
        var toPay = chargedUsd;
        var lots = open.values().iterator();
        while (toPay.isPositive()) {
            if (!lots.hasNext()) {
                throw new IllegalStateException(
                        "What is left of all grants must cover a charge of " + chargedUsd + ".");
            }
            var lot = lots.next();
            var part = toPay.isLessThan(lot.leftUsd()) ? toPay : lot.leftUsd();
            consumed.add(new GrantConsumed(lot.grantId(), part));
            toPay = toPay.minus(part);
        }
        return consumed;
    }

    /** What is left of all grants that never expire. */
    Usd lastingUsd() {
        return lasting().open.values().stream().map(Lot::leftUsd).reduce(Usd.ZERO, Usd::plus);
    }

    private GrantLots lasting() {
        var lasting = open;
        for (var place : open.keySet()) {
            if (place.expiresAt() != null) {
                lasting = lasting.minus(place);
            }
        }
        return new GrantLots(lasting);
    }

    /**
     * Which grants lose what is transferred: those that never expire, as a charge would consume them.
     *
     * @throws IllegalStateException if they do not cover it
     */
    List<GrantConsumed> toTransfer(Usd amountUsd) {
        return lasting().toConsume(amountUsd);
    }

    /**
     * Which grants lose what is taken back: first what is left of the one that is corrected, then as a charge consumes them.
     *
     * @param corrected a grant's id, or one of which nothing is left or that is no grant's
     * @throws IllegalStateException if the grants do not cover it
     */
    List<GrantConsumed> toRevoke(Usd amountUsd, UUID corrected) {
        var itsLot = of(corrected);
        if (itsLot.isEmpty()) {
            return toConsume(amountUsd);
        }
        var consumed = new ArrayList<GrantConsumed>(1);
        consumed.add(new GrantConsumed(
                corrected, amountUsd.min(itsLot.get().getValue().leftUsd())));
        var others = new GrantLots(open.minus(itsLot.get().getKey()));
        consumed.addAll(others.toConsume(amountUsd.minus(consumed.getFirst().amountUsd())));
        return consumed;
    }

    /**
     * After exactly what an event says was consumed, whatever rule chose it.
     *
     * @throws IllegalStateException if it is not that amount, or a grant has not that much left
     */
    GrantLots consumed(List<GrantConsumed> consumed, Usd amountUsd) {
        var sum = Usd.ZERO;
        var lots = this;
        for (var part : consumed) {
            lots = lots.minus(part);
            sum = sum.plus(part.amountUsd());
        }
        if (!sum.equals(amountUsd)) {
            throw new IllegalStateException("Grants of " + amountUsd + " must be consumed, and " + sum + " are.");
        }
        return lots;
    }

    /** A charge's lot is the first one unless the rule was another when it was consumed, so the search is short. */
    private GrantLots minus(GrantConsumed part) {
        for (var entry : open.entrySet()) {
            var lot = entry.getValue();
            if (lot.grantId().equals(part.grantId())) {
                if (lot.leftUsd().isLessThan(part.amountUsd())) {
                    break;
                }
                return new GrantLots(left(entry, lot.leftUsd().minus(part.amountUsd())));
            }
        }
        throw new IllegalStateException(
                "Grant " + part.grantId() + " must have " + part.amountUsd() + " left to consume.");
    }

    /** @throws IllegalStateException if the grant cannot have expired like that */
    GrantLots expired(CreditExpired expired) {
        var entry = of(expired.requestId())
                .filter(open -> open.getValue().expiredParts() == expired.part() - 1
                        && !open.getValue().leftUsd().isLessThan(expired.amountUsd()))
                .orElseThrow(() -> new IllegalStateException("Grant " + expired.requestId() + " must have "
                        + expired.amountUsd() + " left to expire as part " + expired.part() + "."));
        var lot = entry.getValue();
        var left = lot.leftUsd().minus(expired.amountUsd());
        return new GrantLots(
                left.isZero()
                        ? open.minus(entry.getKey())
                        : open.plus(entry.getKey(), new Lot(lot.grantId(), left, expired.part())));
    }

    private TreePMap<Place, Lot> left(Map.Entry<Place, Lot> entry, Usd leftUsd) {
        return leftUsd.isZero()
                ? open.minus(entry.getKey())
                : open.plus(entry.getKey(), entry.getValue().with(leftUsd));
    }
}
