package com.gogogoapi.proxy.outbox;

import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.proxy.outbox.Instances.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.proxy.outbox.Instances.Instance;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** What becomes of how requests ended, whoever is away and dies meanwhile. */
@Tag("integration")
class OutboxTest {

    private final UUID request = newRequest();
    private final UpstreamCompleted soFar = theCompletionOf(request, usage(10, 0, 5));
    private final UpstreamCompleted ended = theCompletionOf(request, usage(10, 0, 9));

    private Instances instances;
    private Instance instance;

    @BeforeEach
    void start(@TempDir Path folder) {
        instances = new Instances(folder.resolve("outbox"));
        instance = instances.start(null);
    }

    @Test
    void whatKafkaTakesAtOnceTouchesNoDatabase() {
        instances.takeDatabaseAway();
        var healthy = instances.startWithKafka();
        assertThat(healthy.outbox.send(ended, 1)).isTrue();
        assertThat(healthy.sent()).containsExactly(ended);
        assertThat(healthy.files.size()).isZero();
    }

    @Test
    void whatKafkaTakesLateIsKeptAndSentNoMore() {
        assertThat(instance.outbox.send(ended, 1)).isTrue();
        assertThat(instances.rows()).isOne();

        instance.kafkaTakesWhatIsOnItsWay();
        instance.tick();
        instances.everythingIsDue();
        instance.tick();

        assertThat(instances.rows()).isZero();
        assertThat(instance.sent()).containsExactly(ended);
    }

    @Test
    void whatKafkaRefusesForLongerThanAProducerWaitsIsPublishedOnceItIsBack() {
        assertThat(instance.outbox.send(ended, 1)).isTrue();
        for (var outage = 0; outage < 3; outage++) {
            instance.kafkaRefusesWhatIsOnItsWay();
            instance.tick();
            assertThat(instances.rows()).isOne();
            instance.tick();
            assertThat(instance.sender.inFlight()).as("once at a time").isOne();
        }
        instance.kafkaTakesWhatIsOnItsWay();
        instance.tick();

        assertThat(instances.rows()).isZero();
        assertThat(instance.sent()).hasSize(4).containsOnly(ended);
        assertThat(instance.sentIds().stream().distinct()).as("one identity").hasSize(1);
    }

    @Test
    void whatADeadInstanceKeptIsPublishedByAnother() {
        assertThat(instance.outbox.send(ended, 1)).isTrue();
        var other = instances.start(null);
        other.tick();
        assertThat(other.sent()).as("while it may be on its way").isEmpty();

        instances.everythingIsDue();
        other.tick();
        other.kafkaTakesWhatIsOnItsWay();
        other.tick();

        assertThat(other.sent()).containsExactly(ended);
        assertThat(instances.rows()).isZero();
        assertThat(other.sentIds()).isEqualTo(instance.sentIds());
    }

    @Test
    void whatADeadInstanceHadDeliveredIsSettledOnceByOneOfTheOthers() {
        instance.outbox.note(List.of(soFar));
        var second = instances.start(null).runningForAWhile();
        var third = instances.start(null).runningForAWhile();
        second.tick();
        assertThat(second.sent()).as("while its instance may live").isEmpty();

        instances.everythingIsDue();
        second.tick();
        third.tick();
        second.kafkaTakesWhatIsOnItsWay();
        second.tick();
        third.tick();

        assertThat(second.sent()).containsExactly(soFar);
        assertThat(third.sent()).isEmpty();
        assertThat(instances.rows()).isZero();
    }

    /** Kafka, the database and the file all away: what was noted before is charged, since the end itself is nowhere. */
    @Test
    void whatEndedAndCouldBeKeptNowhereIsSettledByItsNote() {
        var poor = instances.startWithoutFiles();
        poor.outbox.note(List.of(soFar));
        instances.takeDatabaseAway();
        var sending = CompletableFuture.supplyAsync(() -> poor.outbox.send(ended, 1));
        await().atMost(SOON).until(() -> {
            poor.kafkaRefusesWhatIsOnItsWay();
            return sending.isDone();
        });
        assertThat(sending.join()).as("whether it is durable").isFalse();
        instances.bringDatabaseBack();
        poor.outbox.removeNotes(List.of(request));
        assertThat(instances.rows()).isOne();

        var other = instances.start(null).runningForAWhile();
        instances.everythingIsDue();
        other.tick();
        other.kafkaTakesWhatIsOnItsWay();
        other.tick();
        assertThat(other.sent()).containsExactly(soFar);
        assertThat(instances.rows()).isZero();
    }

