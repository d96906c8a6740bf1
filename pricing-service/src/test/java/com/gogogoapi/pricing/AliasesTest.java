package com.gogogoapi.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.pricing.RouteAliasesSet;
import com.gogogoapi.embedded.Infrastructure;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The other names of routes, on a real Kafka and a real PostgreSQL. */
@Tag("integration")
class AliasesTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private static RunningPricing pricing;

    @BeforeAll
    static void start() {
        pricing = new RunningPricing(Infrastructure.shared().newDatabase("pricing_aliases"));
    }

    @AfterAll
    static void stop() {
        pricing.close();
    }

    private static String file(String... modelsAndAliases) {
        var yaml = new StringBuilder("routes:\n");
        for (var i = 0; i < modelsAndAliases.length; i += 2) {
            yaml.append("""
                  - model: %s
                    aliases: [%s]
                    limits: {context_tokens: 1000, max_completion_tokens: 100, default_max_completion_tokens: 50}
                    prices:
                      - {input_usd_per_million: 1, cached_input_usd_per_million: 1, output_usd_per_million: 1,
                         valid_from: 2026-01-01T00:00:00Z,
                         source: {url: "https://example.com", retrieved_at: 2026-01-01T00:00:00Z}}
                """.formatted(modelsAndAliases[i], modelsAndAliases[i + 1]));
        }
        return yaml.toString();
    }

    private static void imported(String... modelsAndAliases) throws Exception {
        var answer = pricing.post("/internal/routes/import", file(modelsAndAliases));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpResponse<String> set(String model, String aliases) throws Exception {
        return pricing.send("PUT", "/internal/routes/" + model + "/aliases", "{\"aliases\":[" + aliases + "]}");
    }

    private static List<String> aliasesOf(JsonNode route) {
        return route.path("aliases").valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void startUpDataGivesTheFlashRouteItsPresentName() throws Exception {
        var byAlias = pricing.json("/internal/pricing/deepseek-flash");
        assertThat(byAlias.path("model").asString()).isEqualTo("deepseek-v4-flash");
        assertThat(aliasesOf(byAlias)).containsExactly("deepseek-flash");
        assertThat(pricing.json("/internal/pricing/deepseek-flash/history")
                        .path("model")
                        .asString())
                .isEqualTo("deepseek-v4-flash");
        assertThat(pricing.get("/internal/pricing-page").body()).contains("Also answers to deepseek-flash.");
        await().atMost(SOON).untilAsserted(() -> assertThat(PriceTopic.events().values())
                .anyMatch(event -> event instanceof RouteAliasesSet set
                        && set.model().equals("deepseek-v4-flash")
                        && set.aliases().equals(List.of("deepseek-flash"))));
    }

    @Test
    void allOfARoutesAliasesAreSetAtOnce() throws Exception {
        imported("set", "");
        assertThat(set("set", "\"set-a\",\"set-b\"").statusCode()).isEqualTo(200);
        assertThat(aliasesOf(pricing.json("/internal/pricing/set-b"))).containsExactly("set-a", "set-b");

        var once = set("set", "\"set-b\"").body();
        assertThat(set("set", "\"set-b\"").body())
                .as("the same again changes nothing")
                .isEqualTo(once);
        assertThat(pricing.get("/internal/pricing/set-a").statusCode()).isEqualTo(404);
        assertThat(aliasesOf(pricing.json("/internal/pricing/set"))).containsExactly("set-b");
        assertThat(set("unheard-of", "\"x\"").statusCode()).isEqualTo(404);
    }

    /** By whichever way a name would be taken a second time. */
    @Test
    void noNameIsTwoRoutes() throws Exception {
        imported("unique-a", "unique-x", "unique-b", "");
        for (var taken : List.of("unique-x", "unique-a")) {
            var refused = set("unique-b", "\"" + taken + "\"");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
            assertThat(refused.body()).contains("alias_taken", "is one of unique-a");
        }
        var priced = pricing.post("/internal/routes/unique-x/prices", """
                {"input_usd_per_million":"1","cached_input_usd_per_million":"1","output_usd_per_million":"1",
                 "source":{"url":"https://example.com","retrieved_at":"2026-11-23T00:00:00Z"},
                 "limits":{"context_tokens":1000,"max_completion_tokens":100,"default_max_completion_tokens":50}}""");
        assertThat(priced.statusCode()).as(priced.body()).isEqualTo(422);
        assertThat(priced.body()).contains("alias_taken", "is one of unique-a");

        for (var conflict : List.of(file("unique-b", "unique-x"), file("unique-x", ""))) {
            assertThat(pricing.post("/internal/routes/import?dry_run=true", conflict)
                            .body())
                    .contains("\"action\":\"refuse\"");
            assertThat(pricing.post("/internal/routes/import", conflict).statusCode())
                    .isEqualTo(422);
        }
        assertThat(pricing.json("/internal/pricing/unique-x").path("model").asString())
                .isEqualTo("unique-a");
        assertThat(aliasesOf(pricing.json("/internal/pricing/unique-b"))).isEmpty();
    }

    @Test
    void aFileCanPassANameFromOneRouteToAnother() throws Exception {
        imported("passed-a", "passed-x", "passed-b", "");
        var file = file("passed-b", "passed-x", "passed-a", "");
        assertThat(pricing.post("/internal/routes/import?dry_run=true", file).body())
                .contains("[] become [passed-x]", "[passed-x] become []")
                .doesNotContain("refuse");
        assertThat(pricing.post("/internal/routes/import", file).statusCode()).isEqualTo(200);
        assertThat(pricing.json("/internal/pricing/passed-x").path("model").asString())
                .isEqualTo("passed-b");
        assertThat(pricing.post("/internal/routes/import", file).body())
                .as("the same again changes nothing")
                .doesNotContain("become");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'alias':['a']} | alias must be one of the known fields: aliases, reason",
                "{'aliases':'a'} | aliases must be a list",
                "{'aliases':[1]} | aliases[0] must be a model name",
                "{'aliases':['a b']} | aliases[0] must be a model name",
                "{'aliases':['a','a']} | a name of its own",
                "{'aliases':['deepseek-v4-pro']} | and not the route's",
                "{'aliases':['a'],'reason':7} | reason must be a string",
                "{} | aliases must be given",
                "[] | must be an object",
            })
    void refusesWhatCannotBeAliasesPlainly(String body, String message) throws Exception {
        var answer = pricing.send("PUT", "/internal/routes/deepseek-v4-pro/aliases", body.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void aFileThatTakesANameTwiceIsRefusedAsSuch() throws Exception {
        for (var file :
                List.of(file("twice-a", "twice-x", "twice-b", "twice-x"), file("twice-a", "twice-b", "twice-b", ""))) {
            var answer = pricing.post("/internal/routes/import", file);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("a name that nothing else in the file has");
        }
    }
}
