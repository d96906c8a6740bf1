package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What a browser that was left signed in can do, and what takes its person. */
@Tag("acceptance")
class StepUpTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer CUSTOMER = SYSTEM.customer("1.00");
    private static final People PEOPLE = People.of(CUSTOMER);
    private static final SignedInBrowser FRESH = SignedInBrowser.owner(CUSTOMER);
    private static final SignedInBrowser LEFT = left(CUSTOMER);
    private static final String NONSENSE = "{\"nonsense\":1}";

    /** Another browser of an owner, in which time has passed. */
    private static SignedInBrowser left(Customer customer) {
        var owner = PEOPLE.asOrganisation().invited("owner");
        var email = SYSTEM.operator("GET", "/accounts/" + customer.account() + "/members", Map.of())
                .path("data")
                .valueStream()
                .filter(member -> member.path("member_id").asString().equals(owner.id()))
                .findFirst()
                .orElseThrow()
                .path("email")
                .asString();
        var browser =
                SignedInBrowser.by(SYSTEM, customer.account(), SignedInBrowser.link(SYSTEM, customer.account(), email));
        AccountDatabase.anHourPasses(browser);
        return browser;
    }

    static Stream<String> routes() throws IOException {
        return RouteRulesTest.documented().entrySet().stream()
                .filter(route -> route.getValue().contains("owner"))
                .map(Map.Entry::getKey)
                .filter(route -> !route.endsWith("changes.atom"));
    }

    static Stream<String> documented() throws IOException {
        return RouteRulesTest.documentedStepUp().stream();
    }

    private static String address(String path) {
        // Events as they come would go on for an hour.
        var ending = path.endsWith("/events") ? path + "?seconds=1" : path;
        return ending.replace("{member}", UUID.randomUUID().toString())
                .replace("{keyId}", "key_0")
                .replace("{grantId}", UUID.randomUUID().toString())
                .replace("{depositId}", UUID.randomUUID().toString())
                .replace("{month}", "2026-01")
                .replace("{payment}", "01a21049-56f2-7d46-8bdb-053a606b9931")
                .replace("{requestId}", UUID.randomUUID().toString())
                .replace("{webhookId}", UUID.randomUUID().toString())
                .replace("{response}", "resp_0")
                .replace("{invitation}", "inv_0")
                .replace("{passkey}", "passkey_0");
    }

    private static int status(SignedInBrowser browser, String method, String path, String expected) {
        var answer = browser.call(method, address(path), method.equals("GET") ? "" : NONSENSE);
        assertThat(answer.body().contains("step_up_required"))
                .as("%s %s answered %d %s", method, path, answer.statusCode(), answer.body())
                .isEqualTo(!expected.isEmpty());
        return answer.statusCode();
    }

    /** What the document says needs it, and nothing else of what an owner does. */
    @ParameterizedTest
    @MethodSource({"routes", "documented"})
    void whatHandsOutPowerNeedsItAndNothingElse(String route) throws IOException {
        var parts = route.split(" ", 2);
        var needsIt = RouteRulesTest.documentedStepUp().contains(route);
        if (needsIt) {
            assertThat(status(LEFT, parts[0], parts[1], "step_up_required")).isEqualTo(403);
        } else {
            status(LEFT, parts[0], parts[1], "");
        }
        status(FRESH, parts[0], parts[1], "");
    }

    @Test
    void aKeyIsNotAsked() {
        var owner = PEOPLE.invited("owner");
        assertThat(owner.send("POST", "/keys", Map.of("label", "by a key")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aMailedCodeLetsTheSameSessionGoOn() throws Exception {
        var customer = SYSTEM.customer("1.00");
        var browser = SignedInBrowser.owner(customer);
        AccountDatabase.anHourPasses(browser);
        var key = "{\"label\":\"after a code\"}";
        assertThat(browser.call("POST", "/keys", key).body()).contains("step_up_required");
        var forged = browser.call("POST", "/session/confirmation/code", "{}", Map.of("X-CSRF-Token", ""));
        assertThat(forged.statusCode()).isEqualTo(403);
        var email = SignedInBrowser.json(browser.call("GET", "/session", ""))
                .path("email")
                .asString();
        var asked = browser.call("POST", "/session/confirmation/code", "{}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        var code = Mails.of(SYSTEM).code(email);
        assertThat(confirm(browser, "00000-00000").statusCode()).isEqualTo(422);
        assertThat(confirm(browser, code).statusCode()).isEqualTo(200);
        assertThat(browser.call("POST", "/keys", key).statusCode()).isEqualTo(200);
        assertThat(confirm(browser, code).statusCode()).as("once").isEqualTo(422);
    }

    private static HttpResponse<String> confirm(SignedInBrowser browser, String code) {
        return browser.call(
                "POST", "/session/confirmation", JsonMapper.shared().writeValueAsString(Map.of("code", code)));
    }
}
