package com.gogogoapi.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Passkeys and step-up in a real Chromium, whose virtual authenticator is the device. */
@Tag("acceptance")
class SignInTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer CUSTOMER = SYSTEM.customer("1.00");
    private static final String OWNER = "owner-" + UUID.randomUUID() + "@example.com";
    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    private static JsonNode found;

    @BeforeAll
    static void browse() throws Exception {
        Chromium.require();
        var link = SignedInBrowser.link(SYSTEM, CUSTOMER.account(), OWNER);
        var helper = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(helper, "/an-hour-passes", () -> {
            AccountDatabase.anHourPasses(SYSTEM, OWNER);
            return "";
        });
        answer(helper, "/code", () -> Mails.of(SYSTEM).code(OWNER));
        helper.start();
        try {
            found = Chromium.drivenBy(
                    "sign-in",
                    SYSTEM,
                    Map.of(
                            "link",
                            link,
                            "helper",
                            "http://127.0.0.1:" + helper.getAddress().getPort()),
                    Duration.ofMinutes(10));
        } finally {
            helper.stop(0);
        }
    }

    private static void answer(HttpServer server, String path, Supplier<String> what) {
        server.createContext(path, exchange -> answer(exchange, what));
    }

    private static void answer(HttpExchange exchange, Supplier<String> what) throws IOException {
        try (exchange) {
            var said = what.get().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, said.length == 0 ? -1 : said.length);
            exchange.getResponseBody().write(said);
        }
    }

    private static String text(String name) {
        return found.path(name).asString();
    }

    @Test
    void aPasskeyIsAddedUnderANameAndOnceADevice() {
        assertThat(text("added")).contains(MARKUP, "Remove");
        assertThat(text("again")).contains("This device has a passkey of yours already.");
    }

    @Test
    void itSignsInWithASessionOfItsOwnAndToOurDashboard() {
        assertThat(text("after")).isEqualTo(SYSTEM.url("/dashboard"));
        assertThat(text("linkCookie")).isNotEmpty();
        assertThat(text("passkeyCookie")).isNotEmpty().isNotEqualTo(text("linkCookie"));
        assertThat(text("used")).doesNotContain("–");
        var trail = SYSTEM.operator("GET", "/audit-trail?account=" + CUSTOMER.account(), Map.of())
                .toString();
        assertThat(trail).contains("add-passkey", "by a passkey", "remove-passkey");
    }

    @Test
    void aDeviceThatIsNotUnlockedOrWhosePasskeyWasRemovedSignsNobodyIn() {
        assertThat(found.path("unverified").path("cookie").asString()).isEmpty();
        assertThat(found.path("unverified").path("url").asString()).endsWith("/sign-in");
        assertThat(text("removed")).contains("The passkey must be one of yours");
    }

    @Test
    void whatHandsOutPowerAsksOnceMoreAndGoesOn() {
        assertThat(text("key")).startsWith("sk-gogogo-");
        assertThat(text("cancelled")).contains("must have shown", "who he is");
        assertThat(text("stillThere")).contains(MARKUP);
        assertThat(text("wrongCode")).contains("code must be the last one");
    }

    @Test
    void pagesAreAccessibleWithoutErrorsAndWithoutScriptsToo() {
        for (var page : new String[] {"addedViolations", "signInViolations", "dialogViolations", "faults"}) {
            assertThat(found.path(page).valueStream().map(JsonNode::asString).toList())
                    .as(page)
                    .isEmpty();
        }
        assertThat(text("withoutScripts")).contains("Send me a link").doesNotContain("passkey");
    }
}
