package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.EvmKey;
import com.gogogoapi.simulator.chain.LocalChain;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes wrong between a signature and its block: in each case one payment is one credit, and none is lost or taken twice. */
@Tag("integration")
@Tag("long")
class PaymentFaultsTest {

    private static final int FINALITY = 8;
    private static final String RESOURCE = "/chat/completions";
    private static final String STRANGERS_KEY = "7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6";
    private static final AtomicLong CHAINS = new AtomicLong(910_430);

    private static LedgersHand ledger;

    /** Each test has one of its own, on which nothing waits that another has sent. */
    private LocalChain chain;

    private String usdc;

    @BeforeAll
    static void startLedger() {
        ledger = LedgersHand.start();
    }

    @AfterAll
    static void stopLedger() {
        ledger.close();
    }

    @BeforeEach
    void start() throws IOException {
        chain = LocalChain.start(LocalChain.Options.inMemory(CHAINS.incrementAndGet(), FINALITY / 2));
        usdc = chain.deploy("UsdcLike");
        chain.send(usdc, "mint(address,uint256)", Payer.address(), BigInteger.TEN.pow(15));
        // So many that a reorganisation leaves the payer what he has.
        chain.mine(4);
    }

    @AfterEach
    void stop() {
        chain.close();
    }

    private List<String> settings(String database, String... more) {
        var settings = RunningFunding.chain(
                chain,
                List.of(chain.url()),
                Map.of("USDC", usdc),
                "tokens.USDC.domain-name=USD Coin",
                "tokens.USDC.domain-version=2");
        settings.add("--gogogoapi.funding.x402.settler.private-key=" + Payer.SETTLERS_KEY);
        settings.add("--gogogoapi.funding.x402.settler.max-spend-per-day=1");
        settings.add("--gogogoapi.funding.x402.settler.bump-after=1s");
        settings.add("--gogogoapi.funding.x402.answer-within=2s");
        settings.add("--gogogoapi.funding.x402.early-credit-per-day=20");
        settings.addAll(List.of(more));
        return RunningFunding.settings(Infrastructure.shared().newDatabase(database), ledger, settings);
    }

