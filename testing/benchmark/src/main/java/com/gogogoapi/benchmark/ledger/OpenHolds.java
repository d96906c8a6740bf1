package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.ledger.Rounds.Contender;
import com.gogogoapi.benchmark.report.Panel;
import com.gogogoapi.benchmark.report.PartReport;
import com.gogogoapi.benchmark.report.Samples;
import com.gogogoapi.benchmark.report.Tables;
import com.gogogoapi.benchmark.report.Target;
import com.gogogoapi.contracts.identity.AccountId;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a command costs on an account with many open holds and on one with few: through the running ledger, all commands
 * for the one account, and for the rules alone.
 */
final class OpenHolds implements Part {

    private static final int FEW = 5;

    /** "No slower": what two equal measurements may differ by. */
    private static final double NOISE = 1.1;

    /** The rules alone are so much faster that the same number would be over before the clock notices. */
    private static final int RULES_MORE = 5;

    private static final AccountId WITH_FEW = Workload.account(1);
    private static final AccountId WITH_MANY = Workload.account(2);

    private final Map<String, Map<String, Long>> cpuMillis = new LinkedHashMap<>();

    @Override
    public String name() {
        return "open-holds";
    }

    @Override
    public PartReport measure(Bench bench, Scale scale, Progress progress)
            throws IOException, SQLException, InterruptedException {
        var many = "%,d open holds".formatted(scale.openHolds());
        var few = FEW + " open holds";
        Map<String, Samples> through;
        try (var ledger = RunningLedger.start(bench)) {
            prepare(ledger, scale);
            through = Measured.samples(Rounds.alternate(
                    scale.rounds(),
                    progress,
                    List.of(
                            new Contender<>(few, () -> measured(few, ledger, WITH_FEW, scale, bench)),
                            new Contender<>(many, () -> measured(many, ledger, WITH_MANY, scale, bench)))));
        }
        var withFew = story(FEW);
        var withMany = story(scale.openHolds());
        rulesMicros(withFew, scale);
        rulesMicros(withMany, scale);
        var alone = Measured.samples(Rounds.alternate(
                scale.rounds(),
                progress,
                List.of(
                        new Contender<>(few + ", rules alone", () -> rulesMicros(withFew, scale)),
                        new Contender<>(many + ", rules alone", () -> rulesMicros(withMany, scale)))));
        return new PartReport(
                "Many open holds on one account",
                List.of(target("a command with %s".formatted(many), through, few, many)),
                List.of(new Panel(
                        "One command on one account, through the ledger",
                        "Less is better. All commands are for the one account, so for one worker.",
                        "µs",
                        through.entrySet().stream()
                                .map(one -> Panel.ours(one.getKey(), one.getValue()))
                                .toList())),
                Stream.concat(
                                Stream.of(
                                        "%,d requests a round, each a hold and a charge, into a full intake; microseconds from one event to the next."
                                                .formatted(scale.holdRequests()),
                                        Tables.rounds("through the ledger, µs", through),
                                        "Of that, the pure rules alone, which look a hold up in a map of that size:",
                                        Tables.rounds("decide and evolve alone, µs", alone)),
                                details(few, many, scale).stream())
                        .toList());
    }

    private static Target target(String what, Map<String, Samples> figures, String few, String many) {
        return Target.atMost(
                what,
                figures.getOrDefault(many, Samples.of(0)).median(),
                few,
                figures.getOrDefault(few, Samples.of(0)).median(),
                "µs",
                NOISE);
    }

    private static void prepare(RunningLedger ledger, Scale scale) throws SQLException, InterruptedException {
        ledger.send(to -> {
            to.accept(Workload.grant(WITH_FEW));
            to.accept(Workload.grant(WITH_MANY));
            for (var i = 0; i < FEW; i++) {
                to.accept(Workload.quote(WITH_FEW));
            }
            for (var i = 0; i < scale.openHolds(); i++) {
                to.accept(Workload.quote(WITH_MANY));
            }
        });
        ledger.awaitEvents(2L + FEW + scale.openHolds());
        // Once unmeasured each, for whatever is slower the first time.
        commandMicros(ledger, WITH_FEW, scale);
        commandMicros(ledger, WITH_MANY, scale);
    }

    private static Measured commandMicros(RunningLedger ledger, AccountId account, Scale scale)
            throws SQLException, InterruptedException {
        ledger.stopIntake();
        var before = ledger.events();
        ledger.send(to -> {
            for (var i = 0; i < scale.holdRequests(); i++) {
                var quote = Workload.quote(account);
                to.accept(quote);
                to.accept(Workload.completed(quote));
            }
        });
        ledger.startIntake();
        return new Measured(1e6 / ledger.rateUntil(before + 2L * scale.holdRequests()), "µs");
    }

    private Measured measured(String name, RunningLedger ledger, AccountId account, Scale scale, Bench bench)
            throws IOException, SQLException, InterruptedException {
        // First the old workers go: what threads spent that end in between would count against the new ones.
        ledger.stopIntake();
        var before = CpuTimes.now(bench.postmasterPid());
        var micros = commandMicros(ledger, account, scale);
        CpuTimes.between(before, CpuTimes.now(bench.postmasterPid())).forEach((group, millis) -> cpuMillis
                .computeIfAbsent(name, key -> new LinkedHashMap<>())
                .merge(group, millis, Long::sum));
        return micros;
    }

    private List<String> details(String few, String many, Scale scale) {
        var events = 2L * scale.holdRequests() * scale.rounds();
        return Stream.of(few, many)
                .flatMap(name -> Stream.of(
                        "CPU time with " + name + ", records into Kafka included:",
                        CpuTimes.table(cpuMillis.getOrDefault(name, Map.of()), events)))
                .toList();
    }

    private static Story story(int openHolds) {
        var account = Workload.account(0);
        var story = new Story(account);
        story.decide(Workload.grant(account), Instant.now());
        for (var i = 0; i < openHolds; i++) {
            story.decide(Workload.quote(account), Instant.now());
        }
        return story;
    }

    /** A hold and its charge; the making of the records is timed with them, for both alike. */
    private static Measured rulesMicros(Story story, Scale scale) {
        var account = Workload.account(0);
        var requests = RULES_MORE * scale.holdRequests();
        var started = System.nanoTime();
        for (var i = 0; i < requests; i++) {
            var quote = Workload.quote(account);
            story.decide(quote, quote.requestedAt());
            story.decide(Workload.completed(quote), quote.requestedAt());
        }
        return new Measured((System.nanoTime() - started) / 1e3 / (2.0 * requests), "µs");
    }
}
