package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who starts it with a real upstream is told that it loses money, and stops that by one command. */
@Tag("acceptance")
class SellingBelowCostTest {

    private static final String FILE = "../../deploy/prices/deepseek-cost-plus-20-percent.yaml";

    /** The upstream is never called: nobody sends a request. */
    @Test
    void isToldAtTheStartAndEndedByOneCommand() throws Exception {
        try (var system = RunningSystem.startWithArguments("--upstream", "http://localhost:9")) {
            assertThat(Files.readString(system.data().resolve("output.txt")))
                    .contains(
                            "Sold below what the upstream charges: deepseek-v4-flash, deepseek-v4-pro. To sell at cost"
                                    + " plus 20 percent: ./gogogo prices import"
                                    + " deploy/prices/deepseek-cost-plus-20-percent.yaml --data " + system.data());

            assertThat(prices(system, "import", FILE, "--dry-run"))
                    .contains(
                            "add  deepseek-v4-flash price: 0.14 / 0.0028 / 0.28 -> 0.18 / 0.0036 / 0.72 and 2 windows",
                            "Nothing was changed: this was a dry run.");
            assertThat(loses(system)).isTrue();

            assertThat(prices(system, "import", FILE)).contains("The price book says so now.");
            await().atMost(Duration.ofMinutes(2)).until(() -> !loses(system));
            assertThat(prices(system, "import", FILE)).contains("unchanged  deepseek-v4-pro price");
        }
    }

    private static boolean loses(RunningSystem system) {
        return system.operator("GET", "/margins", Map.of())
                .path("data")
                .valueStream()
                .anyMatch(margin -> margin.path("losing_now").asBoolean());
    }

    /** {@code ./gogogo prices …} of that installation. */
    private static String prices(RunningSystem system, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.gogogoapi.standalone.Prices"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", system.data().toString()));
        var output = Files.createTempFile("prices", ".txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        var text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
