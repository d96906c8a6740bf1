package com.gogogoapi.ledger.simulation;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.fixtures.Requests;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.Accounts;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.intake.SimulatedInstance;
import com.gogogoapi.ledger.log.ShardBatch;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A former owner's statement that commits after the shard was taken over, when its sender is dead already. */
class LateStatementTest {

    private static final Set<Defect> SOUND = EnumSet.noneOf(Defect.class);

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedKafka kafka = new SimulatedKafka(1, clock);
    private final SimulatedDatabase database = new SimulatedDatabase(SOUND);
    private final Chance chance = new Chance(1);
    private final SimulatedProducer producer = new SimulatedProducer(kafka, chance, SOUND);

    @Test
    void isPublishedWithoutWaitingForTheShardsNextRecord() throws SQLException {
        var group = new Group(1);
        group.calm();
        group.settle(List.of(0), chance);
        var calm = SimulatedLog.Weather.CALM;
        var owner = new SimulatedInstance(
                new SimulatedConsumer(kafka, group, 0, chance),
                producer,
                () -> producer,
                new SimulatedLog(database, calm, SOUND),
                new SimulatedSnapshots(database, calm, chance, SOUND),
                new SimulatedPositions(database, calm),
                new SimulatedExpiringGrants(database, calm, SOUND),
                SimulatedInstance.Gaps.NONE,
                Accounts.POLICY,
                1,
                clock);
        owner.turn();
        owner.turn();
        // The record that it was decided on.
        kafka.skipOffset(0);

        var event = Accounts.eventOf(AccountState.NEW, aGrantOf("1.00", "late"), Requests.NOON);
        var row = new StoredEvent(
                0,
                1,
                event.accountId().value(),
                0,
                EventIds.of(event),
                EventType.of(event).wireName(),
                EventJson.write(event),
                new UUID(1, 1),
                null,
                Requests.NOON.toEpochMilli());
        assertThat(database.append(List.of(ShardBatch.of(
                        database.position(0), List.of(row), List.of(), List.of(), 1, ShardPosition.NO_EPOCH))))
                .containsExactly(0);
        for (var turn = 0; turn < 3; turn++) {
            clock.move(10_000);
            owner.turn();
        }
        producer.settle();
        assertThat(kafka.events(0)).hasSize(1);
    }
}
