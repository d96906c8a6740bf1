package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.GrantBurned;
import com.gogogoapi.contracts.money.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.pcollections.TreePMap;

/**
 * What is left of each grant, in the order in which grants burn: by priority, then age. Immutable.
 *
 * <p>Charges burn grants; holds do not, since a hold may end for nothing. So what is left of all grants together is always
 * what is available and what is held.
 *
 * <p>Beyond {@link #MAX_OPEN} a grant joins the youngest open one of its priority, if there is one, and burns under its
 * name: it burns as late as it would have by itself, and money that was paid is never turned away. Together with one lot
 * for each other priority that is the most an account can have.
 */
public record GrantLots(TreePMap<Place, Lot> open) {

    public static final int MAX_OPEN = 1_000;

    public static final GrantLots NONE = new GrantLots(TreePMap.empty());

    /**
     * A lot's turn.
     *
     * @param number counts the open lots of this priority by age
     */
    public record Place(int priority, long number) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            return priority == other.priority
                    ? Long.compare(number, other.number)
                    : Integer.compare(priority, other.priority);
        }
    }

    /** What is left, more than zero, of the grant with this request id. */
    public record Lot(UUID grantId, Usd leftUsd) {}

    GrantLots plus(CreditGranted granted) {
        return plus(granted.requestId(), granted.burnPriority(), granted.amountUsd());
    }

    public GrantLots plus(UUID grantId, int priority, Usd amountUsd) {
        var youngest = open.floorEntry(new Place(priority, Long.MAX_VALUE));
        if (youngest == null || youngest.getKey().priority() != priority) {
            return new GrantLots(open.plus(new Place(priority, 0), new Lot(grantId, amountUsd)));
        }
        if (open.size() >= MAX_OPEN) {
            return new GrantLots(left(youngest, youngest.getValue().leftUsd().plus(amountUsd)));
        }
        var next = new Place(priority, youngest.getKey().number() + 1);
        return new GrantLots(open.plus(next, new Lot(grantId, amountUsd)));
    }

    /**
     * Which grants pay a charge, first first.
     *
     * @throws IllegalStateException if the grants do not cover it
     */
    List<GrantBurned> toBurn(Usd chargedUsd) {
        var burned = new ArrayList<GrantBurned>(1);
        var toPay = chargedUsd;
        var lots = open.values().iterator();
        while (toPay.isPositive()) {
            if (!lots.hasNext()) {
                throw new IllegalStateException("a charge of " + chargedUsd + " is more than is left of all grants");
            }
            var lot = lots.next();
            var part = toPay.isLessThan(lot.leftUsd()) ? toPay : lot.leftUsd();
            burned.add(new GrantBurned(lot.grantId(), part));
            toPay = toPay.minus(part);
        }
        return burned;
    }

    /**
     * After exactly what an event says burned, whatever rule chose it.
     *
     * @throws IllegalStateException if it is not the charge, or a grant has not that much left
     */
    GrantLots burned(List<GrantBurned> burned, Usd chargedUsd) {
        var sum = Usd.ZERO;
        var lots = this;
        for (var part : burned) {
            lots = lots.minus(part);
            sum = sum.plus(part.amountUsd());
        }
        if (!sum.equals(chargedUsd)) {
            throw new IllegalStateException("grants of " + sum + " burned for a charge of " + chargedUsd);
        }
        return lots;
    }

    /** The lot is the first one unless the rule was another when it burned, so the search is short. */
    private GrantLots minus(GrantBurned part) {
        for (var entry : open.entrySet()) {
            var lot = entry.getValue();
            if (lot.grantId().equals(part.grantId())) {
                if (lot.leftUsd().isLessThan(part.amountUsd())) {
                    break;
                }
                return new GrantLots(left(entry, lot.leftUsd().minus(part.amountUsd())));
            }
        }
        throw new IllegalStateException("grant " + part.grantId() + " has no " + part.amountUsd() + " left to burn");
    }

    private TreePMap<Place, Lot> left(Map.Entry<Place, Lot> entry, Usd leftUsd) {
        return leftUsd.isZero()
                ? open.minus(entry.getKey())
                : open.plus(entry.getKey(), new Lot(entry.getValue().grantId(), leftUsd));
    }
}
