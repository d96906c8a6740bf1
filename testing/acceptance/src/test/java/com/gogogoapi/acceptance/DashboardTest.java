package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The front page, signing in and the dashboard in a real Chromium: the first run by keyboard, every page on a phone and a desktop,
 * light and dark, and what each role finds.
 */
@Tag("acceptance")
class DashboardTest {

    private static final Duration WITHIN = Duration.ofSeconds(600);
    private static final String MARKUP = "<b>Ada & Co</b> <script>alert(1)</script>";

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static JsonNode found;

    @BeforeAll
    static void browse() throws Exception {
        Chromium.require();
        var newcomer = accountCalled("a newcomer");
        var told = new LinkedHashMap<String, Object>();
        told.put("firstRun", link(newcomer));
        var customer = SYSTEM.customer("5.00");
        SYSTEM.operator("POST", "/accounts/" + customer.account() + "/organisation", Map.of("name", MARKUP));
        assertThat(customer.complete(Customer.chat("Hello", 5, false)).statusCode())
                .isEqualTo(200);
        var request = customer.lastLine().path("request_id").asString();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> SYSTEM.send("GET", "/api/v1/requests/" + request, customer.apiKey(), "")
                                .statusCode()
                        == 200);
        told.put("topUp", link(accountCalled("a payer")));
        told.put("tour", link(customer.account()));
        assertThat(SYSTEM.send(
                                "POST",
                                "/api/v1/deposit-addresses/test-payments",
                                customer.apiKey(),
                                "{\"chain_id\":\"eip155:31337\",\"token\":\"USDT\",\"amount\":\"5\"}")
                        .statusCode())
                .isEqualTo(200);
        told.put("pages", pages(customer, request));
        told.put("roles", roles());
        found = Chromium.drivenBy("dashboard", SYSTEM, told, WITHIN);
    }

    private static String accountCalled(String name) {
        var account = SYSTEM.operator("POST", "/accounts", Map.of("name", name))
                .path("account_id")
                .asString();
        SYSTEM.operator("POST", "/accounts/" + account + "/grants", Map.of("amount_usd", "5.00", "reference", "first"));
        return account;
    }

    private static String link(String account) {
        return SignedInBrowser.link(SYSTEM, account, "owner-" + UUID.randomUUID() + "@example.com");
    }

    /** With what each shows when it is there, another's things included: they are none. */
    private static List<Map<String, String>> pages(Customer customer, String request) {
        var another = SYSTEM.customer("1.00");
        return List.of(
                page("/", "Know what a request costs"),
                page("/docs", "For customers"),
                page("/docs/clients", "base URL"),
                page("/docs/audit", "A receipt"),
                page("/status", "Everything answers."),
                page("/sign-in", "Send me a link"),
                page("/sign-in/sent", "Look into your mail"),
                page("/sign-in/link?token=x", "Press the button"),
                page("/invitation#in-gogogo-none", "You are invited"),
                page("/dashboard", "Credit available"),
                page("/dashboard/", "Credit available"),
                page("/dashboard/keys", "test"),
                page("/dashboard/keys/" + customer.keyId(), "Label and limits"),
                page("/dashboard/keys/" + another.keyId(), "This account has no such key"),
                page("/dashboard/requests", "completed"),
                page("/dashboard/requests?model=none", "No requests are like that"),
                page("/dashboard/requests/" + request, "Refunded"),
                page("/dashboard/requests/" + UUID.randomUUID(), "no such request"),
                page("/dashboard/quote", "Type a prompt"),
                page("/dashboard/activity", "Together"),
                page("/dashboard/activity?by=key&then=route", "test"),
                page("/dashboard/organisation", "Invite somebody"),
                page("/dashboard/alerts", "No webhooks yet"),
                page("/dashboard/credit", "Balance by grant"),
                page("/dashboard/top-up", "credited"),
                page("/dashboard/account", "this one"),
                page("/dashboard/nothing", "There is no such page"));
    }

    private static Map<String, String> page(String path, String shows) {
        return Map.of("path", path, "shows", shows);
    }

    private static List<Map<String, String>> roles() {
        var organisation = SYSTEM.customer("1.00");
        var people = People.of(organisation).asOrganisation();
        return Stream.of("owner", "admin", "billing", "developer", "viewer")
                .map(role -> {
                    var person = people.invited(role);
                    var email = SYSTEM.operator("GET", "/accounts/" + organisation.account() + "/members", Map.of())
                            .path("data")
                            .valueStream()
                            .filter(member ->
                                    member.path("member_id").asString().equals(person.id()))
                            .findFirst()
                            .orElseThrow()
                            .path("email")
                            .asString();
                    return Map.of("role", role, "link", SignedInBrowser.link(SYSTEM, organisation.account(), email));
                })
                .toList();
    }

    private static List<String> texts(JsonNode seen, String name) {
        return seen.path(name).valueStream().map(JsonNode::asString).toList();
    }

    /** Signs in although a scanner was there before, and is done in two minutes with the keyboard alone. */
    @Test
    void theFirstRunEndsWithABillThatIsUnderstood() {
        var run = found.path("firstRun");
        assertThat(run.path("credit").asString()).isEqualTo("$5.00");
        assertThat(run.path("key").asString()).matches("sk-gogogo-[0-9A-Za-z]{49}");
        assertThat(run.path("keyIsGone").asBoolean()).as("shown once").isTrue();
        assertThat(run.path("label").asString()).as("markup is text").contains("<img src=x onerror=alert(1)>");
        assertThat(run.path("budget").asString()).contains("$2.50 a day");
        assertThat(run.path("bill").asString()).contains("tokens for $0.0", "of what was held came back");
        assertThat(texts(run, "story"))
                .containsExactly("Quote", "Held", "The upstream’s end", "Usage", "Charged", "Refunded");
        assertThat(run.path("asOf").asString()).matches("(?s)True as of event \\d+ of shard \\d+.*");
        assertThat(run.path("seconds").asDouble()).isLessThan(120);
        assertThat(run.path("cookiesAfter").asInt()).as("signed out").isZero();
        assertThat(run.path("again").asString()).isEqualTo("This link is over");
        assertThat(texts(run, "violations")).isEmpty();
        assertThat(texts(run, "faults")).isEmpty();
        assertThat(texts(run, "foreign")).isEmpty();
    }

    /** With the keyboard alone, and without looking anew. */
    @Test
    void fiveTestTokensBecomeCreditWhileOneLooks() {
        var topUp = found.path("topUp");
        assertThat(topUp.path("address").asString()).matches("0x[0-9a-fA-F]{40}");
        assertThat(topUp.path("qr").asString()).contains(topUp.path("address").asString());
        assertThat(topUp.path("wallet").asString())
                .matches("ethereum:0x[0-9a-fA-F]{40}@31337/transfer\\?address="
                        + topUp.path("address").asString());
        assertThat(topUp.path("page").asString()).contains("This is a test", "worth nothing", "Only USDC and USDT");
        assertThat(topUp.path("row").asString()).contains("credited", "5 USDC", "$5.00", "Local test chain");
        assertThat(topUp.path("before").asString()).isEqualTo("$5.00");
        assertThat(topUp.path("after").asString()).isEqualTo("$10.00");
        assertThat(texts(topUp, "violations")).isEmpty();
        assertThat(texts(topUp, "faults")).isEmpty();
        assertThat(texts(topUp, "foreign")).isEmpty();
    }

    @Test
    void everyPageReadsWellOnEveryScreen() {
        var visits = found.path("visits");
        assertThat(visits.size()).isEqualTo(27 * 4);
        for (var seen : visits) {
            var visit = seen.path("visit").asString();
            assertThat(seen.path("overflow").asInt())
                    .as(visit + ": nothing sticks out")
                    .isZero();
            assertThat(texts(seen, "violations")).as(visit + ": accessible").isEmpty();
            assertThat(texts(seen, "foreign"))
                    .as(visit + ": nothing from elsewhere")
                    .isEmpty();
            // Chromium notes answers of 404, which is what another's things are.
            assertThat(texts(seen, "faults"))
                    .as(visit + ": no errors")
                    .allMatch(fault -> fault.contains("status of 404") && visit.matches(".*(keys/|requests/).*"));
            assertThat(texts(seen, "focus"))
                    .as(visit + ": what is focused shows it")
                    .allMatch(outline -> outline.equals("body") || !outline.equals("none"));
        }
    }

    @Test
    void everyRoleFindsWhatItMay() {
        assertThat(found.path("roles").size()).isEqualTo(5);
        for (var seen : found.path("roles")) {
            var role = seen.path("role").asString();
            var texts = seen.path("texts");
            assertThat(texts(seen, "faults")).as(role).isEmpty();
            assertThat(texts.path("").asString()).as(role).contains("Credit available", role);
            assertThat(texts.path("/keys").asString().contains("Create a key"))
                    .as(role + " makes keys")
                    .isEqualTo(List.of("owner", "admin", "developer").contains(role));
            assertThat(texts.path("/credit").asString().contains("True as of"))
                    .as(role + " sees the credit")
                    .isTrue();
            assertThat(texts.path("/credit").asString().contains("The statement is for owners"))
                    .as(role + " sees no statement")
                    .isEqualTo(role.equals("developer"));
            assertThat(texts.path("/credit").asString().contains("Statement of a month"))
                    .as(role + " has statements made")
                    .isEqualTo(List.of("owner", "admin", "billing").contains(role));
            assertThat(texts.path("/organisation").asString().contains("Invite somebody"))
                    .as(role + " invites")
                    .isEqualTo(List.of("owner", "admin").contains(role));
            assertThat(texts.path("/alerts").asString().contains("Its address"))
                    .as(role + " changes alerts")
                    .isEqualTo(List.of("owner", "admin", "billing").contains(role));
            assertThat(texts.path("/quote").asString().contains("While you type nothing is sent"))
                    .as(role + " has requests quoted")
                    .isEqualTo(List.of("owner", "admin", "developer").contains(role));
            assertThat(texts.path("/quote").asString().contains("since they may have keys"))
                    .as(role + " is told why he runs none")
                    .isEqualTo(List.of("billing", "viewer").contains(role));
            var topUp = texts.path("/top-up").asString();
            assertThat(topUp.contains("Address of this account on Local test chain"))
                    .as(role + " tops up")
                    .isEqualTo(List.of("owner", "admin", "billing").contains(role));
            assertThat(topUp.contains("Nothing has arrived yet"))
                    .as(role + " sees what arrived")
                    .isEqualTo(!role.equals("developer"));
            assertThat(texts.path("/credit").asString().contains("Add credit"))
                    .as(role + " is shown where credit is to be had")
                    .isEqualTo(List.of("owner", "admin", "billing").contains(role));
            assertThat(texts.path("/account").asString()).as(role).contains("Where you are signed in", "this one");
        }
    }
}
