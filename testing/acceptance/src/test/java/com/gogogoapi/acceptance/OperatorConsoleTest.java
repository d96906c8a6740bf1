package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The operators' console in a real Chromium: a day's work of several operators by keyboard, every page on a phone and a desktop,
 * light and dark, and what each role finds.
 */
@Tag("acceptance")
class OperatorConsoleTest {

    private static final Duration WITHIN = Duration.ofSeconds(600);

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final TestRoute ROUTE = new TestRoute(SYSTEM, "console-" + UUID.randomUUID());
    private static final String MARKUP =
            "<img src=x onerror=alert(1)> & Co " + UUID.randomUUID().toString().substring(0, 8);

    /** Every page, and who finds it in the navigation. */
    private static final Map<String, List<String>> NAVIGATION = navigation();

    private static String account;
    private static Customer parked;
    private static Named anna;
    private static Named ben;
    private static Named carl;
    private static JsonNode found;

    private record Named(String name, String secret) {

        static Named of(String... roles) {
            var name = "o-" + UUID.randomUUID();
            var answer = SYSTEM.operator("POST", "/operators", Map.of("name", name, "roles", List.of(roles)));
            return new Named(name, answer.path("secret").asString());
        }

        Map<String, String> told() {
            return Map.of("name", name, "secret", secret);
        }
    }

    private static Map<String, List<String>> navigation() {
        var pages = new LinkedHashMap<String, List<String>>();
        pages.put("Overview", List.of("support", "prices", "treasury", "auditor"));
        pages.put("Accounts", List.of("support", "treasury", "auditor"));
        pages.put("Orders", List.of("treasury", "auditor"));
        pages.put("Prices", List.of("prices", "auditor"));
        pages.put("Deposits", List.of("support", "treasury", "auditor"));
        pages.put("Parked accounts", List.of("support", "treasury", "auditor"));
        pages.put("Upstream", List.of("support", "prices", "treasury", "auditor"));
        pages.put("Audit trail", List.of("auditor"));
        pages.put("Operators", List.of("auditor"));
        return pages;
    }

