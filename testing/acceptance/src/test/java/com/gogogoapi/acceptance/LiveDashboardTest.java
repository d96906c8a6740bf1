package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dashboard while things happen: events as they come, a request that is run from its page and its receipt checked there, members
 * edited. {@code -Dlive.only=live} runs the one part; how fast holds are seen is in {@code target/screenshots/live-found.json}.
 */
@Tag("acceptance")
class LiveDashboardTest {

    private static final Duration WITHIN = Duration.ofSeconds(900);

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer ORGANISATION = SYSTEM.customer("1.00");
    private static People.Person developer;
    private static People.Person heir;
    private static JsonNode found;

    @BeforeAll
    static void browse() throws Exception {
        Chromium.require();
        var told = new LinkedHashMap<String, Object>();
        var live = SYSTEM.customer("5.00");
        told.put("liveAccount", live.account());
        told.put("liveKey", live.apiKey());
        var owner = address();
        told.put("liveLink", SignedInBrowser.link(SYSTEM, live.account(), owner));
        told.put("liveLink2", SignedInBrowser.link(SYSTEM, live.account(), owner));
        var runs = SYSTEM.customer("5.00");
        told.put("runAccount", runs.account());
        var another = address();
        told.put("runLink", SignedInBrowser.link(SYSTEM, runs.account(), another));
        told.put("runLink2", SignedInBrowser.link(SYSTEM, runs.account(), another));
        told.put("scheduledModel", scheduled(runs));
        var people = People.of(ORGANISATION).asOrganisation();
        var first = people.invited("owner");
        developer = people.invited("developer");
        developer.inferenceKey();
        heir = people.invited("admin");
        told.put("membersLink", SignedInBrowser.link(SYSTEM, ORGANISATION.account(), emailOf(first)));
        told.put("developer", emailOf(developer));
        told.put("heir", emailOf(heir));
        told.put("only", System.getProperty("live.only", ""));
        found = Chromium.drivenBy("live", SYSTEM, told, WITHIN);
    }

    private static String address() {
        return "owner-" + UUID.randomUUID() + "@example.com";
    }

    /** A route that is dearer at peak, which is now, and cheaper outside it. */
    private static String scheduled(Customer customer) {
        var route = new TestRoute(SYSTEM, "peak-of-" + customer.account());
        var peak = Map.of(
                "name", "peak",
                "days", List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
                "from", "00:00",
                "to", "00:00",
                "on_holidays", "as_usual",
                "input_usd_per_million", "2",
                "cached_input_usd_per_million", "1",
                "output_usd_per_million", "4");
        var body = new LinkedHashMap<String, Object>(Map.of(
                "input_usd_per_million",
                "1",
                "cached_input_usd_per_million",
                "0.5",
                "output_usd_per_million",
                "2",
                "schedule",
                Map.of("zone", "UTC", "windows", List.of(peak)),
                "source",
                Map.of("url", "https://example.com", "retrieved_at", "2026-11-23T00:00:00Z"),
                "limits",
                TestRoute.LIMITS));
        route.awaitQuotedAt(
                customer,
                SYSTEM.operator("POST", "/routes/" + route.model() + "/prices", body)
                        .path("price_version")
                        .asString());
        return route.model();
    }

    private static JsonNode member(People.Person person) {
        return SYSTEM.operator("GET", "/accounts/" + ORGANISATION.account() + "/members", Map.of())
                .path("data")
                .valueStream()
                .filter(member -> member.path("member_id").asString().equals(person.id()))
                .findFirst()
                .orElseThrow();
    }

    private static String emailOf(People.Person person) {
        return member(person).path("email").asString();
    }

    private static JsonNode part(String name) {
        assumeTrue(found.has(name), "only another part was run");
        return found.path(name);
    }

    private static List<String> texts(JsonNode seen) {
        return seen.valueStream().map(JsonNode::asString).toList();
    }

    private static HttpResponse<String> opened(String method, String path, String accept) {
        return DocumentedCall.by("")
                .with("Accept", accept)
                .send(
                        SYSTEM,
                        new OpenApi.Operation(
                                method, "", path, JsonMapper.shared().createObjectNode()));
    }

