package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.gogogoapi.acceptance.JavaClient.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each feature of an SDK for Java, and how it went: what {@code clients/features.mjs} does with those for JavaScript. */
record JavaFeatures(JavaClient client, Map<String, String> keys) {

    private static final int WORDS = 40;
    private static final String SAYS = "Say something. [[sim: tokens=" + WORDS + "]]";
    private static final int ALL = Integer.MAX_VALUE;

    /** A feature at work; what it throws is what is wrong. */
    private interface Feature {
        void works();
    }

    /** A line for each feature that it has: {@code client}, {@code feature}, and {@code failed}, or null. */
    List<JsonNode> results() {
        var features = new LinkedHashMap<String, Feature>();
        features.put("create", this::create);
        features.put("stream", this::stream);
        features.put("usage", this::usage);
        if (client.hasTools()) {
            features.put("tools", this::tools);
            features.put("structured output", this::structuredOutput);
        }
        features.put("abort", this::abort);
        features.put("time-out", this::timeOut);
        features.put("retries", this::retries);
        features.put("errors", this::errors);
        features.put("error in a stream", this::errorInAStream);
        var results = new ArrayList<JsonNode>();
        features.forEach((name, feature) -> {
            var failed = catchThrowable(feature::works);
            results.add(JsonMapper.shared()
                    .createObjectNode()
                    .put("client", client.name())
                    .put("feature", name)
                    .put("failed", failed == null ? null : failed.toString()));
        });
        return results;
    }

    private Asked rich(String prompt) {
        return new Asked(keys.get("rich"), prompt);
    }

    private void create() {
        assertThat(client.whole(rich(SAYS)).text()).hasSizeGreaterThan(WORDS);
    }

    private void stream() {
        assertThat(client.streamed(rich(SAYS), ALL).pieces()).hasSize(WORDS);
    }

    private void usage() {
        assertThat(client.whole(rich(SAYS)).used()).isEqualTo(WORDS);
        assertThat(client.streamed(rich(SAYS), ALL).used()).isEqualTo(WORDS);
    }

    private void tools() {
        var asked = new ArrayList<String>();
        var said = client.tools(rich("What is the weather in Rome?"), city -> {
            asked.add(city);
            return "Sunny. [[sim: say=It is sunny there.]]";
        });
        assertThat(asked).containsExactly("example");
        assertThat(said).isEqualTo("It is sunny there.");
    }

    private void structuredOutput() {
        assertThat(client.city(rich("Name a city."))).isEqualTo("example");
    }

    private void abort() {
        var left = client.streamed(
                rich("Say much. [[sim: tokens=5000, chunk-delay-ms=10]]").withLimit(5_000), 5);
        assertThat(left.pieces()).hasSize(5);
    }

    private void timeOut() {
        var error = catchThrowable(
                () -> client.whole(new Asked(keys.get("leaving"), "Wait. [[sim: first-byte-delay-ms=3500]]")
                        .withTimeout(Duration.ofMillis(700))));
        assertThat(client.isTimeOut(error)).as(String.valueOf(error)).isTrue();
    }

    private void retries() {
        var prompt = "Try again, " + client.name() + ". [[sim: tokens=" + WORDS + ", fail=500, fail-times=1]]";
        assertThat(client.whole(rich(prompt).withRetries(1)).used()).isEqualTo(WORDS);
    }

    private void errors() {
        raises(400, rich("Fail. [[sim: fail=400]]"));
        raises(401, new Asked("sk-gogogo-nobody", SAYS));
        raises(402, new Asked(keys.get("poor"), SAYS).withLimit(10_000));
        raises(403, new Asked(keys.get("otherRoutes"), SAYS));
        raises(404, rich(SAYS).withModel("no-such-model"));
        raises(422, rich("Fail. [[sim: fail=422]]"));
        // Its minute may have gone by since it was full, but not twice.
        var first = catchThrowable(() -> client.whole(new Asked(keys.get("slow"), SAYS)));
        assertThat(first == null || client.isError(first, 429)).isTrue();
        raises(429, new Asked(keys.get("slow"), SAYS));
        raises(502, rich("Fail. [[sim: fail=500]]"));
        raises(503, rich("Fail. [[sim: fail=503]]"));
        raises(504, rich("Wait. [[sim: first-byte-delay-ms=20000]]"));
    }

    private void raises(int status, Asked asked) {
        var error = catchThrowable(() -> client.whole(asked));
        assertThat(client.isError(error, status))
                .as("%s is raised as %s", status, error)
                .isTrue();
    }

    private void errorInAStream() {
        var error =
                catchThrowable(() -> client.streamed(rich("Say something. [[sim: tokens=20, error-after=3]]"), ALL));
        assertThat(client.isBroken(error)).as(String.valueOf(error)).isTrue();
    }
}
