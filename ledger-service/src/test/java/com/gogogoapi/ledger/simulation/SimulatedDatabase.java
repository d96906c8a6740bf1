package com.gogogoapi.ledger.simulation;

import static com.gogogoapi.ledger.log.ShardPosition.NO_EPOCH;

import com.gogogoapi.ledger.log.HashChain;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.ParkedEnd;
import com.gogogoapi.ledger.log.ParkedRecord;
import com.gogogoapi.ledger.log.ShardBatch;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import com.gogogoapi.ledger.publication.ExpiringGrants.ExpiringGrant;
import com.gogogoapi.ledger.publication.PublicationPositions.Position;
import com.gogogoapi.ledger.trust.GapAcceptance;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL holds: every method one transaction, whole or not at all, as the statements of the real log are. */
final class SimulatedDatabase {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Set<Defect> defects;
    final Map<Integer, ShardPosition> positions = new TreeMap<>();
    final Map<Integer, List<StoredEvent>> events = new TreeMap<>();
    final Map<Integer, List<ShardPosition>> links = new TreeMap<>();
    final Map<String, List<StoredEvent>> byAccount = new HashMap<>();
    final Map<UUID, StoredEvent> byIdentity = new HashMap<>();
    final Map<Integer, TreeMap<Long, ParkedRecord>> parked = new TreeMap<>();
    final Map<Integer, Position> published = new HashMap<>();
    final Map<UUID, ExpiringGrant> expiringGrants = new HashMap<>();
    final Map<String, StoredSnapshot> snapshots = new TreeMap<>();

    /** The gaps that were found in the intake of today, by shard and the offset that was to be read next. */
    private final Map<Integer, Map<Long, Gap>> gaps = new HashMap<>();

    /** The intake that the offsets are of. */
    int topic;

    /** @param acceptance null until an operator accepts it */
    record Gap(long first, long end, @Nullable GapAcceptance acceptance) {}

    @SuppressWarnings("ArrayRecordComponent") // Stored, never compared.
    record StoredSnapshot(long seq, byte[] state) {}

    SimulatedDatabase(Set<Defect> defects) {
        this.defects = defects;
    }

    ShardPosition position(int shard) {
        return positions.computeIfAbsent(shard, key -> new ShardPosition(key, 0, 0, NO_EPOCH, HashChain.genesis()));
    }

    Map<Long, Gap> gaps(int shard) {
        return gaps.computeIfAbsent(shard, key -> new HashMap<>());
    }

    /** The gap that begins where the shard stands, if one was found. */
    @Nullable
    Gap gap(ShardPosition position) {
        return gaps(position.shard()).get(position.nextOffset());
    }

    /** Another intake is read from its beginning; what is parked of the former one stays before all of it. */
    void goOverTo(int otherTopic) {
        topic = otherTopic;
        gaps.clear();
        positions.replaceAll((shard, old) -> new ShardPosition(shard, old.lastPos(), 0, NO_EPOCH, old.hashHead()));
        List.copyOf(parked.keySet()).forEach(this::moveParkedBelowZero);
    }

    void moveParkedBelowZero(int shard) {
        var rows = parked.getOrDefault(shard, new TreeMap<>());
        if (rows.isEmpty() || rows.lastKey() < 0) {
            return;
        }
        var distance = rows.lastKey() - Math.min(rows.firstKey(), 0) + 1;
        var moved = new TreeMap<Long, ParkedRecord>();
        rows.values()
                .forEach(row -> moved.put(
                        row.offset() - distance,
                        new ParkedRecord(at(row.record(), row.offset() - distance), row.why())));
        parked.put(shard, moved);
    }

    private static IntakeRecord at(IntakeRecord record, long offset) {
        return new IntakeRecord(
                record.shard(),
                offset,
                record.accountId(),
                record.type(),
                record.payload(),
                record.causationId(),
                record.traceParent(),
                record.replyPartition(),
                record.atMillis(),
                record.seal());
    }

    List<StoredEvent> events(int shard) {
        return events.computeIfAbsent(shard, key -> new ArrayList<>());
    }

    Set<Integer> append(List<ShardBatch> batches) throws SQLException {
        var moved = new HashSet<Integer>();
        for (var batch : batches) {
            if (isAt(batch.from()) || defects.contains(Defect.NO_FENCE)) {
                moved.add(batch.shard());
            }
        }
        var accepted =
                batches.stream().filter(batch -> moved.contains(batch.shard())).toList();
        requireUnique(accepted);
        accepted.forEach(this::write);
        return moved;
    }

    private boolean isAt(ShardPosition believed) {
        return position(believed.shard()).isAt(believed);
    }

    private void requireUnique(List<ShardBatch> batches) throws SQLException {
        if (defects.contains(Defect.FORGOTTEN_REQUESTS) || defects.contains(Defect.NO_FENCE)) {
            return;
        }
        var identities = new HashSet<UUID>();
        for (var batch : batches) {
            for (var event : batch.events()) {
                var story = byAccount.getOrDefault(event.accountId(), List.of());
                if (byIdentity.containsKey(event.eventId())
                        || !identities.add(event.eventId())
                        || event.seq() < story.size()) {
                    throw new SQLException("duplicate key " + event.eventId(), UNIQUE_VIOLATION);
                }
            }
        }
    }

    private void write(ShardBatch batch) {
        var shard = batch.shard();
        if (!defects.contains(Defect.OFFSET_APART)) {
            positions.put(shard, defects.contains(Defect.END_REFILLED) ? withoutEpoch(batch.to()) : batch.to());
        }
        for (var event : batch.events()) {
            events(shard).add(event);
            byAccount
                    .computeIfAbsent(event.accountId(), key -> new ArrayList<>())
                    .add(event);
            byIdentity.put(event.eventId(), event);
        }
        if (!batch.events().isEmpty()) {
            links.computeIfAbsent(shard, key -> new ArrayList<>()).add(batch.to());
        }
        var rows = parked.computeIfAbsent(shard, key -> new TreeMap<>());
        batch.parked().forEach(row -> rows.put(row.offset(), row));
        for (var end : batch.ended()) {
            if (end.kind() == ParkedEnd.Kind.PARKED) {
                rows.computeIfPresent(end.offset(), (offset, row) -> new ParkedRecord(row.record(), end.reason()));
            } else {
                rows.remove(end.offset());
            }
        }
    }

    private static ShardPosition withoutEpoch(ShardPosition to) {
        return new ShardPosition(to.shard(), to.lastPos(), to.nextOffset(), NO_EPOCH, to.hashHead());
    }

    /** The second half of a write that was torn in two. */
    void moveOffset(ShardPosition to) {
        positions.put(to.shard(), to);
    }

    /** Forgets the last commit of a shard, as if it had never been on disk. */
    void loseLastCommit(int shard, ShardPosition before) {
        var rows = events(shard);
        while (rows.size() > before.lastPos()) {
            var lost = rows.removeLast();
            byAccount.get(lost.accountId()).remove(lost);
            byIdentity.remove(lost.eventId());
        }
        positions.put(shard, before);
    }
}
