package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.ledger.Rounds.Contender;
import com.gogogoapi.benchmark.report.Panel;
import com.gogogoapi.benchmark.report.PartReport;
import com.gogogoapi.benchmark.report.Samples;
import com.gogogoapi.benchmark.report.Tables;
import com.gogogoapi.benchmark.report.Target;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.wire.Topics;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How long one reservation takes, from the intake to the decision, at two rates, against a bare round trip. */
final class Reservation implements Part {

    private static final List<Integer> RATES = List.of(100, 1_000);
    private static final int WARM_UP_RATE = 500;
    private static final double P50_BOUND = 1.5;

    private record AtRates(SequencedMap<Integer, Latency> latencies) {
        @Override
        public String toString() {
            return latencies.entrySet().stream()
                    .map(one -> "%,d/s: %s".formatted(one.getKey(), one.getValue()))
                    .collect(Collectors.joining("; "));
        }
    }

    @Override
    public String name() {
        return "reservation";
    }

    @Override
    public PartReport measure(Bench bench, Scale scale, Progress progress)
            throws IOException, SQLException, InterruptedException {
        Map<String, List<AtRates>> figures;
        try (var ledger = RunningLedger.start(bench)) {
            var kafka = ledger.kafkaClients();
            Echo.install(kafka, ledger.dataSource());
            var workload = Workload.even(Scale.ACCOUNTS);
            ledger.send(workload::grants);
            ledger.awaitEvents(Scale.ACCOUNTS);
            ledger.stopIntake();
            progress.say("warming up");
            bare(kafka, ledger, workload, scale);
            real(kafka, ledger, workload, scale);
            figures = Rounds.alternate(
                    scale.rounds(),
                    progress,
                    List.of(
                            new Contender<>("bare round trip", () -> bare(kafka, ledger, workload, scale)),
                            new Contender<>("ledger", () -> real(kafka, ledger, workload, scale))));
        }
        return report(figures, scale);
    }

    /** With the ledger's intake stopped, so that the bound has the machine for itself. */
    private static AtRates bare(KafkaClients kafka, RunningLedger ledger, Workload workload, Scale scale)
            throws SQLException, InterruptedException {
        try (var _ = Echo.start(kafka, ledger.dataSource());
                var roundTrips = RoundTrips.over(kafka, Echo.ASKS, Echo.ANSWERS)) {
            return atRates(roundTrips, workload, scale);
        }
    }

    private static AtRates real(KafkaClients kafka, RunningLedger ledger, Workload workload, Scale scale)
            throws InterruptedException {
        ledger.startIntake();
        try (var roundTrips = RoundTrips.over(kafka, Topics.LEDGER_INTAKE, Topics.CREDIT_DECISIONS)) {
            return atRates(roundTrips, workload, scale);
        } finally {
            ledger.stopIntake();
        }
    }

    private static AtRates atRates(RoundTrips roundTrips, Workload workload, Scale scale) throws InterruptedException {
        roundTrips.at(WARM_UP_RATE, scale.rateSeconds(), workload::quote);
        var latencies = new LinkedHashMap<Integer, Latency>();
        for (var rate : RATES) {
            latencies.put(rate, roundTrips.at(rate, scale.rateSeconds(), workload::quote));
        }
        return new AtRates(latencies);
    }

    private static PartReport report(Map<String, List<AtRates>> figures, Scale scale) {
        var p50 = new LinkedHashMap<String, Samples>();
        var p99 = new LinkedHashMap<String, Samples>();
        for (var rate : RATES) {
            figures.forEach((name, rounds) -> {
                var labelled = "%s, %,d/s".formatted(name, rate);
                p50.put(labelled, samples(rounds, rate, Latency::p50Millis));
                p99.put(labelled, samples(rounds, rate, Latency::p99Millis));
            });
        }
        var targets = new ArrayList<Target>();
        for (var rate : RATES) {
            var suffix = ", %,d/s".formatted(rate);
            var ledger = p50.getOrDefault("ledger" + suffix, Samples.of(0));
            var bare = p50.getOrDefault("bare round trip" + suffix, Samples.of(0));
            targets.add(Target.atMost(
                    "one reservation at %,d/s, p50".formatted(rate),
                    ledger.median(),
                    "bare Kafka round trip and one commit",
                    bare.median(),
                    "ms",
                    P50_BOUND));
        }
        return new PartReport(
                "One reservation",
                targets,
                List.of(panel("One reservation, p50", p50), panel("One reservation, p99", p99)),
                List.of(
                        "From just before the record is produced to when its decision is consumed, each rate for %d s a round."
                                .formatted(scale.rateSeconds()),
                        Tables.rounds("p50, ms", p50),
                        Tables.rounds("p99, ms", p99)));
    }

    private static Samples samples(List<AtRates> rounds, int rate, ToDoubleFunction<Latency> figure) {
        return new Samples(rounds.stream()
                .map(AtRates::latencies)
                .map(latencies -> latencies.getOrDefault(rate, new Latency(0, 0)))
                .map(figure::applyAsDouble)
                .toList());
    }

    private static Panel panel(String title, Map<String, Samples> figures) {
        return new Panel(
                title,
                "Less is better. Intake produced to decision consumed; the bare round trip includes one commit.",
                "ms",
                figures.entrySet().stream()
                        .map(one -> one.getKey().startsWith("ledger")
                                ? Panel.ours(one.getKey(), one.getValue())
                                : Panel.bound(one.getKey(), one.getValue()))
                        .toList());
    }
}
