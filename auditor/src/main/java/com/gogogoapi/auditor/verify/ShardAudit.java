package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.auditor.source.Cursor;
import com.gogogoapi.auditor.source.Link;
import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.auditor.source.ShardEnd;
import com.gogogoapi.auditor.source.TopicSource.Published;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.wire.OutOfOrderException;
import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.log.Chain;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.log.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One shard, from its first event to its last, in one pass: two rebuilds go side by side, one from the log and one from the
 * topic, and each event is held against its account's story, the chain, and the checkpoints. Memory holds the shard's
 * accounts with their open holds, twice, and a page of events.
 */
final class ShardAudit {

    /**
     * What became of it.
     *
     * @param statesHash SHA-256 over a line of account, space and state hash for each account in order
     */
    record Result(
            int shard,
            long events,
            int accounts,
            TrialBalance books,
            String statesHash,
            long uncheckedPrices,
            Map<String, Long> ordersByKey,
            long unsignedOrders,
            Optional<Finding> finding,
            List<String> notices) {}

    private final int shard;
    private final Evidence evidence;
    private final OnceEach onceEach;
    private final Transfers transfers;
    private final LongAdder progress;

    private final Rebuild fromLog = new Rebuild();
    private final Rebuild fromTopic = new Rebuild();
    private final RowRules rules;
    private final SignedOrders orders;
    private final List<String> notices = new ArrayList<>();
    private final Set<String> unpublishedAccounts = new HashSet<>();
    private long lastPos;
    private boolean topicEnded;

    ShardAudit(int shard, Evidence evidence, OnceEach onceEach, Transfers transfers, LongAdder progress) {
        this.shard = shard;
        this.evidence = evidence;
        this.onceEach = onceEach;
        this.transfers = transfers;
        this.progress = progress;
        this.orders = new SignedOrders(evidence.orderKeys());
        this.rules = new RowRules(shard, evidence.log().shards(), evidence.prices());
    }

    Result run() {
        var topic = evidence.topic();
        // The topic first: all that is in it by now was in the log before.
        try (var topicShard = topic.isPresent() ? topic.get().shard(shard) : Cursor.<Published>empty();
                var reader = evidence.log().shard(shard);
                var published = new PublishedEvents(topicShard, reader);
                var tracks = new Tracks(evidence.tracks(shard))) {
            topicEnded = topic.isEmpty();
            var finding = walk(reader, published, tracks);
            return new Result(
                    shard,
                    lastPos,
                    customers(),
                    fromLog.books(),
                    statesHash(),
                    rules.unchecked(),
                    orders.signedBy(),
                    orders.unsigned(),
                    finding,
                    notices);
        }
    }

    private int customers() {
        return (int) fromLog.accounts().keySet().stream()
                .filter(account -> !account.startsWith(RowRules.INSTALLATION))
                .count();
    }

    private Optional<Finding> walk(LogSource.ShardReader reader, PublishedEvents published, Tracks tracks) {
        var end = reader.end();
        var chain = Chain.fromTheBeginning(end.perEventAfter());
        try (var rows = reader.rows();
                var links = reader.links()) {
            var link = links.next();
            for (var row = rows.next(); row != null; row = rows.next()) {
                var pos = lastPos + 1;
                var canonical = row.canonicalBytes();
                try {
                    require(row.pos() >= pos, "sequence " + row.pos() + " is stored twice");
                    require(row.pos() == pos, "the event is missing; the next stored one is " + row.pos());
                    require(link != null, "stored, but no batch of the chain covers it");
                    check(row, canonical, published);
                } catch (Discrepancy e) {
                    return Optional.of(Finding.at(shard, pos, e.what()));
                } catch (OutOfOrderException e) {
                    return Optional.of(Finding.at(shard, e.pos(), String.valueOf(e.getMessage())));
                }
                chain.add(canonical);
                lastPos = pos;
                progress.increment();
                if (link != null && link.lastPos() == pos) {
                    chain.endBatch();
                    var batch = link;
                    link = links.next();
                    var broken = brokenLink(batch, chain.head(), link);
                    if (broken.isPresent()) {
                        return broken;
                    }
                }
                var unsigned = tracks.passed(pos, canonical, chain, end.perEventAfter());
                if (unsigned.isPresent()) {
                    return unsigned;
                }
            }
            if (link != null) {
                return Optional.of(
                        Finding.at(shard, lastPos + 1, "the event is missing; the chain goes on to " + link.lastPos()));
            }
            return atTheEnd(end, chain, published, tracks);
        }
    }

    private Optional<Finding> brokenLink(Link batch, byte[] head, @Nullable Link next) {
        if (!Arrays.equals(batch.hash(), head)) {
            return Optional.of(new Finding(
                    shard,
                    batch.firstPos(),
                    batch.lastPos(),
                    "the stored events do not make the chain's hash of their batch"));
        }
        if (next != null && next.firstPos() != batch.lastPos() + 1) {
            return Optional.of(
                    Finding.at(shard, batch.lastPos() + 1, "the chain's next batch begins at " + next.firstPos()));
        }
        return Optional.empty();
    }