    /** Nothing but the stream came to the page meanwhile. How fast, the figures say: a busy machine is no failure. */
    @Test
    void holdsAreSeenAsTheyAreDecided() {
        var live = part("live");
        assertThat(live.path("millis").size()).isEqualTo(10);
        assertThat(live.path("millis").valueStream().mapToLong(JsonNode::asLong))
                .allMatch(millis -> millis >= 0);
        assertThat(live.path("ended").asBoolean()).isTrue();
        assertThat(texts(live.path("faults"))).isEmpty();
    }

    @Test
    void withoutAStreamThePageAsks() {
        assertThat(part("asked").path("isShown").asBoolean()).isTrue();
    }

    @Test
    void aRequestIsQuotedRunAndChargedOnItsPage() {
        var run = part("run");
        assertThat(texts(run.path("compared")))
                .hasSizeGreaterThanOrEqualTo(2)
                .anyMatch(row -> row.contains("deepseek-v4-flash"))
                .anyMatch(row -> row.contains("cheapest"));
        assertThat(run.path("windows").asString()).contains("now: peak");
        assertThat(run.path("whileItRan").asString()).contains("Held", "Not yet.");
        var amounts = Pattern.compile("\\$([0-9.]+)")
                .matcher(run.path("after").asString())
                .results()
                .map(amount -> new BigDecimal(amount.group(1)))
                .toList();
        assertThat(amounts).hasSize(3);
        assertThat(amounts.get(1).add(amounts.get(2)))
                .as("charged and refunded are held")
                .isEqualByComparingTo(amounts.get(0));
        assertThat("$" + amounts.get(0).toPlainString())
                .isEqualTo(run.path("hold").asString());
        assertThat(run.path("spent").asString()).startsWith("$" + amounts.get(1).toPlainString());
        assertThat(run.path("said").asString()).hasSizeGreaterThan(30);
        for (var language : Map.of(
                        "curl",
                        "curl -s",
                        "Python",
                        "OpenAI(base_url",
                        "JavaScript",
                        "new OpenAI(",
                        "Java",
                        "OpenAIOkHttpClient")
                .entrySet()) {
            assertThat(run.path("snippets").path(language.getKey()).asString())
                    .contains(language.getValue(), "Write a word.", "200", SYSTEM.url(""));
        }
        assertThat(texts(run.path("violations"))).isEmpty();
        assertThat(texts(run.path("faults"))).isEmpty();
    }

    @Test
    void aTabsKeyIsOfTheTabAlone() {
        var run = part("run");
        assertThat(run.path("secretShown").asBoolean()).isFalse();
        assertThat(run.path("stored").asBoolean()).isFalse();
        var key = theOne(run.path("keys"));
        assertThat(key.path("status").asString()).isEqualTo("disabled");
        assertThat(key.path("lasts").asDouble()).isBetween(0.0, 60.0);
        assertThat(limit(key)).isEqualByComparingTo("0.10");
        var again = theOne(run.path("keysAgain"));
        assertThat(again.path("id")).as("the same tab's").isEqualTo(key.path("id"));
        assertThat(again.path("status").asString()).isEqualTo("active");
        assertThat(limit(again)).as("what it spent before comes on top").isBetween(usd("0.10001"), usd("0.15"));
    }

    /** However often he comes, in however many tabs: what a key has spent is counted for good. */
    @Test
    void aMemberHasOneKeyOfThePage() {
        var stopped = part("stopped");
        assertThat(theOne(stopped.path("keys")).path("status").asString()).isEqualTo("disabled");
        assertThat(theOne(stopped.path("inTurns")).path("status").asString()).isEqualTo("active");
        assertThat(limit(theOne(stopped.path("early")))).as("left too early").isLessThan(usd("0.000001"));
    }

    private static JsonNode theOne(JsonNode keys) {
        assertThat(keys).hasSize(1);
        return keys.get(0);
    }

