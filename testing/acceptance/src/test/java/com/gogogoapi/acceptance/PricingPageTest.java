package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The public price page in a real Chromium, and what else is public about prices. */
@Tag("acceptance")
class PricingPageTest {

    private static final Duration WITHIN = Duration.ofSeconds(600);

    private static final Map<String, String> SOURCE =
            Map.of("url", "https://example.com/prices", "retrieved_at", "2026-11-23T00:00:00Z");
    private static final Map<String, Integer> LIMITS = Map.of(
            "context_tokens", 1_000_000, "max_completion_tokens", 393_216, "default_max_completion_tokens", 32_768);

    private static final RunningSystem SYSTEM = RunningSystem.shared();

    /** A route with peak hours, a holiday calendar, a reason that could be markup, and a price to come. */
    @BeforeAll
    static void publish() {
        var peak = Map.of(
                "name", "peak",
                "days", List.of("monday", "tuesday", "wednesday", "thursday", "friday"),
                "from", "09:00",
                "to", "18:00",
                "on_holidays", "never",
                "input_usd_per_million", "0.30",
                "cached_input_usd_per_million", "0.006",
                "output_usd_per_million", "1.20");
        var schedule = Map.of(
                "zone",
                "Asia/Shanghai",
                "calendar",
                Map.of("name", "China, public holidays", "holidays", List.of("2026-10-01", "2027-01-01")),
                "windows",
                List.of(peak));
        price(Map.of(
                "input_usd_per_million", "0.15",
                "cached_input_usd_per_million", "0.003",
                "output_usd_per_million", "0.60",
                "limits", LIMITS,
                "reason", "as the upstream <b>& its hours</b>",
                "schedule", schedule,
                "source", SOURCE));
        price(Map.of(
                "input_usd_per_million", "0.20",
                "cached_input_usd_per_million", "0.004",
                "output_usd_per_million", "0.80",
                "valid_from", Instant.now().plus(30, ChronoUnit.DAYS).toString(),
                "source", SOURCE));
    }

    private static void price(Map<String, Object> body) {
        SYSTEM.operator("POST", "/routes/page-peak-hours/prices", body);
    }

    @Test
    void readsWellOnEveryScreenWithScriptsAndWithout() throws Exception {
        Chromium.require();
        for (var seen : visits()) {
            var visit = seen.path("visit").asString();
            assertThat(seen.path("status").asInt()).as(visit).isEqualTo(200);
            assertThat(texts(seen, "routes"))
                    .as(visit)
                    .contains("deepseek-v4-flash", "deepseek-v4-pro", "page-peak-hours");
            assertThat(seen.path("charts").asInt())
                    .as(visit)
                    .isEqualTo(seen.path("routes").size());
            assertThat(texts(seen, "countdowns")).as(visit).isNotEmpty().allMatch(text -> text.startsWith("in "));
            assertThat(texts(seen, "hours"))
                    .as(visit)
                    .contains("Monday to Friday, 09:00–18:00 on the clocks of Shanghai (Asia/Shanghai),"
                            + " but not on holidays (China, public holidays)");
            assertThat(seen.path("overflow").asInt())
                    .as(visit + ": nothing sticks out")
                    .isZero();
            assertThat(seen.path("nowTableCut").asInt())
                    .as(visit + ": the prices of now fit")
                    .isZero();
            assertThat(texts(seen, "violations")).as(visit + ": accessible").isEmpty();
            assertThat(texts(seen, "faults")).as(visit + ": no errors").isEmpty();
            assertThat(texts(seen, "foreign"))
                    .as(visit + ": nothing from elsewhere")
                    .isEmpty();
            assertThat(seen.path("estimate").asString())
                    .as(visit)
                    .contains("$0.0000728 expected for deepseek-v4-flash", "8 tokens", "$0.0728");
            assertThat(seen.path("kept").asString()).as(visit).isEqualTo("Summarize this.");
            if (!visit.contains("without")) {
                assertThat(seen.path("countdownRuns").asBoolean()).as(visit).isTrue();
                assertThat(seen.path("readersTimes").asInt()).as(visit).isPositive();
                assertThat(seen.path("refusedStatus").asInt()).as(visit).isEqualTo(404);
                assertThat(seen.path("refusal").asString()).as(visit).contains("no-such-model");
                assertThat(seen.path("markupStaysText").asString()).as(visit).isEqualTo("<script>alert(1)</script>");
            }
            if (seen.has("formOnPaper")) {
                assertThat(seen.path("formOnPaper").asBoolean()).isFalse();
                assertThat(Chromium.SCREENSHOTS.resolve("pricing.pdf")).isNotEmptyFile();
            }
        }
    }