    @Test
    void afterTheDatabaseWasAwayThoseWhoLiveRenewTheirNotesFirst() {
        instance.outbox.note(List.of(soFar));
        var other = instances.start(null).runningForAWhile();
        instances.takeDatabaseAway();
        other.tick();
        instances.everythingIsDue();
        instances.bringDatabaseBack();
        other.tick();
        assertThat(other.sent()).isEmpty();

        instance.outbox.note(List.of(soFar));
        other.runningForAWhile().tick();
        assertThat(other.sent()).isEmpty();
    }

    @Test
    void anInstanceThatComesBackUnderItsNameNeedNotWait() {
        var named = instances.start("one");
        named.outbox.note(List.of(soFar));
        var again = instances.start("one");
        again.rows.releaseFormer();
        again.tick();
        again.kafkaTakesWhatIsOnItsWay();
        assertThat(again.sent()).containsExactly(soFar);
    }

    @Test
    void aNoteIsPutOffAsLongAsItsInstanceLives() {
        instance.runningForAWhile();
        instance.outbox.note(List.of(soFar));
        instances.everythingIsDue();
        instance.outbox.note(List.of(ended));
        instance.tick();
        assertThat(instance.sent()).isEmpty();
        assertThat(instances.rows()).isOne();

        instance.outbox.removeNotes(List.of(request));
        assertThat(instances.rows()).isZero();
    }

    @Test
    void howItEndedReplacesWhatWasNotedAndNoLateNoteReplacesThat() {
        instance.outbox.note(List.of(soFar));
        assertThat(instance.outbox.send(ended, 1)).isTrue();
        instance.outbox.note(List.of(soFar));
        instance.outbox.removeNotes(List.of(request));
        instance.kafkaRefusesWhatIsOnItsWay();
        instance.tick();
        instance.kafkaTakesWhatIsOnItsWay();
        assertThat(instance.sent()).containsExactly(ended, ended);
    }

    @Test
    void withoutADatabaseAFileKeepsItUntilKafkaHasIt() {
        instances.takeDatabaseAway();
        assertThat(instance.outbox.send(ended, 1)).isTrue();
        assertThat(instance.files.size()).isOne();

        instance.kafkaRefusesWhatIsOnItsWay();
        instance.tick();
        instance.tick();
        assertThat(instance.sender.inFlight()).isOne();
        instance.kafkaTakesWhatIsOnItsWay();
        instance.tick();

        assertThat(instance.sent()).containsExactly(ended, ended);
        assertThat(instance.files.size()).isZero();
    }

    @Test
    void aFileGoesToTheDatabaseOnceThatIsBackAndAnotherCanPublishIt() {
        instances.takeDatabaseAway();
        instance.outbox.send(ended, 1);
        instances.bringDatabaseBack();
        instance.tick();
        assertThat(instance.files.size()).isZero();
        assertThat(instances.rows()).isOne();

        instances.everythingIsDue();
        var other = instances.start(null);
        other.tick();
        other.kafkaTakesWhatIsOnItsWay();
        assertThat(other.sent()).containsExactly(ended);
    }

    @Test
    void theFileOfADeadProcessIsPublishedByTheNext() throws Exception {
        instances.takeDatabaseAway();
        instance.outbox.send(ended, 1);
        instance.files.close();

        var next = instances.start(null);
        next.tick();
        next.kafkaTakesWhatIsOnItsWay();
        next.tick();
        assertThat(next.sent()).containsExactly(ended);
        assertThat(next.files.size()).isZero();
    }

    @Test
    void healthAndMetricsSayWhatCannotBeKeptAndWhatWaits() {
        instance.outbox.send(ended, 1);
        instance.tick();
        assertThat(instance.meters.get("gogogoapi.proxy.outbox.waiting").gauge().value())
                .isOne();
        assertThat(instance.health.health().getStatus()).isEqualTo(Status.UP);

        instances.takeDatabaseAway();
        instance.tick();
        assertThat(instance.health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(instance.health.health().getDetails()).containsEntry("database", false);
    }
}
