package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.ParkedRecord;
import com.gogogoapi.ledger.log.ShardBatch;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One instance's connections to the database, with everything that can happen to a call on its way there and back. */
final class SimulatedLog implements LedgerLog {

    private static final int UNCOMMITTED_EVERY = 5;

    private final SimulatedDatabase database;
    private final Weather weather;
    private final Set<Defect> defects;
    private int appends;

    /** What may happen around a call; each may throw {@link SQLException} or {@link Crash}. */
    interface Weather {

        /** Nothing happens. */
        Weather CALM = new Weather() {
            @Override
            public void going() {}

            @Override
            public void coming() {}
        };

        /** Before the database has the call; others may act meanwhile. */
        void going() throws SQLException;

        /** After the database did as it was told, before this side knows. */
        void coming() throws SQLException;
    }

    SimulatedLog(SimulatedDatabase database, Weather weather, Set<Defect> defects) {
        this.database = database;
        this.weather = weather;
        this.defects = defects;
    }

    @Override
    public List<ShardPosition> positionsOf(Collection<Integer> shards) throws SQLException {
        weather.going();
        return shards.stream().sorted().map(database::position).toList();
    }

    @Override
    public Set<Integer> append(List<ShardBatch> batches) throws SQLException {
        weather.going();
        if (defects.contains(Defect.PUBLISHED_UNCOMMITTED) && ++appends % UNCOMMITTED_EVERY == 0) {
            return batches.stream().map(ShardBatch::shard).collect(Collectors.toSet());
        }
        var appended = database.append(batches);
        weather.coming();
        if (defects.contains(Defect.OFFSET_APART)) {
            batches.stream()
                    .filter(batch -> appended.contains(batch.shard()))
                    .forEach(batch -> database.moveOffset(batch.to()));
        }
        return appended;
    }

    @Override
    public List<StoredEvent> accountFrom(String accountId, long firstSeq, int limit) throws SQLException {
        weather.going();
        var story = database.byAccount.getOrDefault(accountId, List.of());
        return story.stream()
                .filter(event -> event.seq() >= firstSeq)
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredEvent> accountBefore(String accountId, long beforeSeq, int limit) {
        throw new UnsupportedOperationException("nobody asks for a statement here");
    }

    @Override
    public List<StoredEvent> shardAfter(int shard, long afterPos, int limit) throws SQLException {
        weather.going();
        var rows = database.events(shard);
        var from = (int) Math.min(afterPos, rows.size());
        return List.copyOf(rows.subList(from, Math.min(rows.size(), from + limit)));
    }

    @Override
    public List<StoredEvent> requests(AccountId accountId, Collection<UUID> requestIds) throws SQLException {
        weather.going();
        if (defects.contains(Defect.FORGOTTEN_REQUESTS)) {
            return List.of();
        }
        return requestIds.stream()
                .flatMap(requestId -> EventIds.ofRequest(requestId).stream())
                .distinct()
                .map(database.byIdentity::get)
                .filter(Objects::nonNull)
                .filter(event -> event.accountId().equals(accountId.value()))
                .sorted(Comparator.comparingLong(StoredEvent::seq))
                .toList();
    }

    @Override
    public Map<String, Integer> parkedAccounts(int shard) throws SQLException {
        weather.going();
        var counts = new HashMap<String, Integer>();
        database.parked
                .getOrDefault(shard, new java.util.TreeMap<>())
                .values()
                .forEach(row -> counts.merge(row.record().accountId(), 1, Integer::sum));
        return counts;
    }

    @Override
    public List<ParkedRecord> parkedOf(String accountId, int limit) throws SQLException {
        weather.going();
        var rows = new ArrayList<ParkedRecord>();
        database.parked.values().forEach(shard -> shard.values().stream()
                .filter(row -> row.record().accountId().equals(accountId))
                .forEach(rows::add));
        return rows.stream().limit(limit).toList();
    }
}
