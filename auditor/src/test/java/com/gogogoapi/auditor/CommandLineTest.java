package com.gogogoapi.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./gogogo audit} understands, and what it refuses before it opens anything. */
class CommandLineTest {

    private static Audited audited(String arguments) {
        return Audited.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help",
                "--help",
                "verify --help",
                "help verify",
                "state --help",
                "statement --help",
                "receipt --help",
                "receipt verify --help",
                "checkpoint --help",
                "keys --help",
                "export --help"
            })
    void helpIsNoError(String arguments) {
        var audited = audited(arguments);
        assertThat(audited.exit()).as(audited.err()).isZero();
        assertThat(audited.out()).startsWith("Usage: ./gogogo audit").contains("--help");
        assertThat(audited.err()).isEmpty();
    }

    @Test
    void theHelpNamesEveryCommandAndExitCode() {
        assertThat(audited("help").out())
                .contains("verify", "state", "statement", "receipt", "checkpoint", "keys", "export", "help")
                .containsPattern("0 +All is well")
                .containsPattern("1 +Something is wrong")
                .containsPattern("2 +It could not be told");
    }

    @Test
    void theHelpOfACommandSaysWhatItsOptionsAreWithoutThem() {
        assertThat(audited("verify --help").out().replaceAll("\\s+", " "))
                .contains(
                        "--threads=N How many shards are read at a time, 1 to 64. Default: as many as there are cores.")
                .contains("--data=DIR", "--jdbc=URL", "--export=FOLDER", "--kafka=FILE", "--key=FILE")
                .contains("--checkpoint=FILE");
        assertThat(audited("statement --help").out().replaceAll("\\s+", " "))
                .contains("ACCOUNT", "--at=INSTANT", "--seq=N")
                .contains("--limit=N How many events at most, 1 to 1000000. Default: 1000.");
        assertThat(audited("export --help").out()).contains("--format=FORMAT", "Default: jsonl", "--out=FOLDER");
    }

    @ParameterizedTest
    @CsvSource({
        "verify --nonsense, --nonsense",
        "verify --limit 3, --limit",
        "verify --format csv, --format",
        "state acct_1 --threads 2, --threads",
        "state --limit 3 acct_1, --limit",
        "statement acct_1 --key key.pem, --key",
        "keys --key key.pem, --key",
        "checkpoint --threads 2, --threads",
        "export --seq 3, --seq",
        "receipt verify receipt.json --data data, --data",
    })
    void anOptionOfAnotherCommandIsRefusedByName(String arguments, String option) {
        var audited = audited(arguments);
        assertThat(audited.exit()).isEqualTo(2);
        assertThat(audited.err()).contains("'" + option + "'");
        assertThat(audited.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"audit, audit", "verify extra, extra", "receipt print, print", "--data data, --data"})
    void anUnknownCommandIsRefusedByName(String arguments, String named) {
        var audited = audited(arguments);
        assertThat(audited.exit()).isEqualTo(2);
        assertThat(audited.err()).contains("'" + named + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "'', COMMAND",
        "receipt, COMMAND",
        "state, ACCOUNT",
        "receipt verify receipt.json, --key",
        "checkpoint, --out",
        "export --format csv, --out",
        "verify --key, --key",
        "verify --threads 0, from 1 to 64",
        "verify --threads many, from 1 to 64",
        "statement acct_1 --limit 1000001, from 1 to 1000000",
        "state acct_1 --seq -1, from 0 to",
        "state acct_1 --at yesterday, 2026-11-23T12:00:00Z",
        "export --out folder --format xml, xml",
        "verify --jdbc jdbc:postgresql:x --export folder, --export",
        "verify --data a --data b, --data",
    })
    void whatIsMissingOrCannotBeIsRefusedAndSaysWhatMustBe(String arguments, String named) {
        var audited = audited(arguments);
        assertThat(audited.exit()).isEqualTo(2);
        assertThat(audited.err()).contains(named);
        assertThat(audited.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify --data nowhere", "verify --export nowhere", "receipt verify nowhere --key nowhere"})
    void whatCannotBeReadCannotBeTold(String arguments) {
        var audited = audited(arguments);
        assertThat(audited.exit()).isEqualTo(2);
        assertThat(audited.err()).startsWith("audit: ").contains("nowhere");
    }
}
