package com.gogogoapi.benchmark.ledger;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What many would build instead: a balance that is updated where it suffices, and an entry row, in one statement with a
 * commit of its own; driven by PostgreSQL's own {@code pgbench} against the same server. It does less than the ledger: no
 * message in or out, no repeat recognised, no price, no usage, no hash.
 */
final class PlainSql {

    private static final int HOT_PERCENT = 80;
    private static final int MORE_SECONDS = 60;
    private static final Pattern TRANSACTIONS_A_SECOND = Pattern.compile("(?m)^tps = ([0-9.]+)");

    private static final String TABLES = """
            create table account (id int primary key, balance numeric(38, 12) not null check (balance >= 0));
            create table entry (
                id            bigint generated always as identity primary key,
                account_id    int not null references account,
                amount        numeric(38, 12) not null,
                balance_after numeric(38, 12) not null,
                at            timestamptz not null default now()
            );
            insert into account select n, 1000000 from generate_series(1, %d) n;
            analyze account""";

    private static final String SCRIPT = """
            \\set dice random(1, 100)
            \\if :dice <= :hot
            \\set id 1
            \\else
            \\set id random(1, :accounts)
            \\endif
            \\set micros random(1, 1000)
            with u as (update account set balance = balance - :micros * 0.000001
                        where id = :id and balance >= :micros * 0.000001 returning id, balance)
            insert into entry (account_id, amount, balance_after) select id, :micros * 0.000001, balance from u;
            """;

    private final Path pgbench;
    private final Bench bench;

    private PlainSql(Path pgbench, Bench bench) {
        this.pgbench = pgbench;
        this.bench = bench;
    }

    /** Empty where {@code pgbench} is not installed. */
    static Optional<PlainSql> on(Bench bench) {
        return program().map(pgbench -> new PlainSql(pgbench, bench));
    }

    private static Optional<Path> program() {
        var folders = new ArrayList<Path>();
        for (var folder : Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator)) {
            folders.add(Path.of(folder));
        }
        for (var versions : List.of("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")) {
            var found = new File(versions).listFiles();
            if (found != null) {
                for (var version : found) {
                    folders.add(version.toPath().resolve("bin"));
                }
            }
        }
        return folders.stream()
                .map(folder -> folder.resolve("pgbench"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Entries a second, each in a transaction of its own, from so many connections. */
    double entriesPerSecond(boolean hot, int connections, int seconds)
            throws IOException, SQLException, InterruptedException {
        var database = bench.newDatabase();
        try {
            try (var connection = Bench.dataSource(database).getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(TABLES.formatted(Scale.ACCOUNTS));
            }
            var script = Files.writeString(bench.folder().resolve("plain.sql"), SCRIPT);
            var said = run(
                    List.of(
                            pgbench.toString(),
                            "--host=127.0.0.1",
                            "--port=" + bench.postgresPort(),
                            "--username=" + database.username(),
                            "--no-vacuum",
                            "--protocol=prepared",
                            "--client=" + connections,
                            "--jobs="
                                    + Math.min(connections, Runtime.getRuntime().availableProcessors()),
                            "--time=" + seconds,
                            "--define=accounts=" + Scale.ACCOUNTS,
                            "--define=hot=" + (hot ? HOT_PERCENT : 0),
                            "--file=" + script,
                            database.name()),
                    database.password(),
                    seconds);
            var rate = TRANSACTIONS_A_SECOND.matcher(said);
            if (!rate.find()) {
                throw new IllegalStateException("pgbench must say a rate: " + said);
            }
            return Double.parseDouble(rate.group(1));
        } finally {
            bench.drop(database);
            bench.checkpoint();
        }
    }

    private String run(List<String> command, String password, int seconds) throws IOException, InterruptedException {
        var output = bench.folder().resolve("pgbench.out");
        var pgbench = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        pgbench.environment().put("PGPASSWORD", password);
        var process = pgbench.start();
        try {
            var ended = process.waitFor(seconds + MORE_SECONDS, TimeUnit.SECONDS);
            var said = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException("pgbench must end with 0: " + said);
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
