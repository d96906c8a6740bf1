package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.ledger.Rounds.Contender;
import com.gogogoapi.benchmark.report.Figures;
import com.gogogoapi.benchmark.report.Panel;
import com.gogogoapi.benchmark.report.PartReport;
import com.gogogoapi.benchmark.report.Samples;
import com.gogogoapi.benchmark.report.Tables;
import com.gogogoapi.benchmark.report.Target;
import com.gogogoapi.benchmark.report.Target.State;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events a second through the whole path, against the raw bound and against plain SQL. */
final class Throughput implements Part {

    private static final String EVEN = "ledger, even traffic";
    private static final String KEYS = "ledger, of keys without limits";
    private static final String BUDGETS = "ledger, two budgets a request";
    private static final String RATES = "ledger, two budgets and two rates a request";
    private static final String HOT = "ledger, hot account";
    private static final String RAW = "raw insert, as many threads as the ledger has workers";
    private static final String RAW_ONE = "raw insert, 1 thread";
    private static final List<Integer> CONNECTIONS = List.of(16, 32);

    private final List<Drain> even = new ArrayList<>();
    private final List<Drain> hot = new ArrayList<>();
    private final List<Drain> keys = new ArrayList<>();
    private final List<Drain> budgets = new ArrayList<>();
    private final List<Drain> rates = new ArrayList<>();

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public PartReport measure(Bench bench, Scale scale, Progress progress)
            throws IOException, SQLException, InterruptedException {
        var plainSql = PlainSql.on(bench);
        if (plainSql.isEmpty()) {
            progress.say("pgbench is missing (Debian: apt-get install postgresql-contrib); plain SQL is not measured");
        }
        progress.say("warming up");
        // A ledger runs for weeks; until its code is compiled it is not what is measured.
        Drain.of(bench, Workload.even(Scale.ACCOUNTS), scale.warmUpRequests(), false);
        Drain.of(bench, Workload.hot(Scale.ACCOUNTS), scale.warmUpRequests(), false);
        var contenders = new ArrayList<Contender<Measured>>();
        contenders.add(new Contender<>(EVEN, () -> kept(even, Drain.of(bench, even(), scale.requests(), true))));
        contenders.add(new Contender<>(RAW, () -> raw(bench, even.getLast().workers())));
        contenders.add(new Contender<>(RAW_ONE, () -> raw(bench, 1)));
        contenders.add(new Contender<>(KEYS, () -> {
            // The rows have served; a hundred thousand objects less for the collector to carry.
            even.set(even.size() - 1, without(even.getLast()));
            return kept(keys, Drain.of(bench, Workload.ofKeys(Scale.ACCOUNTS), scale.requests(), false));
        }));
        contenders.add(new Contender<>(
                BUDGETS,
                () -> kept(budgets, Drain.of(bench, Workload.budgeted(Scale.ACCOUNTS), scale.requests(), false))));
        contenders.add(new Contender<>(
                RATES, () -> kept(rates, Drain.of(bench, Workload.rated(Scale.ACCOUNTS), scale.requests(), false))));
        contenders.add(new Contender<>(
                HOT, () -> kept(hot, Drain.of(bench, Workload.hot(Scale.ACCOUNTS), scale.requests(), false))));
        plainSql.ifPresent(plain -> {
            for (var connections : CONNECTIONS) {
                for (var isHot : List.of(false, true)) {
                    contenders.add(new Contender<>(
                            plainName(isHot, connections),
                            () -> new Measured(
                                    plain.entriesPerSecond(isHot, connections, scale.pgbenchSeconds()), "events/s")));
                }
            }
        });
        var figures = Measured.samples(Rounds.alternate(scale.rounds(), progress, contenders));
        return new PartReport("Events a second", targets(figures), List.of(panel(figures)), details(figures, scale));
    }

    private static Workload even() {
        return Workload.even(Scale.ACCOUNTS);
    }

    private static Measured kept(List<Drain> in, Drain drain) {
        in.add(drain);
        return new Measured(drain.eventsPerSecond(), "events/s");
    }

    private static Drain without(Drain drain) {
        return new Drain(
                drain.eventsPerSecond(),
                drain.events(),
                drain.meanBatch(),
                drain.workers(),
                drain.cpuMillis(),
                List.of());
    }

