package com.gogogoapi.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.Infrastructure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Route files, on a real Kafka and a real PostgreSQL. */
@Tag("integration")
class RouteImportTest {

    private static RunningPricing pricing;

    @BeforeAll
    static void start() {
        pricing = new RunningPricing(Infrastructure.shared().newDatabase("pricing_import"));
    }

    @AfterAll
    static void stop() {
        pricing.close();
    }

    private static final String FILE = """
            routes:
              - model: imported
                limits: {context_tokens: 1000, max_completion_tokens: 100, default_max_completion_tokens: 50}
                on_loss: suspend
                prices:
                  - {input_usd_per_million: 0.10, cached_input_usd_per_million: 0.01, output_usd_per_million: 0.3,
                     valid_from: 2026-01-01T00:00:00Z, source: &s {url: "https://example.com", retrieved_at: 2026-01-01T00:00:00Z}}
                  - {input_usd_per_million: 0.20, cached_input_usd_per_million: 0.01, output_usd_per_million: 0.3,
                     valid_from: %s, source: *s}
                costs:
                  - {input_usd_per_million: 0.05, cached_input_usd_per_million: 0.01, output_usd_per_million: 0.3,
                     valid_from: 2026-01-01T00:00:00Z, source: *s}
            """;

    @Test
    void anImportTellsTheDifferenceThenAppliesItThenHasNothingToDo() throws Exception {
        var tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var file = FILE.formatted(tomorrow);

        var dry = pricing.post("/internal/routes/import?dry_run=true", file);
        assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
        assertThat(actions(dry.body())).containsExactly("add_history", "add", "add_history", "add");
        assertThat(pricing.get("/internal/pricing/imported").statusCode())
                .as("a dry run changes nothing")
                .isEqualTo(404);

        var applied = pricing.post("/internal/routes/import", file);
        assertThat(actions(applied.body())).isEqualTo(actions(dry.body()));
        var route = pricing.json("/internal/pricing/imported");
        assertThat(route.path("price_version").asString()).isEqualTo("imported@2026-01-01T00:00:00Z");
        assertThat(route.path("input_usd_per_million").asString()).isEqualTo("0.10");
        assertThat(route.path("next").path("price_version").asString()).isEqualTo("imported@" + tomorrow);

        assertThat(actions(pricing.post("/internal/routes/import", file).body()))
                .containsOnly("unchanged");
        assertThat(pricing.json("/internal/pricing/imported/history").path("data"))
                .hasSize(2);

        var corrected = file.replace("0.20", "0.25");
        assertThat(actions(pricing.post("/internal/routes/import", corrected).body()))
                .containsExactly("unchanged", "correct", "unchanged");
        assertThat(pricing.json("/internal/pricing/imported")
                        .path("next")
                        .path("price_version")
                        .asString())
                .isEqualTo("imported@" + tomorrow + "#2");

        var rewritten = corrected.replace("0.10", "0.11");
        var refused = pricing.post("/internal/routes/import", rewritten);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("import_refused", "what was valid stays as it was");
        assertThat(pricing.json("/internal/pricing/imported/history").path("data"))
                .hasSize(3);
    }

    @Test
    void aFileSaysWhetherARouteHasVision() throws Exception {
        var file = FILE.formatted(Instant.now().plus(1, ChronoUnit.DAYS))
                .replace("model: imported", "model: imported-with-vision")
                .replace("default_max_completion_tokens: 50", "default_max_completion_tokens: 50, vision: true");
        assertThat(pricing.post("/internal/routes/import", file).statusCode()).isEqualTo(200);
        assertThat(pricing.json("/internal/pricing/imported-with-vision")
                        .path("vision")
                        .booleanValue())
                .isTrue();
        var refused = pricing.post("/internal/routes/import", file.replace("vision: true", "vision: maybe"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("routes[0].limits.vision must be true or false.");
    }

    private static List<String> actions(String body) {
        var actions = new ArrayList<String>();
        JsonMapper.shared()
                .readTree(body)
                .path("changes")
                .forEach(change -> actions.add(change.path("action").asString()));
        return actions;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [' | must be valid YAML",
                "'routes: 1' | routes must be a list",
                "'routes: [{model: x, limits: {context_tokens: 1.5, max_completion_tokens: 1, default_max_completion_tokens: 1}}]' | context_tokens must be a whole number",
                "'routes: [{model: x}]' | routes[0].limits must be given",
                "'routes: [&a [*a]]' | must be nested at most 20 levels deep",
                "'routes: [&a [x,x,x,x,x,x,x,x,x], &b [*a,*a,*a,*a,*a,*a,*a,*a,*a], &c [*b,*b,*b,*b,*b,*b,*b,*b,*b],"
                        + " &d [*c,*c,*c,*c,*c,*c,*c,*c,*c], &e [*d,*d,*d,*d,*d,*d,*d,*d,*d], [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]]'"
                        + " | must have at most 500000 entries",
                "'{a: 1, a: 2}' | must be valid YAML",
                "'!!java.net.URL [x]' | must be valid YAML",
            })
    void refusesAFilePlainly(String yaml, String message) throws Exception {
        var answer = pricing.post("/internal/routes/import", yaml.replaceAll("^'|'$", ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }
}
