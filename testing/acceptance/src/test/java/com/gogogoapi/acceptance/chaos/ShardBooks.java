package com.gogogoapi.acceptance.chaos;

import com.gogogoapi.acceptance.chaos.Evidence.Published;
import com.gogogoapi.acceptance.chaos.Evidence.Shard;
import com.gogogoapi.ledger.log.HashChain;
import com.gogogoapi.ledger.log.StoredEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;

/** One shard by itself: its positions, its chain and what was published of it. */
final class ShardBooks {

    private final Shard shard;
    private final BiConsumer<Check, String> violations;

    ShardBooks(Shard shard, BiConsumer<Check, String> violations) {
        this.shard = shard;
        this.violations = violations;
    }

    void check() {
        noGap();
        chainHolds();
        publishedIsLogged();
    }

    private void report(Check check, String example) {
        violations.accept(check, "shard " + shard.number() + ": " + example);
    }

    private void noGap() {
        var expected = 1L;
        for (var stored : shard.log()) {
            if (stored.pos() != expected) {
                report(Check.NO_GAP, "position " + stored.pos() + " where " + expected + " is due");
            }
            expected = stored.pos() + 1;
        }
        if (shard.position().lastPos() != expected - 1) {
            report(
                    Check.NO_GAP,
                    "ends at " + (expected - 1) + " and says "
                            + shard.position().lastPos());
        }
        if (shard.position().nextOffset() != shard.intakeEnd()) {
            report(
                    Check.NO_GAP,
                    "intake taken until %d of %d".formatted(shard.position().nextOffset(), shard.intakeEnd()));
        }
    }

    private void chainHolds() {
        var head = HashChain.genesis();
        var taken = 0;
        for (var link : shard.links()) {
            var batch = shard.log().stream()
                    .skip(taken)
                    .takeWhile(stored -> stored.pos() <= link.lastPos())
                    .toList();
            if (batch.isEmpty() || batch.getFirst().pos() != link.firstPos()) {
                report(Check.CHAIN_HOLDS, "the link from " + link.firstPos() + " does not begin where it says");
            }
            taken += batch.size();
            head = HashChain.next(head, batch);
            if (!Arrays.equals(head, link.hash())) {
                report(Check.CHAIN_HOLDS, "the link until " + link.lastPos() + " is of other bytes");
                return;
            }
        }
        if (taken != shard.log().size() || !Arrays.equals(head, shard.position().hashHead())) {
            report(Check.CHAIN_HOLDS, "the head is not the last link's");
        }
    }

    /** Publication may repeat, so of each event the first counts; it never skips and never changes the order. */
    private void publishedIsLogged() {
        var first = new LinkedHashMap<String, Published>();
        for (var published : shard.published()) {
            var before = first.putIfAbsent(published.eventId(), published);
            if (before != null && !Arrays.equals(before.payload(), published.payload())) {
                report(Check.PUBLISHED_IS_LOGGED, published.eventId() + " was repeated with other bytes");
            }
        }
        var published = List.copyOf(first.values());
        for (var i = 0; i < Math.max(published.size(), shard.log().size()); i++) {
            if (i >= published.size() || i >= shard.log().size()) {
                report(
                        Check.PUBLISHED_IS_LOGGED,
                        published.size() + " events published, " + shard.log().size() + " logged");
                return;
            }
            if (!isSame(shard.log().get(i), published.get(i))) {
                report(
                        Check.PUBLISHED_IS_LOGGED,
                        "at position %d %s was published"
                                .formatted(i + 1, published.get(i).eventId()));
                return;
            }
        }
    }

    private static boolean isSame(StoredEvent stored, Published published) {
        return stored.eventId().toString().equals(published.eventId())
                && Long.toString(stored.pos()).equals(published.sequence())
                && stored.accountId().equals(published.accountId())
                && stored.type().equals(published.type())
                && Arrays.equals(stored.payload(), published.payload());
    }
}