    private Measured raw(Bench bench, int threads) throws SQLException {
        var drain = even.getLast();
        return new Measured(RawInsert.eventsPerSecond(bench, drain.rows(), drain.meanBatch(), threads), "events/s");
    }

    private static String plainName(boolean hot, int connections) {
        return "plain SQL, %s, %d connections".formatted(hot ? "hot account" : "even traffic", connections);
    }

    private List<Target> targets(Map<String, Samples> figures) {
        var ledger = median(figures, EVEN);
        var ledgerHot = median(figures, HOT);
        var targets = new ArrayList<Target>();
        targets.add(raw(figures, ledger, RAW_ONE, "raw `unnest` insert, one after another"));
        targets.add(raw(
                figures,
                ledger,
                RAW,
                "raw `unnest` inserts, %d at a time".formatted(even.getLast().workers())));
        targets.add(limited("two budgets a request", figures, BUDGETS));
        targets.add(limited("two budgets and two rates a request", figures, RATES));
        targets.add(Target.atLeast("the same, one account has 80%", ledgerHot, "even traffic", ledger, "/s", 0.8));
        for (var connections : CONNECTIONS) {
            targets.add(plain(figures, false, connections, ledger, 3));
            targets.add(plain(figures, true, connections, ledgerHot, 10));
        }
        return targets;
    }

    private static Target raw(Map<String, Samples> figures, double ledger, String name, String bound) {
        return Target.atLeast("events appended, 1,000 accounts", ledger, bound, median(figures, name), "/s", 0.5);
    }

    private static Target limited(String what, Map<String, Samples> figures, String name) {
        return Target.atLeast("of keys, " + what, median(figures, name), "none", median(figures, KEYS), "/s", 0.9);
    }

    private static Target plain(
            Map<String, Samples> figures, boolean hot, int connections, double ledger, double bound) {
        var what = hot ? "events appended, one account has 80%" : "events appended, 1,000 accounts";
        var name = plainName(hot, connections);
        return figures.containsKey(name)
                ? Target.atLeast(what, ledger, name, median(figures, name), "/s", bound)
                : new Target(
                        what,
                        Figures.of(ledger, "/s"),
                        name,
                        "pgbench is missing",
                        "≥ " + Figures.ratio(bound),
                        State.NOT_MEASURED);
    }

    private static double median(Map<String, Samples> figures, String name) {
        var samples = figures.get(name);
        if (samples == null) {
            throw new IllegalStateException(name + " must be measured.");
        }
        return samples.median();
    }

    private static Panel panel(Map<String, Samples> figures) {
        return new Panel(
                "Events a second",
                "More is better. Bars are medians, lines go from the least round to the most.",
                "/s",
                figures.entrySet().stream()
                        .map(one -> one.getKey().startsWith("ledger")
                                ? Panel.ours(one.getKey(), one.getValue())
                                : Panel.bound(shorter(one.getKey()), one.getValue()))
                        .toList());
    }

    private static String shorter(String name) {
        return name.equals(RAW) ? "raw insert, threads as workers" : name;
    }

    private List<String> details(Map<String, Samples> figures, Scale scale) {
        var details = new ArrayList<String>();
        details.add(
                "%,d requests a round, each a hold and a charge. The ledger has %d workers; so many threads insert raw."
                        .formatted(scale.requests(), even.getLast().workers()));
        details.add(Tables.rounds("events/s", figures));
        details.add(
                "Events committed together, in the mean of each round: even traffic %s; of keys %s; two budgets %s; with rates %s; hot account %s."
                        .formatted(batches(even), batches(keys), batches(budgets), batches(rates), batches(hot)));
        details.add("Where the time goes, even traffic, all rounds: CPU time, of which the raw insert needs only"
                + " PostgreSQL's.");
        details.add(cpu(even));
        return details;
    }

    private static String batches(List<Drain> drains) {
        return String.join(
                " · ",
                drains.stream()
                        .map(drain -> Integer.toString(drain.meanBatch()))
                        .toList());
    }

    private static String cpu(List<Drain> drains) {
        var spent = new LinkedHashMap<String, Long>();
        drains.forEach(drain -> drain.cpuMillis().forEach((group, millis) -> spent.merge(group, millis, Long::sum)));
        return CpuTimes.table(spent, drains.stream().mapToLong(Drain::events).sum());
    }
}
