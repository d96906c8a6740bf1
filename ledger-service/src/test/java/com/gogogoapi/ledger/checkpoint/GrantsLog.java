package com.gogogoapi.ledger.checkpoint;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.ledger.account.Accounts.eventOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.log.LedgerDatabase;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardBatch;
import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A log of one shard in a database of its own, of grants that are the same in every such log, in batches of any size. */
final class GrantsLog {

    static final int SHARD = 3;
    static final SigningKey KEY = SigningKey.parse(SigningKey.generate());

    final DataSource dataSource = LedgerDatabase.empty("grants");
    final PostgresLedgerLog log = new PostgresLedgerLog(dataSource);
    final ShardEnds ends = new ShardEnds(JdbcClient.create(dataSource));
    final CheckpointStore store = new CheckpointStore(JdbcClient.create(dataSource));
    private AccountState state = AccountState.NEW;

    /** Appends these grants, a batch of each list. */
    GrantsLog append(int... batchSizes) throws SQLException {
        return append("1.00", batchSizes);
    }

    GrantsLog append(String amount, int... batchSizes) throws SQLException {
        for (var size : batchSizes) {
            var from = log.positionsOf(List.of(SHARD)).getFirst();
            var rows = new ArrayList<StoredEvent>();
            for (var pos = from.lastPos() + 1; pos <= from.lastPos() + size; pos++) {
                var event = eventOf(state, aGrantOf(amount, "grant " + pos), NOON);
                state = state.evolve(event);
                rows.add(new StoredEvent(
                        SHARD,
                        pos,
                        ACCOUNT.value(),
                        pos - 1,
                        EventIds.of(event),
                        EventType.of(event).wireName(),
                        EventJson.write(event),
                        UUID.nameUUIDFromBytes(("cause " + pos).getBytes(UTF_8)),
                        null,
                        NOON.toEpochMilli()));
            }
            var batch = ShardBatch.of(from, rows, List.of(), List.of(), from.nextOffset() + size, from.leaderEpoch());
            assertThat(log.append(List.of(batch))).containsExactly(SHARD);
        }
        return this;
    }

    CheckpointMaker maker() {
        return maker(KEY, 100);
    }

    CheckpointMaker maker(SigningKey key, int maxEvents) {
        return new CheckpointMaker(log, ends, store, key, Clock.fixed(NOON, ZoneOffset.UTC), maxEvents);
    }

    Checkpoint sign() throws SQLException {
        return maker().makeNext().orElseThrow();
    }

    SignedBefore signedBefore(Witness... witnesses) {
        return new SignedBefore(List.of(witnesses), store, new ShardReadBack(log, ends), ends, KEY.verifyingKey());
    }

    Optional<Long> lastNumber() {
        return store.latest().map(signed -> Checkpoint.parse(signed.payload()).number());
    }
}
