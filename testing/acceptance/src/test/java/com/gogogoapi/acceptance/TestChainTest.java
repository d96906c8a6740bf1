package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chain that {@code ./gogogo up} starts to try deposits on, and {@code ./gogogo faucet}. */
@Tag("acceptance")
@Tag("long")
class TestChainTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long WITHIN_SECONDS = 300;

    private record Ran(int exit, String output) {}

    private static Ran faucet(RunningSystem system, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "com.gogogoapi.standalone.Faucet",
                "--data",
                system.data().toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }

    private static JsonNode get(RunningSystem system, String path) {
        var answer = system.send("GET", "/api/v1" + path, system.access("api_key"), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String available(RunningSystem system) {
        return get(system, "/credits").path("data").path("available_usd").asString();
    }

    @Test
    void fiveTestTokensAreFiveDollarsOfCreditAndOutliveAKill() throws Exception {
        var system = RunningSystem.startWith();
        try {
            assertThat(available(system)).isEqualTo("5.00");
            var paid = faucet(system, "5");
            assertThat(paid.exit()).as(paid.output()).isZero();
            assertThat(paid.output()).contains("5 test USDC were sent to 0x", "credited", "Credit available: $10.00");

            var elsewhere = faucet(system, "2.5", "USDT", "--to", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
            assertThat(elsewhere.exit()).as(elsewhere.output()).isZero();
            assertThat(faucet(system, "1001").exit()).isEqualTo(1);
            assertThat(faucet(system, "5", "DAI").exit()).isEqualTo(1);
            assertThat(faucet(system, "five").exit()).isEqualTo(2);

            var chain = system.access("chain_url");
            var address = get(system, "/deposit-addresses").path("data");
            var first = get(system, "/deposits").path("data");
            assertThat(first.size()).isEqualTo(1);
            system.kill();
            system.start();
            assertThat(system.access("chain_url")).isEqualTo(chain);
            assertThat(get(system, "/deposit-addresses").path("data")).isEqualTo(address);
            assertThat(get(system, "/deposits").path("data")).isEqualTo(first);

            var again = faucet(system, "0.5", "USDT");
            assertThat(again.exit()).as(again.output()).isZero();
            assertThat(available(system)).isEqualTo("10.50");
            var data = system.data();
            var audited = Audited.run(
                    "verify",
                    "--data",
                    data.toString(),
                    "--order-key",
                    data.resolve("operator-order-key.pub").toString(),
                    "--order-key",
                    data.resolve("funding-order-key.pub").toString());
            assertThat(audited.exit()).as(audited.output()).isZero();
        } finally {
            system.close();
        }
    }

    @Test
    void dataOfAnEarlierVersionGetsOneAndItIsNotThereWhereItIsNotWanted() throws Exception {
        var without = RunningSystem.startWithArguments("--no-chain");
        assertThat(get(without, "/deposit-addresses").path("enabled").asBoolean())
                .isFalse();
        assertThat(get(without, "/deposit-addresses").path("data").size()).isZero();
        assertThat(get(without, "/deposits").path("explanation").asString()).contains("takes no deposits");
        assertThat(without.send(
                                "POST",
                                "/api/v1/deposit-addresses/test-payments",
                                without.access("api_key"),
                                "{\"chain_id\":\"eip155:31337\",\"token\":\"USDC\",\"amount\":\"5\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(faucet(without, "5")).returns(2, Ran::exit).satisfies(ran -> assertThat(ran.output())
                .contains("must have a test chain"));
        without.stop();

        asBeforeFunding(without.data());
        var system = RunningSystem.on(without.data());
        try {
            assertThat(available(system)).isEqualTo("5.00");
            var paid = faucet(system, "5");
            assertThat(paid.exit()).as(paid.output()).isZero();
            assertThat(available(system)).isEqualTo("10.00");
        } finally {
            system.close();
        }
    }

    /** As 0.7.0 left it: without a database, secrets and users of the funding-service. */
    private static void asBeforeFunding(Path data) throws Exception {
        try (var postgres = EmbeddedPostgres.start(data.resolve("postgres"), 0)) {
            var all = postgres.asSuperuser("postgres");
            try (var connection = DriverManager.getConnection(all.jdbcUrl(), all.username(), all.password());
                    var statement = connection.createStatement()) {
                statement.execute("drop database funding");
                statement.execute("drop role funding");
            }
        }
        var file = data.resolve("secrets.json");
        var kept = new LinkedHashMap<String, String>();
        JSON.readTree(Files.readString(file))
                .properties()
                .forEach(secret -> kept.put(secret.getKey(), secret.getValue().asString()));
        assertThat(kept.keySet().removeIf(name -> name.contains("funding") || name.contains("test_")))
                .isTrue();
        Files.writeString(file, JSON.writeValueAsString(kept));
        assertThat(data.resolve("chain")).doesNotExist();
    }
}