    @BeforeAll
    static void browse() throws Exception {
        Chromium.require();
        var customer = SYSTEM.customer("1.00");
        assertThat(customer.complete(Customer.chat("Hello", 5, false)).statusCode())
                .isEqualTo(200);
        account = SYSTEM.operator("POST", "/accounts", Map.of("name", MARKUP))
                .path("account_id")
                .asString();
        ROUTE.publish(new TestRoute.Prices("1", "0.5", "2"), null);
        SYSTEM.operator(
                "POST",
                "/routes/" + ROUTE.model() + "/costs",
                Map.of(
                        "input_usd_per_million", "0.5",
                        "cached_input_usd_per_million", "0.1",
                        "output_usd_per_million", "1",
                        "source", Map.of("url", "https://example.com", "retrieved_at", "2026-11-23T00:00:00Z")));
        parked = SYSTEM.customer("1.00");
        PoisonTest.poison(SYSTEM, parked.account());
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        SYSTEM.operator("GET", "/parked", Map.of()).toString().contains(parked.account()));
        anna = Named.of("treasury", "support");
        ben = Named.of("treasury", "auditor");
        carl = Named.of("prices");
        var work = new LinkedHashMap<String, Object>();
        work.put("anna", anna.told());
        work.put("ben", ben.told());
        work.put("carl", carl.told());
        work.put("dora", Named.of("support").told());
        work.put("account", account);
        work.put("parked", parked.account());
        work.put("model", ROUTE.model());
        work.put("markup", MARKUP);
        work.put("operatorToken", SYSTEM.access("operator_token"));
        found = Chromium.drivenBy(
                "console",
                SYSTEM,
                Map.of(
                        "work", work,
                        "tour", SYSTEM.access("operator_token"),
                        "pages", pages(customer),
                        "roles", roles(customer)),
                WITHIN);
    }

    private static List<Map<String, String>> pages(Customer customer) {
        return List.of(
                page("/operator", "Orders that wait"),
                page("/operator/", "Orders that wait"),
                page("/operator/accounts?search=" + customer.account(), customer.account()),
                page("/operator/accounts?search=nobody-is-called-so", "No account is like that"),
                page("/operator/accounts/" + customer.account(), "Statement"),
                page("/operator/accounts/acct_none", "There is no such account"),
                page("/operator/orders", "Orders"),
                page("/operator/prices", "deepseek-v4-flash"),
                page("/operator/prices/deepseek-v4-flash", "What the upstream charges"),
                page("/operator/deposits", "Stopped tokens"),
                page("/operator/deposits?state=orphaned", "No deposit is orphaned"),
                page("/operator/parked", "Parked accounts"),
                page("/operator/upstreams", "let through"),
                page("/operator/trail?account=" + account, "open-account"),
                page("/operator/operators", "Name an operator"),
                page("/operator/nothing", "There is no such page"));
    }

    private static Map<String, String> page(String path, String shows) {
        return Map.of("path", path, "shows", shows);
    }

    private static List<Map<String, Object>> roles(Customer customer) {
        return Stream.of("support", "prices", "treasury", "auditor")
                .map(role -> Map.<String, Object>of(
                        "role", role,
                        "secret", Named.of(role).secret(),
                        "paths",
                                List.of(
                                        "",
                                        "/accounts",
                                        "/accounts/" + customer.account(),
                                        "/orders",
                                        "/prices",
                                        "/prices/" + ROUTE.model(),
                                        "/deposits",
                                        "/parked",
                                        "/upstreams",
                                        "/trail",
                                        "/operators")))
                .toList();
    }

    private static List<String> texts(JsonNode seen, String name) {
        return seen.path(name).valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void anOperatorSignsInAndLeavesNothingBehind() {
        var work = found.path("work");
        assertThat(work.path("wrong").asString()).isEqualTo("The token must be an operator's.");
        assertThat(work.path("wrongStays").asString()).as("typed, and gone").isEmpty();
        assertThat(work.path("secretIsGone").asBoolean()).isTrue();
        assertThat(work.path("kept").asString())
                .as("what scripts can read")
                .doesNotContain("gogogo-", anna.secret(), "__Host-");
        assertThat(work.path("cookiesAfter").asInt()).as("signed out").isZero();
        assertThat(texts(work, "violations")).isEmpty();
        assertThat(texts(work, "foreign")).isEmpty();
        // Chromium notes answers of 401, which a wrong secret and a session that is over get.
        assertThat(texts(work, "faults")).allMatch(fault -> fault.contains("status of 401"));
    }

    @Test
    void aTokenIsStoppedForAReasonAndLetGoOn() {
        assertThat(found.path("work").path("chain").asString()).contains("eip155:31337", "goes on");
        assertThat(found.path("work").path("stopped").asString())
                .contains("USDT", anna.name(), "its peg <b>is</b> lost");
        var trail = SYSTEM.operator("GET", "/audit-trail?limit=1000", Map.of()).toString();
        assertThat(trail).contains("stop-token", "eip155:31337/USDT", "its peg <b>is</b> lost", "resume-token");
    }

    @Test
    void whatOneOrdersAndAnotherApprovesTheCustomerHas() {
        var work = found.path("work");
        assertThat(work.path("named").asString()).as("markup is text").contains(MARKUP, account);
        assertThat(work.path("before").asString()).isEqualTo("$0.00");
        assertThat(work.path("after").asString()).isEqualTo("$600,000.00");
        assertThat(work.path("asOf").asString()).startsWith("True as of ");
        var granted = SYSTEM.operator("GET", "/accounts/" + account + "/statement", Map.of())
                .path("data")
                .path(0);
        assertThat(granted.path("amount_usd").asString()).isEqualTo("600000.00");
        assertThat(granted.path("reason").asString()).isEqualTo("a large customer <i>indeed</i>");
        var key = SYSTEM.operator("POST", "/accounts/" + account + "/keys", Map.of("label", "customer's"));
        assertThat(SYSTEM.send("GET", "/v1/credits", key.path("api_key").asString(), "")
                        .body())
                .as("the customer's own balance")
                .contains("\"available_usd\":\"600000.00\"");
    }

    @Test
    void aParkedRecordIsSkippedWithAReason() {
        assertThat(found.path("work").path("parked").asString()).contains("com.gogogoapi.FromTheFuture.v9", "parked");
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                        SYSTEM.operator("GET", "/accounts/" + parked.account() + "/statement", Map.of())
                                .toString())
                .contains("\"type\":\"skip\"", "sent by mistake"));
        assertThat(SYSTEM.operator("GET", "/accounts/" + parked.account() + "/parked", Map.of())
                        .path("data")
                        .path(0)
                        .path("ended_by")
                        .asString())
                .isEqualTo(anna.name());
    }

    @Test
    void theTrailSaysWhoDidWhat() {
        var rows = texts(found.path("work"), "trail");
        assertThat(rows)
                .anyMatch(row -> row.contains(ben.name()) && row.contains("approve-order") && row.contains(account));
        assertThat(rows)
                .anyMatch(row -> row.contains(anna.name())
                        && row.contains("a large customer <i>indeed</i>")
                        && row.contains(account));
        assertThat(rows).anyMatch(row -> row.contains(anna.name()) && row.contains("operator-sign-out"));
    }

    @Test
    void aPriceIsTriedAndScheduled() {
        var work = found.path("work");
        assertThat(work.path("preview").asString())
                .contains("Charged for 0 requests", "Margin at this price", "below its cost 1 time");
        assertThat(work.path("scheduled").asString()).contains("9.00 / 1.00 / 0.000001", carl.name(), "dearer inputs");
        var newest = SYSTEM.operator("GET", "/routes/" + ROUTE.model(), Map.of())
                .path("prices")
                .path(0);
        assertThat(newest.path("announced_by").asString()).isEqualTo(carl.name());
        assertThat(Instant.parse(newest.path("valid_from").asString())).isAfter(Instant.parse("2029-12-30T00:00:00Z"));
        assertThat(SYSTEM.send("GET", "/v1/pricing/" + ROUTE.model(), "", "").body())
                .contains("\"output_usd_per_million\":\"2.00\"");
    }

    @Test
    void aRevokedOperatorSeesNothingMore() {
        var work = found.path("work");
        assertThat(work.path("revoked").asInt()).isEqualTo(200);
        assertThat(work.path("shownAfter").asString())
                .contains("Operator’s secret")
                .doesNotContain("Keys in use", "Sign out");
    }

    @Test
    void everyPageReadsWellOnEveryScreen() {
        var visits = found.path("visits");
        assertThat(visits.size()).isEqualTo(16 * 4);
        for (var seen : visits) {
            var visit = seen.path("visit").asString();
            assertThat(seen.path("shown").asBoolean()).as(visit + ": is there").isTrue();
            assertThat(seen.path("overflow").asInt())
                    .as(visit + ": nothing sticks out")
                    .isZero();
            assertThat(texts(seen, "violations")).as(visit + ": accessible").isEmpty();
            assertThat(texts(seen, "foreign"))
                    .as(visit + ": nothing from elsewhere")
                    .isEmpty();
            // Chromium notes answers of 404, which an account that is none gets.
            assertThat(texts(seen, "faults"))
                    .as(visit + ": no errors")
                    .allMatch(fault -> fault.contains("status of 404") && visit.contains("acct_none"));
            assertThat(texts(seen, "focus"))
                    .as(visit + ": what is focused shows it")
                    .allMatch(outline -> outline.equals("body") || !outline.equals("none"));
            if (!visit.matches(".*(nothing|nobody|acct_none).*")) {
                assertThat(seen.path("sources").asInt())
                        .as(visit + ": figures show their request")
                        .isPositive();
            }
        }
    }

    /** A page that is not a role's is not in its navigation, and says so to whoever opens it all the same. */
    @Test
    void everyRoleFindsWhatIsItsBusiness() {
        var addresses = Map.ofEntries(
                entry("Accounts", "/accounts"),
                entry("Orders", "/orders"),
                entry("Prices", "/prices"),
                entry("Deposits", "/deposits"),
                entry("Parked accounts", "/parked"),
                entry("Audit trail", "/trail"),
                entry("Operators", "/operators"));
        assertThat(found.path("roles").size()).isEqualTo(4);
        for (var seen : found.path("roles")) {
            var role = seen.path("role").asString();
            assertThat(texts(seen, "links"))
                    .as(role)
                    .containsExactlyElementsOf(NAVIGATION.entrySet().stream()
                            .filter(page -> page.getValue().contains(role))
                            .map(Map.Entry::getKey)
                            .toList());
            assertThat(texts(seen, "faults")).as(role).allMatch(fault -> fault.contains("status of 403"));
            var texts = seen.path("texts");
            addresses.forEach((name, path) -> assertThat(texts.path(path).asString())
                    .as("%s at %s", role, path)
                    .matches(text -> text.contains("must have one of the roles")
                            != NAVIGATION.get(name).contains(role)));
            var ofTheAccount = found(texts, "/accounts/acct_");
            assertThat(ofTheAccount.contains("Grant credit…")).as(role).isEqualTo(role.equals("treasury"));
            assertThat(ofTheAccount.contains("Correct…")).as(role).isEqualTo(role.equals("treasury"));
            assertThat(ofTheAccount.contains("Issue a key…")).as(role).isEqualTo(role.equals("support"));
            assertThat(ofTheAccount.contains("Change the limits…")).as(role).isEqualTo(role.equals("support"));
            assertThat(ofTheAccount.contains("API keys"))
                    .as(role)
                    .isEqualTo(List.of("support", "auditor").contains(role));
            assertThat(found(texts, "/prices/console-").contains("Publish the price"))
                    .as(role)
                    .isEqualTo(role.equals("prices"));
            assertThat(texts.path("/operators").asString()).as(role).doesNotContain("Name an operator…", "Renew…");
        }
    }

    private static String found(JsonNode texts, String beginning) {
        return texts.properties().stream()
                .filter(page -> page.getKey().startsWith(beginning))
                .map(page -> page.getValue().asString())
                .findFirst()
                .orElseThrow();
    }

    /** Customers do not load it: another script, at another address. */
    @Test
    void theConsoleIsABundleOfItsOwn() {
        var page = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(SYSTEM.url("/operator"))).GET());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
        var scripts = Pattern.compile("(?:src|href)=\"(/[^\"]+\\.js)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(scripts).isNotEmpty().allMatch(script -> script.startsWith("/operator/assets/"));
        assertThat(scripts.stream().mapToLong(OperatorConsoleTest::compressed).sum())
                .as("200 kB of script at most, compressed")
                .isLessThan(200_000);
        var customers = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(SYSTEM.url("/dashboard"))).GET());
        assertThat(customers.body()).doesNotContain("/operator");
    }

    private static long compressed(String script) {
        var asset = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url(script)))
                .header("Accept-Encoding", "gzip")
                .GET());
        assertThat(asset.statusCode()).as(script).isEqualTo(200);
        return asset.headers().firstValueAsLong("Content-Length").orElseThrow();
    }
}
