package com.gogogoapi.auditor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.gogogoapi.auditor.source.PostgresSource;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.evidence.books.TrialBalance;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promise 7, by somebody else's program: the journal is one that hledger accepts, and its balances are ours. */
@Tag("integration")
class HledgerTest {

    private static MadeLog made;
    private static Path journals;

    record Ran(int exit, String output) {}

    @BeforeAll
    static void exportAJournal() throws Exception {
        assumeThat(ran("hledger", "--version").exit())
                .as("hledger is installed")
                .isZero();
        made = new MadeLog().live(12, 600);
        journals = MadeLog.temporaryFolder();
        var exported =
                Audited.run("export", "--jdbc", made.jdbcUrl(), "--format", "hledger", "--out", journals.toString());
        assertThat(exported.exit()).as(exported.err()).isZero();
    }

    @AfterAll
    static void stop() {
        if (made != null) {
            made.close();
        }
    }

    private static Ran ran(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ran(process.waitFor(), output);
        } catch (IOException e) {
            return new Ran(-1, String.valueOf(e.getMessage()));
        }
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(journals)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void hledgerAcceptsEveryShardsJournal() throws Exception {
        assertThat(files()).hasSize(MadeLog.SHARDS);
        for (var file : files()) {
            var checked = ran("hledger", "check", "--strict", "-f", file.toString());
            assertThat(checked.exit()).as(checked.output()).isZero();
        }
    }

    @Test
    void hledgerAddsUpToTheTrialBalanceToTheLastDigit() throws Exception {
        var command = new ArrayList<>(List.of("hledger", "bal", "--flat", "--empty", "--output-format", "csv"));
        for (var file : files()) {
            command.addAll(List.of("-f", file.toString()));
        }
        var listed = ran(command.toArray(String[]::new));
        assertThat(listed.exit()).as(listed.output()).isZero();
        var theirs = new TreeMap<String, Usd>();
        for (var line : listed.output().lines().skip(1).toList()) {
            var cells = line.replace("\"", "").split(",");
            var account = cells[0].equals("total")
                    ? "total"
                    : cells[0].replaceAll(":shard-[0-9]+$", "").replaceAll("^(liabilities:[a-z-]+):.*", "$1");
            theirs.merge(account, new Usd(new BigDecimal(cells[1].replace(" USD", ""))), Usd::plus);
        }
        assertThat(theirs.remove("total")).isEqualTo(Usd.ZERO);

        var ours = new TreeMap<>(trialBalance().totals());
        ours.values().removeIf(Usd::isZero);
        theirs.values().removeIf(Usd::isZero);
        assertThat(ours).containsKeys("expenses:write-offs", "income:expired-grants", "income:revenue:deepseek-v4-pro");
        assertThat(theirs).isEqualTo(ours);
    }

    private static TrialBalance trialBalance() {
        try (var source = new PostgresSource(made.jdbcUrl())) {
            var sum = new TrialBalance.Sum(TrialBalance.EMPTY);
            for (var shard = 0; shard < MadeLog.SHARDS; shard++) {
                try (var reader = source.shard(shard);
                        var rows = reader.rows()) {
                    for (var row = rows.next(); row != null; row = rows.next()) {
                        sum.add(row.event());
                    }
                }
            }
            return sum.soFar();
        }
    }

    /** The mutant: the smallest wrong amount in one posting, and hledger refuses the journal. */
    @Test
    void hledgerRefusesAJournalWithOneWrongPosting() throws Exception {
        var right = Files.readString(files().getFirst());
        var from = right.indexOf("    liabilities:credit-held:");
        var amount = right.indexOf(" USD =", from);
        var wrong = right.substring(0, amount) + "000000001" + right.substring(amount);
        var file = MadeLog.temporaryFolder().resolve("wrong.journal");
        Files.writeString(file, wrong);
        var checked = ran("hledger", "check", "--strict", "-f", file.toString());
        assertThat(checked.exit()).isNotZero();
        assertThat(checked.output()).containsIgnoringCase("balance");
    }
}
