package com.gogogoapi.benchmark.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.gogogoapi.benchmark.ledger.Rounds.Contender;
import com.gogogoapi.benchmark.report.Figures;
import com.gogogoapi.benchmark.report.Panel;
import com.gogogoapi.benchmark.report.PartReport;
import com.gogogoapi.benchmark.report.Samples;
import com.gogogoapi.benchmark.report.Tables;
import com.gogogoapi.benchmark.report.Target;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.snapshot.AccountSnapshot;
import com.gogogoapi.ledger.snapshot.PostgresSnapshots;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.LoggerFactory;

/**
 * How long an account with a long story keeps its first request waiting when the ledger has nothing of it at hand: from
 * the record's sending to its decision, with a snapshot some hundred events back, and with no snapshot at all.
 *
 * <p>The story is made by the ledger's own rules and written below a ledger whose intake is stopped. Each round has new
 * workers, and another account of the same shard goes first, so that only the account is cold.
 */
final class ColdStart implements Part {

    private static final double BOUND_MILLIS = 50;
    private static final int SNAPSHOT_BACK = 400;
    private static final AccountId ACCOUNT = new AccountId("acct_long_story");
    private static final String PROGRESS = "replaying";
    private static final String WITH_SNAPSHOT = "cold, with snapshot";
    private static final String AT_HAND = "at hand";
    private static final String REPLAYED = "cold, every snapshot deleted";

    /** What a round does before the account is asked for. */
    private interface Preparation {
        void prepare() throws SQLException;
    }

    private final List<String> replayed = new ArrayList<>();
    private boolean correct = true;

    @Override
    public String name() {
        return "cold-start";
    }

    @Override
    public PartReport measure(Bench bench, Scale scale, Progress progress)
            throws IOException, SQLException, InterruptedException {
        try (var ledger = RunningLedger.start(bench)) {
            ledger.stopIntake();
            progress.say("writing an account with %,d events".formatted(scale.longStoryEvents()));
            var story = new Story(ACCOUNT);
            var snapshot = LongStory.write(
                    ledger.dataSource(), shardOf(ACCOUNT), ACCOUNT, story, scale.longStoryEvents(), SNAPSHOT_BACK);
            bench.checkpoint();
            try (var roundTrips =
                    RoundTrips.over(ledger.kafkaClients(), Topics.LEDGER_INTAKE, Topics.CREDIT_DECISIONS)) {
                var asking = new Asking(ledger, roundTrips, story);
                var figures = Measured.samples(Rounds.alternate(
                        scale.rounds(),
                        progress,
                        List.of(
                                new Contender<>(WITH_SNAPSHOT, () -> asking.cold(() -> store(ledger, snapshot))),
                                new Contender<>(AT_HAND, asking::again))));
                figures.putAll(Measured.samples(Rounds.alternate(
                        scale.replays(), progress, List.of(new Contender<>(REPLAYED, () -> replay(ledger, asking))))));
                return report(figures, scale);
            }
        }
    }

    private static void store(RunningLedger ledger, AccountSnapshot snapshot) throws SQLException {
        deleteSnapshots(ledger);
        // Closing waits until it is written.
        try (var snapshots = new PostgresSnapshots(ledger.dataSource())) {
            snapshots.storeLater(snapshot);
        }
    }

    private static void deleteSnapshots(RunningLedger ledger) throws SQLException {
        try (var connection = ledger.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("delete from ledger_snapshot");
        }
    }

    /** With an ear on the log: progress has to be said. */
    private Measured replay(RunningLedger ledger, Asking asking) throws SQLException, InterruptedException {
        var appender = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("com.gogogoapi.ledger");
        appender.start();
        logger.addAppender(appender);
        try {
            return asking.cold(() -> deleteSnapshots(ledger));
        } finally {
            logger.detachAppender(appender);
            appender.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .filter(message -> message.startsWith(PROGRESS))
                    .forEach(replayed::add);
        }
    }