    private static JsonNode json(RunningFunding funding, String path, String account, Map<String, ?> body) {
        var answer = funding.send(
                "POST",
                "/internal/top-ups" + path,
                Map.of("gogogoapi-account", account),
                JsonMapper.shared().writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static Payer payer(RunningFunding funding, String account) {
        var offer = json(
                funding,
                "/offers",
                account,
                Map.of("missing_usd", "1", "url", "http://localhost/v1" + RESOURCE, "error", "Pay."));
        return new Payer(offer.path("payment_required"), 0);
    }

    private static JsonNode pay(RunningFunding funding, String account, Payer payer) {
        return json(funding, "", account, Map.of("payment", payer.header(), "resource", RESOURCE, "until", "credited"));
    }

    private static JsonNode standing(RunningFunding funding, String account, JsonNode payment) {
        return funding.get(account, "/top-ups/" + payment.path("id").asString());
    }

    private void awaitStanding(RunningFunding funding, String account, JsonNode payment, String state, int blocksEach) {
        await().atMost(RunningFunding.SOON).untilAsserted(() -> {
            if (blocksEach > 0) {
                chain.mine(blocksEach);
            }
            assertThat(standing(funding, account, payment).path("state").asString())
                    .isEqualTo(state);
        });
    }

    private void awaitOneDeposit(RunningFunding funding, String account) {
        await().atMost(RunningFunding.SOON).untilAsserted(() -> {
            chain.mine(1);
            assertThat(funding.deposits(account))
                    .extracting(deposit -> deposit.path("state").asString())
                    // What is in no block any more is shown, and is nothing.
                    .filteredOn(state -> !state.equals("orphaned"))
                    .containsExactly("credited");
        });
    }

    private Map<String, Usd> credited() {
        return ledger.creditedOn(chain);
    }

    /** Settled in one block, and credited. */
    private JsonNode paidEarly(RunningFunding funding, String account, Payer payer) {
        var payment = pay(funding, account, payer).path("payment");
        chain.mine(1);
        await().atMost(RunningFunding.SOON).untilAsserted(() -> assertThat(
                        standing(funding, account, payment).path("credited").asBoolean())
                .isTrue());
        return standing(funding, account, payment);
    }

    @Test
    void itIsKilledBetweenSendingAndAnythingElseAndGoesOn() throws Exception {
        var account = "acct_pay_killed";
        var settings = settings("funding_pay_killed");
        var header = new AtomicReference<Payer>();
        var payment = new AtomicReference<JsonNode>();
        try (var killed = InstancesTest.startProcess(settings)) {
            header.set(payer(killed, account));
            payment.set(pay(killed, account, header.get()).path("payment"));
        }
        // What it sent is as if it had never been: only its own row tells of it.
        chain.rpc("anvil_dropAllTransactions");
        try (var next = RunningFunding.start(settings)) {
            awaitStanding(next, account, payment.get(), "settled", 1);
            var again = pay(next, account, header.get());
            assertThat(again.path("payment").path("id")).isEqualTo(payment.get().path("id"));
            awaitStanding(next, account, payment.get(), "arrived", 1);
            awaitOneDeposit(next, account);
        }
        assertThat(credited()).hasSize(1);
    }

    @Test
    void whatIsReorganisedAwayAfterItWasCreditedIsSettledAgainAndIsTheSameCredit() {
        var account = "acct_pay_reorganised";
        try (var funding = RunningFunding.start(settings("funding_pay_reorganised"))) {
            var payer = payer(funding, account);
            var payment = paidEarly(funding, account, payer);
            var first = payment.path("transaction").asString();
            // Somebody else's transaction has it now, and ours is in no block.
            var stranger = EvmKey.parse(STRANGERS_KEY);
            var other = stranger.sign(new EvmKey.Call(
                    chain.id(),
                    0,
                    BigInteger.ONE,
                    BigInteger.TEN.pow(11),
                    200_000,
                    EvmAddress.parse(usdc),
                    payer.call()));
            chain.reorganise(2, other.bytes(), 1);
            awaitStanding(funding, account, payment, "arrived", 1);
            assertThat(standing(funding, account, payment).path("transaction").asString())
                    .isEqualTo(other.hash())
                    .isNotEqualTo(first);
            awaitOneDeposit(funding, account);
            assertThat(credited()).hasSize(1);
            assertThat(credited().keySet()).noneMatch(reference -> reference.contains(other.hash()));
        }
    }

    @Test
    void whatIsCreditedAndNeverArrivesIsCounted() {
        var account = "acct_pay_lost";
        try (var funding = RunningFunding.start(settings("funding_pay_lost"))) {
            var payer = payer(funding, account).valid(0, Instant.now().getEpochSecond() + 15);
            var payment = paidEarly(funding, account, payer);
            chain.reorganise(2);
            chain.rpc("anvil_dropAllTransactions");
            chain.send(usdc, "setPaused(bool)", true);
            chain.mine(1);
            awaitStanding(funding, account, payment, "failed", 1);
            assertThat(funding.send("GET", "/actuator/prometheus", Map.of(), "").body())
                    .contains("gogogoapi_funding_early_credits_lost 1.0");
        }
    }

    @Test
    void whatIsInNoBlockIsSentAgainForMore() {
        var account = "acct_pay_bumped";
        try (var funding = RunningFunding.start(settings("funding_pay_bumped"))) {
            var payment = pay(funding, account, payer(funding, account)).path("payment");
            var first = pendingOfSettler();
            await().atMost(RunningFunding.SOON)
                    .untilAsserted(() -> assertThat(pendingOfSettler()).isNotEqualTo(first));
            awaitStanding(funding, account, payment, "arrived", 1);
            awaitOneDeposit(funding, account);
        }
    }

    private String pendingOfSettler() {
        var hashes = new ArrayList<String>();
        chain.rpc("txpool_content")
                .path("pending")
                .forEach(sender -> sender.forEach(
                        transaction -> hashes.add(transaction.path("hash").asString())));
        assertThat(hashes).hasSize(1);
        return hashes.getFirst();
    }

    @Test
    void whatWasVerifiedAndCannotBeSettledIsRefusedAndNothingIsCredited() {
        var account = "acct_pay_reverted";
        try (var funding = RunningFunding.start(settings("funding_pay_reverted"))) {
            var payer = payer(funding, account);
            var payment = pay(funding, account, payer).path("payment");
            chain.rpc("anvil_dropAllTransactions");
            chain.send(usdc, "setPaused(bool)", true);
            chain.mine(1);
            awaitStanding(funding, account, payment, "failed", 1);
            var again = pay(funding, account, payer);
            assertThat(again.path("outcome").asString()).isEqualTo("refused");
            assertThat(again.path("message").asString()).contains("must be another one");
            assertThat(credited()).isEmpty();
        }
    }

    @Test
    void aSettlerThatMaySpendNothingMoreTakesNothing() {
        var account = "acct_pay_dear";
        try (var funding = RunningFunding.start(
                settings("funding_pay_dear", "--gogogoapi.funding.x402.settler.max-fee-per-gas=1"))) {
            var answer = funding.send(
                    "POST",
                    "/internal/top-ups",
                    Map.of("gogogoapi-account", account),
                    JsonMapper.shared()
                            .writeValueAsString(Map.of(
                                    "payment",
                                    payer(funding, account).header(),
                                    "resource",
                                    RESOURCE,
                                    "until",
                                    "settled")));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("payment_unavailable").contains("nothing was taken");
        }
    }

    @Test
    void aSettlerWithoutGasTakesNothing() {
        var account = "acct_pay_no_gas";
        var settings = new ArrayList<>(settings("funding_pay_no_gas"));
        settings.replaceAll(setting -> setting.replace(Payer.SETTLERS_KEY, "11".repeat(32)));
        try (var funding = RunningFunding.start(settings)) {
            var answer = funding.send(
                    "POST",
                    "/internal/top-ups",
                    Map.of("gogogoapi-account", account),
                    JsonMapper.shared()
                            .writeValueAsString(Map.of(
                                    "payment",
                                    payer(funding, account).header(),
                                    "resource",
                                    RESOURCE,
                                    "until",
                                    "settled")));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("payment_unavailable");
        }
    }

    @Test
    void aFacilitatorsWordIsNotBelieved() throws IOException {
        var account = "acct_facilitator";
        var settles = new AtomicInteger();
        var answer = new AtomicReference<>("{\"success\":true,\"transaction\":\"0x" + "ab".repeat(32)
                + "\",\"network\":\"eip155:" + chain.id() + "\"}");
        var facilitator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        facilitator.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        facilitator.createContext("/", exchange -> {
            try (exchange) {
                var asked = JsonMapper.shared().readTree(exchange.getRequestBody());
                var isVerify = exchange.getRequestURI().getPath().equals("/verify");
                settles.addAndGet(isVerify ? 0 : 1);
                var wellFormed = asked.path("x402Version").asInt() == 2
                        && asked.path("paymentPayload").path("payload").has("signature")
                        && asked.path("paymentRequirements").has("payTo");
                var body =
                        (isVerify ? "{\"isValid\":" + wellFormed + "}" : answer.get()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        facilitator.start();
        try (var funding = RunningFunding.start(settings(
                        "funding_facilitator",
                        "--gogogoapi.funding.x402.facilitator.url=http://127.0.0.1:"
                                + facilitator.getAddress().getPort() + "/")
                .stream()
                .filter(setting -> !setting.contains("private-key"))
                .toList())) {
            var payer = payer(funding, account);
            var payment = pay(funding, account, payer);
            assertThat(payment.path("outcome").asString()).isEqualTo("pending");
            assertThat(settles).hasValue(1);
            chain.mine(FINALITY);
            assertThat(pay(funding, account, payer).path("outcome").asString()).isEqualTo("pending");
            assertThat(credited()).isEmpty();
            // Now it is in a block, whoever brought it there.
            chain.rpc(
                    "eth_sendTransaction",
                    Map.of("from", chain.wallet(4), "to", usdc, "data", payer.call(), "gas", "0x30d40"));
            awaitStanding(funding, account, payment.path("payment"), "arrived", 1);
            awaitOneDeposit(funding, account);
            assertThat(credited()).hasSize(1);
            assertThat(settles).hasValue(1);
        } finally {
            facilitator.stop(0);
        }
    }
}
