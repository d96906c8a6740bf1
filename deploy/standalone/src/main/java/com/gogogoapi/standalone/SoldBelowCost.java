package com.gogogoapi.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says in one line which routes lose money and how to change it: with a real upstream every request then costs some. */
final class SoldBelowCost {

    private static final String READY_FILE = "deploy/prices/deepseek-cost-plus-20-percent.yaml";

    private SoldBelowCost() {}

    /**
     * The line; empty if no route is priced below its cost at any time of the days ahead.
     *
     * @param margins as the operator route states them
     * @param data null where it is the usual folder
     */
    static Optional<String> line(JsonNode margins, @Nullable Path data) {
        var losing = new ArrayList<String>();
        for (var margin : margins.path("data")) {
            if (margin.path("alarm").asBoolean()) {
                losing.add(margin.path("model").asString()
                        + (margin.path("losing_now").asBoolean() ? "" : " (at some hours)"));
            }
        }
        return losing.isEmpty()
                ? Optional.empty()
                : Optional.of("Sold below what the upstream charges: " + String.join(", ", losing)
                        + ". To sell at cost plus 20 percent: ./gogogo prices import " + READY_FILE
                        + (data == null ? "" : " --data " + data));
    }
}
