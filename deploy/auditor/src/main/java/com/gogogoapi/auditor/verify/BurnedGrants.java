package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditSettled;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Whether each charge was paid by the grants whose turn it was, by rules of the auditor's own: the smallest priority first,
 * of one priority the oldest; beyond {@link #MAX_OPEN} open grants a new one counts as part of the youngest of its priority.
 */
final class BurnedGrants {

    private static final int USUAL_PRIORITY = 100;
    private static final int MAX_OPEN = 1_000;

    private record Left(UUID grantId, BigInteger usd) {}

    private final TreeMap<Integer, Deque<Left>> open = new TreeMap<>();
    private int count;

    void add(CreditGranted grant, BigInteger usd) {
        var priority = grant.priority();
        var alike = open.computeIfAbsent(priority == null ? USUAL_PRIORITY : priority, key -> new ArrayDeque<>(2));
        if (count >= MAX_OPEN && !alike.isEmpty()) {
            var youngest = alike.removeLast();
            alike.addLast(new Left(youngest.grantId, youngest.usd.add(usd)));
        } else {
            alike.addLast(new Left(grant.requestId(), usd));
            count++;
        }
    }

    /** Of an older charge, which names no grants, only how much is left is kept. */
    void burn(CreditSettled settled, BigInteger charge) throws Discrepancy {
        var stated = settled.burned();
        var toPay = charge;
        var paid = 0;
        while (toPay.signum() > 0) {
            var first = open.firstEntry();
            require(first != null, "a charge of " + settled.chargedUsd() + ", more than is left of all grants");
            if (first == null) {
                return;
            }
            var left = first.getValue().removeFirst();
            var part = toPay.min(left.usd);
            toPay = toPay.subtract(part);
            if (part.equals(left.usd)) {
                count--;
            } else {
                first.getValue().addFirst(new Left(left.grantId, left.usd.subtract(part)));
            }
            if (first.getValue().isEmpty()) {
                open.remove(first.getKey());
            }
            require(
                    stated == null
                            || paid < stated.size()
                                    && stated.get(paid).grantId().equals(left.grantId)
                                    && Pico.of(stated.get(paid).amountUsd()).equals(part),
                    "a charge of " + settled.chargedUsd() + " that burned other grants than those whose turn it was: "
                            + Pico.text(part) + " of grant " + left.grantId + " was due");
            paid++;
        }
        require(
                stated == null || paid == stated.size(),
                "a charge of " + settled.chargedUsd() + " that says that more grants paid it than did");
    }
}
