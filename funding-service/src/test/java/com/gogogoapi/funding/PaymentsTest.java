package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Payments by signed authorisations: each is settled once, credited once, and never taken for another. */
@Tag("integration")
@Tag("slow")
class PaymentsTest {

    private static final int FINALITY = 6;
    private static final long CHAIN = 910_402;
    private static final String NETWORK = "eip155:" + CHAIN;
    private static final String RESOURCE = "/chat/completions";

    private static LocalChain chain;
    private static LedgersHand ledger;
    private static RunningFunding funding;
    private static String usdc;

    @BeforeAll
    static void start() throws IOException {
        chain = LocalChain.start(LocalChain.Options.inMemory(CHAIN, FINALITY / 2));
        ledger = LedgersHand.start();
        usdc = chain.deploy("UsdcLike");
        chain.send(usdc, "mint(address,uint256)", Payer.address(), BigInteger.TEN.pow(15));
        chain.mine(1);
        funding = RunningFunding.start(settings(Infrastructure.shared().newDatabase("funding_payments")));
    }

    private static List<String> settings(Database database) {
        var more = RunningFunding.chain(
                chain,
                List.of(chain.url()),
                Map.of("USDC", usdc),
                "tokens.USDC.domain-name=USD Coin",
                "tokens.USDC.domain-version=2");
        more.add("--gogogoapi.funding.x402.settler.private-key=" + Payer.SETTLERS_KEY);
        more.add("--gogogoapi.funding.x402.settler.max-spend-per-day=1");
        more.add("--gogogoapi.funding.x402.settler.bump-after=2s");
        more.add("--gogogoapi.funding.x402.answer-within=4s");
        more.add("--gogogoapi.funding.x402.early-credit-per-day=20");
        return RunningFunding.settings(database, ledger, more);
    }

    @AfterAll
    static void stop() {
        funding.close();
        ledger.close();
        chain.close();
    }

