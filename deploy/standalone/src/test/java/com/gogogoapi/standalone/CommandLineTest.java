package com.gogogoapi.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What {@code ./gogogo up} understands, without starting anything. */
class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static Options parsed(String... arguments) {
        var options = new Options();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }

    private int executed(String... arguments) {
        return Standalone.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void withoutOptionsItIsTheFolderDataAndPort8080() {
        assertThat(parsed())
                .returns(Path.of("data").toAbsolutePath(), Options::data)
                .returns(8080, Options::port);
        assertThat(parsed().upstream()).isEmpty();
    }

    @Test
    void folderPortAndUpstreamAreTheUsers() {
        var options = parsed("--data", "/elsewhere/../here", "--port", "18080", "--upstream", "https://example.com/v1");
        assertThat(options.data()).isEqualTo(Path.of("/here"));
        assertThat(options.port()).isEqualTo(18_080);
        assertThat(options.upstream()).contains(URI.create("https://example.com/v1"));
    }

    @ParameterizedTest
    @CsvSource({
        "--port, 0, '1 to 65535'",
        "--port, 65536, '1 to 65535'",
        "--port, x, '1 to 65535'",
        "--upstream, ftp://example.com, 'must be an http or https address'",
        "--upstream, 'http://a b', 'must be an http or https address'",
    })
    void aValueThatCannotBeIsRefusedAndSaysWhatMustBe(String option, String value, String message) {
        assertThatThrownBy(() -> parsed(option, value))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(message);
    }

    @Test
    void helpNamesEveryOptionWithItsDefault() {
        assertThat(executed("--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: ./gogogo up")
                .containsPattern("--data=DIR .*Default: data,")
                .containsPattern("--port=N .*Default: 8080\\.")
                .contains("--upstream=URL", "--no-chain");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTestChainIsThereUnlessItIsNotWantedOrWhatItBuysCosts() {
        assertThat(parsed().hasTestChain()).isEqualTo(System.getenv("DEEPSEEK_API_KEY") == null);
        assertThat(parsed("--no-chain").hasTestChain()).isFalse();
        assertThat(parsed("--upstream", "https://example.com/v1").hasTestChain())
                .isFalse();
    }

    @Test
    void theFaucetSaysWhatItNeeds(@TempDir Path nothing) {
        var faucet = Faucet.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        assertThat(faucet.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("AMOUNT");
        assertThat(faucet.execute("1e9", "--data", nothing.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("such as 5 or 0.25, not '1e9'");
        assertThat(faucet.execute("5", "--data", nothing.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("There must be an installation in ", "--data names its folder.");
    }

    /** {@code --threads} is the auditor's. */
    @ParameterizedTest
    @CsvSource({"--threads 2, --threads", "--port, --port", "serve, serve"})
    void whatIsNotItsOwnIsRefusedByName(String arguments, String named) {
        assertThat(executed(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(named);
    }
}
