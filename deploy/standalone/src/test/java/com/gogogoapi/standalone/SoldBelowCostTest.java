package com.gogogoapi.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SoldBelowCostTest {

    private static JsonNode margins(String... routes) {
        return JsonMapper.shared().readTree("{\"data\":[" + String.join(",", routes) + "]}");
    }

    private static String route(String model, boolean alarm, boolean losingNow) {
        return "{\"model\":\"%s\",\"alarm\":%s,\"losing_now\":%s}".formatted(model, alarm, losingNow);
    }

    @Test
    void namesEveryRouteThatLosesAndHowToChangeIt() {
        var margins = margins(route("a", true, true), route("b", false, false), route("c", true, false));
        assertThat(SoldBelowCost.line(margins, null))
                .hasValue("Sold below what the upstream charges: a, c (at some hours). To sell at cost plus 20 percent:"
                        + " ./gogogo prices import deploy/prices/deepseek-cost-plus-20-percent.yaml");
        assertThat(SoldBelowCost.line(margins, Path.of("elsewhere")).orElse("")).endsWith(".yaml --data elsewhere");
    }

    @Test
    void saysNothingWhereNothingIsLost() {
        assertThat(SoldBelowCost.line(margins(route("a", false, false)), null)).isEmpty();
    }

    @Test
    void theFileThatItNamesIsThere() {
        assertThat(Files.exists(Path.of("..", "prices", "deepseek-cost-plus-20-percent.yaml")))
                .isTrue();
    }
}