    private static JsonNode visits() throws Exception {
        var found = Chromium.drivenBy("pricing-page", SYSTEM, Map.of(), WITHIN);
        assertThat(texts(found, "control"))
                .as("the judge finds what is wrong with a wrong page")
                .anyMatch(violation -> violation.startsWith("image-alt"))
                .anyMatch(violation -> violation.startsWith("color-contrast"));
        assertThat(found.path("visits")).hasSize(6);
        return found.path("visits");
    }

    private static List<String> texts(JsonNode seen, String name) {
        return seen.path(name).valueStream().map(JsonNode::asString).toList();
    }

    private static HttpRequest estimateOf(String form) {
        return HttpRequest.newBuilder(URI.create(SYSTEM.url("/pricing")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    private static HttpResponse<String> estimate(String form) throws Exception {
        return HttpClient.newHttpClient().send(estimateOf(form), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(SYSTEM.url(path)));
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void isServedWithAPolicyAndToldUnchangedToWhoeverHasIt() throws Exception {
        var page = get("/pricing");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(page.body())
                .contains("as the upstream &lt;b&gt;&amp; its hours&lt;/b&gt;")
                .contains(
                        "<h1>Pricing</h1>",
                        "<h2 id=\"choose-title\">Which model should I use?</h2>",
                        "<caption>Requests per $1 at current prices</caption>",
                        "<h3>Price history</h3>");
        for (var path :
                List.of("/api/v1/pricing", "/pricing/changes.atom", "/api/v1/pricing/deepseek-v4-pro/history")) {
            var first = get(path);
            var again = get(
                    path, "If-None-Match", first.headers().firstValue("ETag").orElseThrow());
            assertThat(first.headers().firstValue("Cache-Control").orElseThrow())
                    .as(path)
                    .contains("max-age=");
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).as(path).isEmpty();
        }
    }

    @Test
    void theFeedTellsEveryAnnouncedPrice() throws Exception {
        var feed = get("/pricing/changes.atom");
        assertThat(feed.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/atom+xml");
        var xml = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new org.xml.sax.InputSource(new java.io.StringReader(feed.body())));
        assertThat(xml.getDocumentElement().getTagName()).isEqualTo("feed");
        assertThat(feed.body())
                .contains(
                        "<title>deepseek-v4-flash from 26 Apr 2026, 12:15 UTC</title>",
                        "$0.14 input, $0.0028 cached input, $0.28 output per million tokens",
                        "Peak (Monday to Friday, 09:00–18:00 on the clocks of Shanghai (Asia/Shanghai)");
    }

    @Test
    void anEstimateIsBounded() throws Exception {
        assertThat(estimate("model=deepseek-v4-flash&prompt=" + "a".repeat(1_001))
                        .body())
                .contains("The prompt must have 1 to 1000 characters.");
        assertThat(estimate("model=deepseek-v4-flash&prompt=x&completion_tokens=-1")
                        .statusCode())
                .isEqualTo(400);
        assertThat(estimate("model=deepseek-v4-flash&prompt=" + "%E4%BD%A0".repeat(1_000))
                        .statusCode())
                .as("a thousand characters of any script")
                .isEqualTo(200);
    }

    /** However fast they come, no more than five a second of a visitor are counted; the rest are told to come again. */
    @Test
    void estimatesAreBoundedInNumber() {
        var client = HttpClient.newHttpClient();
        var request = estimateOf("model=deepseek-v4-flash&prompt=x");
        var started = System.nanoTime();
        var answers = Stream.generate(() -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                // Fewer than may be read in a second by an address.
                .limit(80)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        var seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
        assertThat(answers)
                .allMatch(answer -> answer.statusCode() == 200
                        || (answer.statusCode() == 429 && answer.body().contains("Too many estimates at once")));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200).count())
                .isPositive()
                .isLessThanOrEqualTo(5 * (seconds + 2));
    }
}