    private static BigDecimal limit(JsonNode key) {
        var budget = theOne(key.path("budgets"));
        assertThat(budget.path("window").asString()).isEqualTo("total");
        return usd(budget.path("limit_usd").asString());
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount);
    }

    @Test
    void aReceiptIsCheckedInTheBrowserAndATamperedOneFails() {
        var run = part("run");
        assertThat(texts(run.path("checks")))
                .containsExactly(
                        "Signature of the receipt",
                        "Signatures of the checkpoints",
                        "It says what its events say",
                        "The charge is what the tokens cost",
                        "The events are in the checkpoints");
        var failed = new LinkedHashMap<String, List<String>>();
        run.path("tampered").forEach(one -> failed.put(one.path("what").asString(), texts(one.path("failed"))));
        assertThat(failed)
                .hasSize(7)
                .hasEntrySatisfying("the charge of the receipt", checks -> assertThat(checks)
                        .contains(
                                "Signature of the receipt",
                                "It says what its events say",
                                "The charge is what the tokens cost"))
                .hasEntrySatisfying("the signature of the receipt", checks -> assertThat(checks)
                        .containsExactly("Signature of the receipt"))
                .hasEntrySatisfying("the tokens of an event", checks -> assertThat(checks)
                        .contains("It says what its events say", "The events are in the checkpoints"))
                .hasEntrySatisfying("the time of an event", checks -> assertThat(checks)
                        .contains("The events are in the checkpoints"))
                .hasEntrySatisfying("the root of a checkpoint", checks -> assertThat(checks)
                        .contains("Signatures of the checkpoints"))
                .hasEntrySatisfying("the signature of a checkpoint", checks -> assertThat(checks)
                        .containsExactly("Signatures of the checkpoints"))
                .hasEntrySatisfying(
                        "what makes it JSON", checks -> assertThat(checks).containsExactly("It is a receipt"));
        assertThat(texts(run.path("anotherKey")))
                .containsExactly("Signature of the receipt", "Signatures of the checkpoints");
        assertThat(texts(run.path("violationsOfReceipt"))).isEmpty();
    }

    @Test
    void membersAreEditedOnThePage() {
        var members = part("members");
        assertThat(members.path("role").asString()).contains("viewer");
        assertThat(member(developer).path("role").asString()).isEqualTo("viewer");
        var limits = SYSTEM.operator(
                "GET", "/accounts/" + ORGANISATION.account() + "/members/" + developer.id() + "/limits", Map.of());
        assertThat(limits.path("budgets").get(0).path("limit_usd").asString()).isEqualTo("2.50");
        assertThat(limits.path("rates").path("requests_per_minute").asInt()).isEqualTo(30);
        assertThat(members.path("members").asString()).doesNotContain("admin-");
        assertThat(texts(members.path("violations"))).isEmpty();
        assertThat(texts(members.path("faults"))).isEmpty();
    }

    /** A person who opens an address that is none gets a page; a program, and whoever calls the API, JSON. */
    @Test
    void errorsArePagesForPeople() {
        for (var path : List.of("/nothing", "/docs/NOTHING", "/docs/nothing", "/assets/none.js", "/dashboard/a/b/c")) {
            var page = opened("GET", path, "text/html,application/xhtml+xml,*/*;q=0.8");
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(page.headers().firstValue("Content-Type").orElse(""))
                    .as(path)
                    .startsWith("text/html");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .isPresent();
            assertThat(page.headers().firstValue("x-request-id")).as(path).isPresent();
            assertThat(page.body()).as(path).contains("There is no such page");
        }
        var wrong = opened("POST", "/status", "text/html");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.body()).contains("This cannot be done so");
        for (var path : List.of("/nothing", "/docs/NOTHING", "/status/none")) {
            var json = opened("GET", path, "*/*");
            assertThat(json.statusCode()).as(path).isEqualTo(404);
            assertThat(json.headers().firstValue("Content-Type").orElse(""))
                    .as(path)
                    .startsWith("application/json");
        }
        for (var path : List.of("/api/v1/nothing", "/v1/nothing", "/api/v1/credits", "/beta/nothing")) {
            assertThat(opened("GET", path, "text/html")
                            .headers()
                            .firstValue("Content-Type")
                            .orElse(""))
                    .as(path)
                    .startsWith("application/json");
        }
    }
}
