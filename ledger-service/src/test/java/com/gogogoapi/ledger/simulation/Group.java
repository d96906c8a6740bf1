package com.gogogoapi.ledger.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The group coordinator. A shard moves from a living member only when that member has let it go; from one that is dead or
 * does not answer it is taken, and the member learns of it when it wakes.
 */
final class Group {

    private static final int NOBODY = -1;

    private final int[] owner;
    private final int[] next;
    private final Set<Integer> thrownOut = new HashSet<>();
    private boolean chaotic = true;

    Group(int shards) {
        owner = new int[shards];
        next = new int[shards];
        java.util.Arrays.fill(owner, NOBODY);
        java.util.Arrays.fill(next, NOBODY);
    }

    boolean isChaotic() {
        return chaotic;
    }

    void calm() {
        chaotic = false;
    }

    Collection<Integer> shardsOf(int member) {
        var shards = new TreeSet<Integer>();
        for (var shard = 0; shard < owner.length; shard++) {
            if (owner[shard] == member && next[shard] == member) {
                shards.add(shard);
            }
        }
        return shards;
    }

    /** A member has polled: what it was to let go, it has let go. */
    void seen(int member) {
        thrownOut.remove(member);
        for (var shard = 0; shard < owner.length; shard++) {
            if (owner[shard] == member) {
                owner[shard] = next[shard];
            }
        }
    }

    /** Deals the shards out anew among those that answer. */
    void rebalance(List<Integer> answering, Chance chance) {
        for (var shard = 0; shard < owner.length; shard++) {
            if (answering.isEmpty()) {
                continue;
            }
            if (!answering.contains(owner[shard])) {
                take(shard, chance.of(answering));
            } else if (chance.oneIn(2)) {
                next[shard] = chance.of(answering);
            }
        }
    }

    /** A member does not answer, or is dead: its shards go to others at once. */
    void throwOut(int member, List<Integer> answering, Chance chance) {
        thrownOut.add(member);
        for (var shard = 0; shard < owner.length; shard++) {
            if (owner[shard] == member || next[shard] == member) {
                var living = new ArrayList<>(answering);
                living.remove((Integer) member);
                if (living.isEmpty()) {
                    owner[shard] = NOBODY;
                    next[shard] = NOBODY;
                } else if (owner[shard] == member) {
                    take(shard, chance.of(living));
                } else {
                    next[shard] = owner[shard];
                }
            }
        }
    }

    private void take(int shard, int member) {
        owner[shard] = member;
        next[shard] = member;
    }

    boolean wasThrownOut(int member) {
        return thrownOut.contains(member);
    }
}
