package com.gogogoapi.auditor.deposits;

import com.gogogoapi.auditor.deposits.Credit.Named;
import com.gogogoapi.auditor.source.Cursor;
import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.auditor.source.TopicSource;
import com.gogogoapi.auditor.source.TopicSource.Published;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.OutOfOrderException;
import com.gogogoapi.evidence.log.LogRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The ledger's credits of deposits, by chain and transfer: about a kilobyte of memory each. Those of its log and those of the topic have to be
 * the same; that the rest of both is as well is what {@code verify} looks at.
 */
final class CreditedDeposits {

    /** How long what is in the log may take to be published. */
    private static final Duration TO_PUBLISH = Duration.ofMinutes(1);

    private final Map<String, Map<Named, Credit>> byChain = new LinkedHashMap<>();
    private final Findings findings;
    private final boolean byHandIsKnown;
    private long byHand;
    private long count;

    /** @param byHandIsKnown whether credits whose reference names no transfer are only counted */
    CreditedDeposits(Findings findings, boolean byHandIsKnown) {
        this.findings = findings;
        this.byHandIsKnown = byHandIsKnown;
    }

    void read(LogSource log, Optional<TopicSource> topic, Consumer<String> progress) {
        for (var shard = 0; shard < log.shards(); shard++) {
            var ofLog = new ArrayList<Credit>();
            var last = 0L;
            try (var reader = log.shard(shard);
                    var rows = reader.rows()) {
                for (var row = rows.next(); row != null; row = rows.next()) {
                    credit(row).ifPresent(ofLog::add);
                    last = row.pos();
                }
            }
            if (topic.isPresent()) {
                compare(shard, ofLog, last, topic.get());
            }
            ofLog.forEach(this::take);
            progress.accept(
                    "shard " + shard + " of " + log.shards() + " read, " + count + " credits of deposits so far");
        }
        if (byHand > 0) {
            findings.notice(byHand + " credits of deposits name no transfer and were given by hand");
        }
    }

    private static Optional<Credit> credit(LogRow row) {
        return row.type().equals(EventType.CREDIT_GRANTED.wireName())
                        && row.event() instanceof CreditGranted granted
                        && granted.source() == GrantSource.STABLECOIN_DEPOSIT
                ? Optional.of(new Credit(
                        row.shard(),
                        row.pos(),
                        row.eventId(),
                        granted.accountId().value(),
                        granted.amountUsd(),
                        granted.reference(),
                        Instant.ofEpochMilli(row.atMillis())))
                : Optional.empty();
    }

    /** @param last of the log as it was read: what the ledger wrote meanwhile is looked at the next time */
    private void compare(int shard, List<Credit> ofLog, long last, TopicSource topic) {
        var missing = new HashSet<>(ofLog);
        try (Cursor<Published> published = topic.shard(shard)) {
            for (var next = published.next(); next != null; next = published.next()) {
                if (next instanceof Published.Next(LogRow row) && row.pos() <= last) {
                    credit(row)
                            .filter(credit -> !missing.remove(credit))
                            .ifPresent(credit -> findings.wrong(
                                    credit.where() + " is in ledger-events and not, or not so, in the log"));
                }
            }
        } catch (OutOfOrderException e) {
            findings.wrong("ledger-events, shard " + shard + ": " + e.getMessage());
            return;
        }
        var publishedBy = Instant.now().minus(TO_PUBLISH);
        missing.forEach(credit -> {
            if (credit.at().isBefore(publishedBy)) {
                findings.wrong(credit.where() + " is in the log and not, or not so, in ledger-events");
            } else {
                findings.notice(credit.where() + " is not in ledger-events yet");
            }
        });
    }

    private void take(Credit credit) {
        count++;
        var named = credit.named();
        if (named.isEmpty()) {
            byHand++;
            if (!byHandIsKnown) {
                findings.wrong(credit.where() + " names no transfer of a chain");
            }
            return;
        }
        var of = byChain.computeIfAbsent(named.get().chainId(), chain -> new LinkedHashMap<>());
        var before = of.putIfAbsent(named.get(), credit);
        if (before != null) {
            findings.wrong(credit.where() + " is for a transfer that was credited already: " + before.where());
        } else if (!credit.reference().equals(named.get().toString())) {
            findings.wrong(credit.where() + " must spell its transfer in lower case");
        }
    }

    long count() {
        return count;
    }

    Set<String> chains() {
        return new TreeSet<>(byChain.keySet());
    }

    Map<Named, Credit> of(String chainId) {
        return byChain.getOrDefault(chainId, new HashMap<>());
    }
}
