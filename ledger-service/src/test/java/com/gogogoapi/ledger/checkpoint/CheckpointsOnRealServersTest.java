package com.gogogoapi.ledger.checkpoint;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.LedgerCheckpointed;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.RunningLedger;
import com.gogogoapi.ledger.log.LedgerLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checkpoints as the service makes them, on a real Kafka and a real PostgreSQL. */
@Tag("integration")
class CheckpointsOnRealServersTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String KEY = SigningKey.generate();

    private static Path file;
    private static RunningLedger ledger;

    @BeforeAll
    static void start() throws Exception {
        file = Files.createTempDirectory("checkpoints-").resolve("checkpoints.jsonl");
        ledger = RunningLedger.start(
                "checkpoints",
                "--gogogoapi.ledger.signing.key=" + KEY,
                "--gogogoapi.ledger.signing.checkpoint-interval=100ms",
                "--gogogoapi.ledger.signing.checkpoint-file=" + file);
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static List<SignedText> published() {
        return RunningLedger.events(Topics.LEDGER_CHECKPOINTS, 0, LedgerCheckpointed.class).stream()
                .map(made -> new SignedText(made.payload(), made.signature()))
                .toList();
    }

    private static List<SignedText> written() throws Exception {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(line -> EventJson.mapper().readValue(line, SignedText.class))
                        .toList()
                : List.of();
    }

    private static long events() {
        return ledger.bean(ShardEnds.class).all().stream()
                .mapToLong(ShardEnds.ShardEnd::lastPos)
                .sum();
    }

    private static long signedEvents() {
        return ledger.bean(CheckpointStore.class)
                .latest()
                .map(signed -> Checkpoint.parse(signed.payload()).shards().stream()
                        .mapToLong(Checkpoint.ShardCheckpoint::last)
                        .sum())
                .orElse(0L);
    }

    @Test
    void signsWhatIsNewAndCarriesItToTopicAndFile() throws Exception {
        var account = new AccountId("acct_signed");
        for (var round = 0; round < 3; round++) {
            ledger.send(aGrantOf(account, "5.00", "round " + round));
            var request = newRequest();
            ledger.send(aQuoteOf(account, request, 1_000, 1_000, Instant.now().plusSeconds(30)));
            ledger.send(theCompletionOf(account, request, usage(1_000, 0, 10)));
            var expected = 3L * (round + 1);
            await().atMost(SOON).until(() -> events() >= expected && signedEvents() == events());
        }
        var store = ledger.bean(CheckpointStore.class);
        var signed = store.after(0, 100);
        var key = SigningKey.parse(KEY).verifyingKey();
        assertThat(signed).allMatch(key::verifies);
        assertThat(signed.stream().map(one -> Checkpoint.parse(one.payload()).previous()))
                .containsExactlyElementsOf(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(Checkpoint.NONE),
                                signed.stream().limit(signed.size() - 1).map(SignedText::hash))
                        .toList());
        assertThat(Checkpoint.parse(signed.getLast().payload()).trialBalance().isBalanced())
                .isTrue();
        await().atMost(SOON).untilAsserted(() -> assertThat(written()).isEqualTo(store.after(0, 100)));
        await().atMost(SOON).untilAsserted(() -> assertThat(published()).isEqualTo(store.after(0, 100)));

        // Nothing new, nothing signed.
        assertThat(maker().makeNext()).isEmpty();

        signsNothingThatDoesNotHold(account);
    }

    private static CheckpointMaker maker() {
        return new CheckpointMaker(
                ledger.bean(LedgerLog.class),
                ledger.bean(ShardEnds.class),
                ledger.bean(CheckpointStore.class),
                SigningKey.parse(KEY),
                Clock.systemUTC(),
                100);
    }

    /** Last, since it spoils the log: an event that was changed before it was signed is never signed. */
    private static void signsNothingThatDoesNotHold(AccountId account) {
        ledger.bean(Checkpoints.class).stop();
        var before = events();
        ledger.send(aGrantOf(account, "1.00", "to be changed"));
        await().atMost(SOON).until(() -> events() > before);
        ledger.jdbc().sql("alter table ledger_event disable trigger all").update();
        ledger.jdbc()
                .sql(
                        "update ledger_event set payload = convert_to(replace(convert_from(payload, 'UTF8'), 'to be changed',"
                                + " 'to be hidden!'), 'UTF8') where convert_from(payload, 'UTF8') like '%to be changed%'")
                .update();
        assertThatThrownBy(() -> maker().makeNext())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not make the stored hash");
        assertThat(signedEvents()).isEqualTo(before);
    }
}