    private void check(LogRow row, byte[] canonical, PublishedEvents published) throws Discrepancy {
        checkPublished(row, canonical, published);
        var event = RowRules.eventOf(row);
        rules.check(row, event);
        orders.check(event);
        var account = fromLog.apply(row, event);
        onceEach.add(row, RowRules.stepOf(event), account.late());
        if (event instanceof CreditTransferred transfer) {
            transfers.add(row, transfer);
        }
        var storedAt = evidence.storedStates().get(row.accountId());
        if (storedAt != null && storedAt == row.seq()) {
            var stored = evidence.log().storedState(row.accountId());
            // A ledger that goes on may have replaced it meanwhile.
            if (stored.isPresent() && stored.get().sequence() == row.seq()) {
                require(
                        Arrays.equals(
                                stored.get().state().hash(), account.state().hash()),
                        "the stored snapshot of account " + row.accountId() + " is another state than its events make");
            }
        }
    }

    private void checkPublished(LogRow row, byte[] canonical, PublishedEvents published) throws Discrepancy {
        var twin = topicEnded ? null : published.next();
        if (twin == null) {
            if (!topicEnded) {
                topicEnded = true;
                notices.add("shard " + shard + ": ledger-events ends before sequence " + row.pos()
                        + "; the rest is compared with nothing");
            }
            unpublishedAccounts.add(row.accountId());
            return;
        }
        require(twin.pos() == row.pos(), "not in ledger-events, whose next event is sequence " + twin.pos());
        require(Arrays.equals(twin.canonicalBytes(), canonical), "the stored event is not the one that was published");
        fromTopic.apply(twin, RowRules.eventOf(twin));
    }

    private Optional<Finding> atTheEnd(ShardEnd end, Chain chain, PublishedEvents published, Tracks tracks) {
        try {
            require(
                    end.lastPos() == lastPos,
                    end.lastPos() > lastPos
                            ? "the event is missing; the shard's row says that " + end.lastPos() + " is the last"
                            : "stored beyond the end, which the shard's row says is " + end.lastPos());
            require(Arrays.equals(end.head(), chain.head()), "the shard's row states another head than the chain has");
            tracks.ended(lastPos);
            if (!topicEnded) {
                var more = published.next();
                require(
                        more == null,
                        "the event is missing; it was published, as " + (more == null ? "" : more.type()));
            }
        } catch (Discrepancy e) {
            var at = end.lastPos() < lastPos ? end.lastPos() + 1 : lastPos + 1;
            return Optional.of(Finding.at(shard, at, e.what()));
        } catch (OutOfOrderException e) {
            return Optional.of(Finding.at(shard, e.pos(), String.valueOf(e.getMessage())));
        }
        return comparedStates();
    }

    private Optional<Finding> comparedStates() {
        for (var entry : fromLog.accounts().entrySet()) {
            var account = entry.getValue();
            var storedAt = evidence.storedStates().get(entry.getKey());
            if (storedAt != null && storedAt > account.sequence()) {
                return Optional.of(Finding.at(
                        shard,
                        lastPos + 1,
                        "a snapshot of account " + entry.getKey() + " is from its event " + storedAt
                                + ", which the log does not have"));
            }
            if (evidence.topic().isPresent() && !unpublishedAccounts.contains(entry.getKey())) {
                var other = fromTopic.accounts().get(entry.getKey());
                if (other == null
                        || !Arrays.equals(other.state().hash(), account.state().hash())) {
                    return Optional.of(Finding.at(
                            shard,
                            lastPos,
                            "account " + entry.getKey() + " is another one from PostgreSQL than from ledger-events"));
                }
            }
            var live = evidence.live().differing(entry.getKey(), account);
            if (live.isPresent()) {
                return Optional.of(Finding.at(shard, lastPos, live.get()));
            }
        }
        return Optional.empty();
    }

    private String statesHash() {
        var sha = Sha256.digest();
        new TreeMap<>(fromLog.accounts())
                .forEach((id, account) -> sha.update((id + " " + account.state().hashHex() + "\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return Sha256.hex(sha.digest());
    }

    /** The series of checkpoints that are at hand, walked along together. */
    private final class Tracks implements AutoCloseable {

        private final List<CheckpointTrack> all;

        Tracks(List<CheckpointTrack> all) {
            this.all = all;
        }

        Optional<Finding> passed(long pos, byte[] canonical, Chain chain, long perEventAfter) {
            for (var track : all) {
                try {
                    track.passed(pos, canonical, chain, perEventAfter, fromLog::books);
                } catch (Discrepancy e) {
                    return Optional.of(new Finding(shard, track.goodUntil() + 1, pos, e.what()));
                }
            }
            return Optional.empty();
        }

        void ended(long pos) throws Discrepancy {
            for (var track : all) {
                track.ended(pos);
            }
        }

        @Override
        public void close() {
            all.forEach(CheckpointTrack::close);
        }
    }
}