    private static JsonNode offer(String account, String missing) {
        var answer = funding.send(
                "POST",
                "/internal/top-ups/offers",
                Map.of("gogogoapi-account", account),
                "{\"missing_usd\":\"" + missing + "\",\"url\":\"http://localhost/v1" + RESOURCE
                        + "\",\"error\":\"Credit is missing.\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static Payer payer(String account, String missing) {
        return new Payer(offer(account, missing).path("payment_required"), 0);
    }

    private static JsonNode pay(String account, String header) {
        return pay(account, header, RESOURCE, "credited", 200);
    }

    private static JsonNode pay(String account, String header, String resource, String until, int status) {
        var answer = funding.send(
                "POST",
                "/internal/top-ups",
                Map.of("gogogoapi-account", account),
                JsonMapper.shared()
                        .writeValueAsString(Map.of("payment", header, "resource", resource, "until", until)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** While blocks are made. */
    private static <T> T mining(Callable<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = threads.submit(work);
            await().atMost(RunningFunding.SOON).until(() -> {
                chain.mine(1);
                return done.isDone();
            });
            return done.get();
        }
    }

    private static Map<String, Usd> creditedBy(JsonNode payment) {
        var credited = new java.util.HashMap<>(ledger.creditedOn(chain));
        credited.keySet()
                .removeIf(reference ->
                        !reference.contains(payment.path("transaction").asString()));
        return credited;
    }

    private static void awaitArrived(String account, JsonNode payment) {
        await().atMost(RunningFunding.SOON).untilAsserted(() -> {
            chain.mine(1);
            var now = funding.get(account, "/top-ups/" + payment.path("id").asString());
            assertThat(now.path("state").asString()).isEqualTo("arrived");
            assertThat(now.path("credited").asBoolean()).isTrue();
            assertThat(funding.deposits(account))
                    .extracting(deposit -> deposit.path("state").asString())
                    .containsOnly("credited");
        });
    }

    @Test
    void whatIsMissingIsOfferedRoundedUpAndALargerPackBesideIt() {
        var required = offer("acct_offered", "2.0000001").path("payment_required");
        assertThat(required.path("x402Version").asInt()).isEqualTo(2);
        assertThat(required.path("accepts")).hasSize(2);
        var first = required.path("accepts").path(0);
        assertThat(first.path("scheme").asString()).isEqualTo("exact");
        assertThat(first.path("network").asString()).isEqualTo(NETWORK);
        assertThat(first.path("amount").asString()).isEqualTo("3000000");
        assertThat(first.path("asset").asString()).isEqualToIgnoringCase(usdc);
        assertThat(first.path("payTo").asString()).isEqualTo(funding.address("acct_offered"));
        assertThat(first.path("maxTimeoutSeconds").asInt()).isEqualTo(300);
        assertThat(first.path("extra").toString()).isEqualTo("{\"name\":\"USD Coin\",\"version\":\"2\"}");
        assertThat(required.path("accepts").path(1).path("amount").asString()).isEqualTo("10000000");
        assertThat(offer("acct_offered", "0.00000001").path("payment_required").path("accepts"))
                .extracting(each -> each.path("amount").asString())
                .containsExactly("1000000", "10000000");
        assertThat(offer("acct_offered", "10.01").path("payment_required").path("accepts"))
                .extracting(each -> each.path("amount").asString())
                .containsExactly("11000000");
    }

    @Test
    void aPaymentIsSettledAndCreditedAtOnceAndTheFinalDepositIsNoSecondCredit() throws Exception {
        var header = payer("acct_paid", "2").header();
        var paid = mining(() -> pay("acct_paid", header));
        assertThat(paid.path("outcome").asString()).as(paid.toString()).isEqualTo("paid");
        var payment = paid.path("payment");
        assertThat(payment.path("credited").asBoolean()).isTrue();
        assertThat(payment.path("amount").asString()).isEqualTo("2.000000");
        assertThat(creditedBy(payment)).hasSize(1).containsValue(Usd.usd("2.00"));
        awaitArrived("acct_paid", payment);
        assertThat(creditedBy(payment)).hasSize(1);
        // The same again, long after: the same payment, and nothing more.
        assertThat(pay("acct_paid", header).path("payment").path("id")).isEqualTo(payment.path("id"));
        assertThat(ledger.creditedOn(chain).entrySet().stream().filter(grant -> grant.getKey()
                        .contains(payment.path("transaction").asString())))
                .hasSize(1);
    }

    @Test
    void twoAtOnceWithOneAuthorisationAreOneSettlementAndOneCredit() throws Exception {
        var header = payer("acct_at_once", "1").header();
        var outcomes = mining(() -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var asked = new ArrayList<java.util.concurrent.Future<JsonNode>>();
                for (var i = 0; i < 8; i++) {
                    asked.add(threads.submit(() -> pay("acct_at_once", header)));
                }
                var all = new ArrayList<JsonNode>();
                for (var each : asked) {
                    all.add(each.get());
                }
                return all;
            }
        });
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.path("outcome").asString())
                        .as(outcome.toString())
                        .isEqualTo("paid"));
        assertThat(outcomes)
                .extracting(outcome -> outcome.path("payment").path("id").asString())
                .containsOnly(outcomes.getFirst().path("payment").path("id").asString());
        awaitArrived("acct_at_once", outcomes.getFirst().path("payment"));
        assertThat(funding.deposits("acct_at_once")).hasSize(1);
        assertThat(creditedBy(outcomes.getFirst().path("payment"))).hasSize(1);
    }

    @Test
    void oneThatIsNotSettledInTimeIsPendingAndTheRepeatGoesOnWithIt() throws Exception {
        var header = payer("acct_slow", "1").header();
        var pending = pay("acct_slow", header);
        assertThat(pending.path("outcome").asString()).isEqualTo("pending");
        var id = pending.path("payment").path("id").asString();
        // Whoever asks what to pay meanwhile hears of it.
        assertThat(offer("acct_slow", "1").path("in_flight").path("id").asString())
                .isEqualTo(id);
        assertThat(pay("acct_slow", header).path("payment").path("id").asString())
                .isEqualTo(id);
        var paid = mining(() -> pay("acct_slow", header));
        assertThat(paid.path("outcome").asString()).isEqualTo("paid");
        assertThat(paid.path("payment").path("id").asString()).isEqualTo(id);
        assertThat(offer("acct_slow", "1").path("in_flight").isNull()).isTrue();
        awaitArrived("acct_slow", paid.path("payment"));
        assertThat(funding.deposits("acct_slow")).hasSize(1);
    }

    @Test
    void moreThanIsAskedForIsCreditedAsWhatArrived() throws Exception {
        var header = payer("acct_over", "1").paying(3_210_000).header();
        var paid = mining(() -> pay("acct_over", header));
        assertThat(creditedBy(paid.path("payment"))).hasSize(1).containsValue(Usd.usd("3.21"));
    }

    @Test
    void overTheLimitOfADayItIsCreditedOnceItIsFinal() throws Exception {
        var header = new Payer(offer("acct_limit", "30").path("payment_required"), 0).header();
        var pending = mining(() -> pay("acct_limit", header));
        assertThat(pending.path("outcome").asString()).isIn("paid", "pending");
        awaitArrived("acct_limit", pending.path("payment"));
        assertThat(creditedBy(pending.path("payment"))).containsValue(Usd.usd("30.00"));
        // What is settled is enough for a top-up by itself.
        var second = new Payer(offer("acct_limit", "30").path("payment_required"), 0).header();
        var settled = mining(() -> pay("acct_limit", second, RESOURCE, "settled", 200));
        assertThat(settled.path("outcome").asString()).isEqualTo("paid");
        // Until the account has it nothing else is asked for.
        if (!settled.path("payment").path("credited").asBoolean()) {
            assertThat(offer("acct_limit", "30").path("in_flight").path("state").asString())
                    .isEqualTo("settled");
        }
        awaitArrived("acct_limit", settled.path("payment"));
        assertThat(offer("acct_limit", "30").path("in_flight").isNull()).isTrue();
    }

    @Test
    void whatIsNotRightIsRefusedByName() {
        var account = "acct_refused";
        var now = Instant.now().getEpochSecond();
        var others = funding.address("acct_other");
        refused(account, payer(account, "1").to(others), "recipient_mismatch");
        // To the other account, presented by this one: whatever its body says.
        refused(account, payer("acct_other", "1"), "recipient_mismatch");
        refused(account, payer(account, "1").paying(999_999), "value_mismatch");
        refused(account, payer(account, "1").accepting("amount", "1").paying(1), "authorization_value");
        refused(account, payer(account, "1").valid(0, now - 1), "valid_before");
        refused(account, payer(account, "1").valid(0, now + 86_400), "valid_before");
        refused(account, payer(account, "1").valid(now + 60, now + 300), "valid_after");
        refused(account, payer(account, "1").signedBy(Payer.SETTLERS_KEY), "signature");
        refused(account, payer(account, "1").accepting("network", "eip155:1"), "invalid_network");
        refused(account, payer(account, "1").accepting("scheme", "upto"), "unsupported_scheme");
        refused(
                account,
                payer(account, "1").accepting("asset", "0x" + "12".repeat(20)),
                "invalid_payment_requirements");
        assertThat(funding.deposits(account)).isEmpty();
    }

    private static void refused(String account, Payer payer, String reason) {
        var outcome = pay(account, payer.header());
        assertThat(outcome.path("outcome").asString()).as(outcome.toString()).isEqualTo("refused");
        assertThat(outcome.path("reason").asString()).endsWith(reason);
        assertThat(outcome.path("message").asString()).contains(" must ");
    }

    @Test
    void anAccountThatHasNoAddressIsPaidNothing() {
        var payer = payer("acct_has_one", "1");
        var outcome = pay("acct_has_none", payer.header());
        assertThat(outcome.path("reason").asString()).endsWith("recipient_mismatch");
    }

    @Test
    void aPaymentForAnotherResourceIsRefused() throws Exception {
        var account = "acct_moved";
        var payer = payer(account, "1");
        assertThat(pay(account, payer.header(), "/messages", "credited", 422)
                        .path("error")
                        .path("code")
                        .asString())
                .isEqualTo("payment_mismatch");
        var paid = mining(() -> pay(account, payer.header()));
        assertThat(paid.path("outcome").asString()).isEqualTo("paid");
        // Nobody signs what it is for: what it was first presented for is remembered.
        var moved = payer.payload();
        moved.remove("resource");
        assertThat(pay(account, Payer.encoded(moved), "/messages", "credited", 422)
                        .path("error")
                        .path("message")
                        .asString())
                .contains("/chat/completions");
        assertThat(creditedBy(paid.path("payment"))).hasSize(1);
    }

    @Test
    void whatIsNoPaymentIsRefusedWithWords() {
        var payload = payer("acct_malformed", "1").payload();
        malformed("!", "must be JSON in Base64");
        malformed(Payer.encoded(List.of()), "must be a JSON object in Base64");
        malformed(Payer.encoded(Map.of("x402Version", 1)), "x402Version must be 2");
        malformed(Payer.encoded(Map.of("x402Version", 2)), "must have accepted and payload.authorization");
        malformed("A".repeat(8_196), "must have at most 8192 characters");
        payload.put("payload", Map.of("signature", "0x12", "authorization", Map.of("from", "0x")));
        malformed(Payer.encoded(payload), "must be right");
    }

    private static void malformed(String header, String words) {
        assertThat(pay("acct_malformed", header, RESOURCE, "credited", 400)
                        .path("error")
                        .path("message")
                        .asString())
                .contains("PAYMENT-SIGNATURE")
                .contains(words);
    }

    @Test
    void oneThatWasUsedAlreadyIsRefused() {
        var payer = payer("acct_used", "1");
        var sent = chain.rpc(
                        "eth_sendTransaction",
                        Map.of("from", chain.wallet(3), "to", usdc, "data", payer.call(), "gas", "0x30d40"))
                .asString();
        chain.mine(1);
        assertThat(chain.receipt(sent).path("status").asString()).isEqualTo("0x1");
        refused("acct_used", payer, "invalid_transaction_state");
        // It is a deposit like any other.
        chain.mine(FINALITY + 1);
        funding.awaitState("acct_used", sent, "credited");
    }
}
