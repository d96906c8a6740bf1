package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is final waits for as long as there is a reason, which is shown, and is credited once there is none. */
@Tag("integration")
@Tag("slow")
class StopsTest {

    private static final int FINALITY = 4;

    private static LocalChain chain;
    private static LedgersHand ledger;
    private static RunningFunding funding;
    private static String usdc;
    private static String usdt;
    private static HttpServer others;
    private static volatile String price = "1.0001";
    private static volatile String decision = "allow";

    @BeforeAll
    static void start() throws IOException {
        chain = LocalChain.start(LocalChain.Options.inMemory(910_004, FINALITY / 2));
        ledger = LedgersHand.start();
        usdc = chain.deploy("UsdcLike");
        usdt = chain.deploy("UsdtLike");
        for (var token : List.of(usdc, usdt)) {
            chain.send(token, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
        }
        chain.mine(1);
        others = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        others.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        answers("/price", () -> "{\"usdt\":{\"usd\":" + price + "}}");
        answers("/screening", () -> "{\"decision\":\"" + decision + "\",\"reason\":\"case 7\"}");
        others.start();
        var url = "http://127.0.0.1:" + others.getAddress().getPort();
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("USDC", usdc);
        tokens.put("USDT", usdt);
        var settings = RunningFunding.chain(
                chain,
                List.of(chain.url()),
                tokens,
                "tokens.USDC.paused-function=paused()",
                "tokens.USDC.blacklist-function=isBlacklisted(address)",
                "tokens.USDT.price.url=" + url + "/price",
                "tokens.USDT.price.pointer=/usdt/usd",
                "tokens.USDT.price.every=1ms");
        settings.add("--gogogoapi.funding.screening.url=" + url + "/screening");
        settings.add("--gogogoapi.funding.screening.ask-again-after=200ms");
        settings.add("--gogogoapi.funding.look-again-after=200ms");
        funding = RunningFunding.start(
                RunningFunding.settings(Infrastructure.shared().newDatabase("funding_stops"), ledger, settings));
    }

    private interface Body {
        String text();
    }

    private static void answers(String path, Body body) {
        others.createContext(path, exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                var bytes = body.text().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    @AfterAll
    static void stop() {
        funding.close();
        ledger.close();
        others.stop(0);
        chain.close();
    }

    private static String deposit(String token, String account) {
        var sent = chain.send(token, "transfer(address,uint256)", funding.address(account), 1_500_000);
        chain.mine(1);
        return sent;
    }

    private static void awaitWaitsFor(String account, String sent, String reason) {
        await().atMost(RunningFunding.SOON).untilAsserted(() -> {
            assertThat(funding.deposits(account, sent)).singleElement().satisfies(deposit -> {
                assertThat(deposit.path("state").asString()).isEqualTo("final");
                assertThat(deposit.path("waits_for").asString("")).contains(reason);
            });
        });
        assertThat(ledger.creditedOn(chain).keySet()).noneMatch(reference -> reference.contains(sent));
    }

    private static void awaitCredited(String account, String sent) {
        funding.awaitState(account, sent, "credited");
        assertThat(ledger.creditedOn(chain)).containsEntry("eip155:910004/" + sent + "/0", Usd.usd("1.50"));
    }

    @Test
    void aPausedTokenWaits() {
        var sent = deposit(usdc, "acct_paused");
        chain.send(usdc, "setPaused(bool)", true);
        chain.mine(FINALITY + 1);
        awaitWaitsFor("acct_paused", sent, "paused");
        chain.send(usdc, "setPaused(bool)", false);
        chain.mine(1);
        awaitCredited("acct_paused", sent);
    }

    @Test
    void aBlacklistedAddressWaitsAndOthersDoNot() {
        var sent = deposit(usdc, "acct_blacklisted");
        var beside = deposit(usdc, "acct_beside");
        chain.send(usdc, "setBlacklisted(address,bool)", funding.address("acct_blacklisted"), true);
        chain.mine(FINALITY + 1);
        awaitWaitsFor("acct_blacklisted", sent, "blacklisted");
        awaitCredited("acct_beside", beside);
        chain.send(usdc, "setBlacklisted(address,bool)", funding.address("acct_blacklisted"), false);
        chain.mine(1);
        awaitCredited("acct_blacklisted", sent);
    }

    @Test
    void aTokenThatLostItsPegWaits() {
        price = "0.9799";
        var sent = deposit(usdt, "acct_depeg");
        var other = deposit(usdc, "acct_no_depeg");
        chain.mine(FINALITY + 1);
        awaitWaitsFor("acct_depeg", sent, "worth less than 0.98 USD");
        awaitCredited("acct_no_depeg", other);
        price = "0.98";
        awaitCredited("acct_depeg", sent);
    }

    @Test
    void anOperatorsHandStopsATokenAndLetsItGoOn() {
        var by = Map.of("gogogoapi-operator", "ann");
        var path = "/internal/token-stops/eip155:910004/USDC";
        assertThat(funding.send("PUT", path, by, "{\"reason\":\"The bridge is being looked at.\"}")
                        .statusCode())
                .isEqualTo(200);
        var sent = deposit(usdc, "acct_by_hand");
        chain.mine(FINALITY + 1);
        awaitWaitsFor("acct_by_hand", sent, "The bridge is being looked at.");
        assertThat(funding.send("GET", "/internal/token-stops", by, "").body()).contains("\"stopped_by\":\"ann\"");
        assertThat(funding.send("DELETE", path, by, "").body()).contains("\"data\":[]");
        awaitCredited("acct_by_hand", sent);
        assertThat(funding.send("PUT", path, by, "{\"why\":\"x\"}").body())
                .contains("why must be one of the known fields: reason.");
        assertThat(funding.send("PUT", path + "X", by, "{\"reason\":\"x\"}").statusCode())
                .isEqualTo(404);
        assertThat(funding.send("PUT", path, Map.of(), "{\"reason\":\"x\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void whoScreensHasTheLastWord() {
        decision = "hold";
        var sent = deposit(usdc, "acct_screened");
        chain.mine(FINALITY + 1);
        awaitWaitsFor("acct_screened", sent, "being looked at");
        decision = "nonsense";
        awaitWaitsFor("acct_screened", sent, "decision must be allow, hold or reject");
        decision = "reject";
        funding.awaitState("acct_screened", sent, "rejected");
        decision = "allow";
        assertThat(funding.deposits("acct_screened", sent)
                        .getFirst()
                        .path("reason")
                        .asString())
                .isEqualTo("screening");
        var next = deposit(usdc, "acct_screened");
        chain.mine(FINALITY + 1);
        awaitCredited("acct_screened", next);
        assertThat(ledger.creditedOn(chain).keySet()).noneMatch(reference -> reference.contains(sent));
    }
}