    /** Asks for the account, and for nothing less than the right answer. */
    private final class Asking {

        private final RunningLedger ledger;
        private final RoundTrips roundTrips;
        private final Story story;
        private final AccountId neighbour;

        Asking(RunningLedger ledger, RoundTrips roundTrips, Story story) {
            this.ledger = ledger;
            this.roundTrips = roundTrips;
            this.story = story;
            this.neighbour = Workload.account(IntStream.range(0, 100_000)
                    .filter(number -> shardOf(Workload.account(number)) == shardOf(ACCOUNT))
                    .findFirst()
                    .orElseThrow());
        }

        Measured cold(Preparation preparation) throws SQLException, InterruptedException {
            ledger.stopIntake();
            preparation.prepare();
            ledger.startIntake();
            roundTrips.once(Workload.grant(neighbour));
            roundTrips.once(Workload.quote(neighbour));
            return again();
        }

        Measured again() throws InterruptedException {
            var quote = Workload.quote(ACCOUNT);
            var answer = roundTrips.once(quote);
            var expected = story.decide(quote, Instant.now()).balance();
            if (!expected.equals(balanceIn(answer))) {
                correct = false;
            }
            return new Measured(answer.nanos() / 1e6, "ms");
        }
    }

    private static Balance balanceIn(RoundTrips.TimedReply answer) {
        return switch (EventRecords.decode(
                answer.record().headers(), answer.record().value())) {
            case Decoded.Known(CreditReserved reserved, var _) -> reserved.balance();
            case Decoded.Known known -> throw new IllegalStateException("It must be reserved: " + known);
            case Decoded.UnknownType unknown -> throw new IllegalStateException(unknown.toString());
            case Decoded.Malformed malformed -> throw new IllegalStateException(malformed.toString());
        };
    }

    /** As Kafka's producer chooses it. */
    private static int shardOf(AccountId account) {
        return Utils.toPositive(Utils.murmur2(account.value().getBytes(UTF_8))) % RunningLedger.SHARDS;
    }

    private PartReport report(LinkedHashMap<String, Samples> figures, Scale scale) {
        var cold = figures.getOrDefault(WITH_SNAPSHOT, Samples.of(0));
        var none = figures.getOrDefault(REPLAYED, Samples.of(0));
        var account = "account with %,d events, cold".formatted(scale.longStoryEvents());
        var panel = new Panel(
                account.substring(0, 1).toUpperCase(Locale.ROOT) + account.substring(1),
                "Less is better. From the record's sending to its decision; the target is %.0f ms."
                        .formatted(BOUND_MILLIS),
                "ms",
                List.of(
                        Panel.ours("with a snapshot %d events back".formatted(SNAPSHOT_BACK), cold),
                        Panel.ours("for comparison: at hand", figures.getOrDefault(AT_HAND, Samples.of(0)))));
        return new PartReport(
                "A long story, cold",
                List.of(
                        Target.thatIs(
                                account + ", with snapshot",
                                Figures.of(cold.median(), "ms"),
                                "≤ %.0f ms".formatted(BOUND_MILLIS),
                                cold.median() <= BOUND_MILLIS),
                        Target.thatIs(
                                account + ", every snapshot deleted",
                                "%s; balances %s; progress said %d times in %d replays"
                                        .formatted(
                                                Figures.of(none.median() / 1e3, "s"),
                                                correct ? "correct" : "WRONG",
                                                replayed.size(),
                                                scale.replays()),
                                "correct, progress logged",
                                correct && !replayed.isEmpty())),
                List.of(panel),
                List.of(
                        ("From sending a quote to its decision, Kafka both ways and the commit included. The snapshot is %d"
                                        + " events back; every answer's balance is compared with what the rules make of the"
                                        + " whole story.")
                                .formatted(SNAPSHOT_BACK),
                        Tables.rounds("ms", figures)));
    }
}
