package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.SourceException;
import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.log.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A whole log, some shards at a time. */
public final class Verification {

    private static final long PROGRESS_EVERY_SECONDS = 2;

    /**
     * What came of it.
     *
     * @param findings the first of each shard where something is wrong, in order
     * @param uncheckedPrices how many holds' prices were held against nothing, where no published prices were at hand
     * @param ordersByKey how many orders each key signed, by its owner's name and its id
     * @param unsignedOrders how many are from before orders were signed
     * @param transfersUnderWay how many transfers left an account and have not arrived
     * @param problems what is wrong with the checkpoints or the books, and has no sequence number
     * @param statesHash over the shards' state hashes in order: the same log gives the same, however it was read
     */
    public record Verdict(
            long events,
            long accounts,
            long checkpoints,
            long uncheckedPrices,
            SortedMap<String, Long> ordersByKey,
            long unsignedOrders,
            long transfersUnderWay,
            TrialBalance books,
            String statesHash,
            List<Finding> findings,
            List<String> problems,
            List<String> notices) {

        public boolean isGood() {
            return findings.isEmpty() && problems.isEmpty();
        }
    }

    private final Evidence evidence;
    private final int threads;
    private final Consumer<String> progress;

    public Verification(Evidence evidence, int threads, Consumer<String> progress) {
        this.evidence = evidence;
        this.threads = threads;
        this.progress = progress;
    }

    public Verdict run() throws InterruptedException {
        var problems = new ArrayList<String>();
        var series = new CheckpointSeries(evidence.keys());
        try (var own = evidence.log().checkpoints()) {
            series.problem(own, evidence.givenCheckpoints()).ifPresent(problems::add);
        }
        evidence.prices().flatMap(PublishedPrices::problem).ifPresent(problems::add);
        var firsts = new TreeMap<Integer, Finding>();
        var transfers = new Transfers();
        var results = auditShards(firsts, transfers);
        var notices = new ArrayList<String>();
        var books = TrialBalance.EMPTY;
        var events = 0L;
        var accounts = 0L;
        var unchecked = 0L;
        var ordersByKey = new TreeMap<String, Long>();
        var unsigned = 0L;
        var states = Sha256.digest();
        for (var result : results) {
            notices.addAll(result.notices());
            books = books.plus(result.books());
            events += result.events();
            accounts += result.accounts();
            unchecked += result.uncheckedPrices();
            result.ordersByKey().forEach((key, orders) -> ordersByKey.merge(key, orders, Long::sum));
            unsigned += result.unsignedOrders();
            states.update(Sha256.parse(result.statesHash()));
        }
        if (!books.isBalanced()) {
            problems.add("the books are off by " + books.difference());
        }
        return new Verdict(
                events,
                accounts,
                series.count(),
                unchecked,
                ordersByKey,
                unsigned,
                transfers.underWay(),
                books,
                Sha256.hex(states.digest()),
                List.copyOf(firsts.values()),
                problems,
                notices);
    }

    private List<ShardAudit.Result> auditShards(Map<Integer, Finding> firsts, Transfers transfers)
            throws InterruptedException {
        var shards = evidence.log().shards();
        var audited = new LongAdder();
        var started = System.nanoTime();
        try (var onceEach = new OnceEach();
                var executor = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<ShardAudit.Result>>();
            for (var shard = 0; shard < shards; shard++) {
                var audit = new ShardAudit(shard, evidence, onceEach, transfers, audited);
                running.add(executor.submit(audit::run));
            }
            var results = new ArrayList<ShardAudit.Result>();
            for (var each : running) {
                results.add(await(each, () -> {
                    var seconds = Math.max(1, (System.nanoTime() - started) / 1_000_000_000);
                    progress.accept("%d of %d shards, %,d events, %,d a second"
                            .formatted(results.size(), shards, audited.sum(), audited.sum() / seconds));
                }));
            }
            for (var result : results) {
                result.finding().ifPresent(finding -> keepFirst(firsts, finding));
            }
            onceEach.findings().forEach(finding -> keepFirst(firsts, finding));
            transfers.findings(evidence.log()).forEach(finding -> keepFirst(firsts, finding));
            return results;
        }
    }

    private static void keepFirst(Map<Integer, Finding> firsts, Finding finding) {
        firsts.merge(finding.shard(), finding, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    private static ShardAudit.Result await(Future<ShardAudit.Result> running, Runnable meanwhile)
            throws InterruptedException {
        while (true) {
            try {
                return running.get(PROGRESS_EVERY_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                meanwhile.run();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof SourceException unreadable) {
                    throw unreadable;
                }
                throw new IllegalStateException("the verification itself failed", e.getCause());
            }
        }
    }
}
