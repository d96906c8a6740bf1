package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is worth nothing is kept apart from what is: its addresses, and what is given away. */
@Tag("integration")
@Tag("slow")
class TestChainsTest {

    private static final int FINALITY = 2;
    private static final String ACCOUNT = "acct_test_chains";

    /** Test vector 1 of BIP-32. */
    private static final String ANOTHER_XPUB =
            "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu"
                    + "1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8";

    private static LocalChain money;
    private static LocalChain test;
    private static LedgersHand ledger;
    private static RunningFunding funding;
    private static String usdc;

    @BeforeAll
    static void start() throws IOException {
        money = LocalChain.start(LocalChain.Options.inMemory(910_201, FINALITY / 2));
        test = LocalChain.start(LocalChain.Options.inMemory(31_337, FINALITY / 2));
        ledger = LedgersHand.start();
        for (var chain : List.of(money, test)) {
            usdc = chain.deploy("UsdcLike");
            chain.send(usdc, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(12));
            chain.mine(1);
        }
        var more = new ArrayList<String>();
        more.add("--gogogoapi.funding.test-extended-public-key=" + ANOTHER_XPUB);
        more.addAll(RunningFunding.chain(money, List.of(money.url()), Map.of("USDC", usdc)));
        more.addAll(
                RunningFunding.chain(test, List.of(test.url()), Map.of("USDC", usdc), "test=true", "test-faucet=true"));
        funding = RunningFunding.start(
                RunningFunding.settings(Infrastructure.shared().newDatabase("funding_test_chains"), ledger, more));
    }

    @AfterAll
    static void stop() {
        funding.close();
        ledger.close();
        money.close();
        test.close();
    }

    private static JsonNode on(LocalChain chain) {
        return funding.get(ACCOUNT, "/deposit-addresses")
                .path("data")
                .valueStream()
                .filter(each -> each.path("chain_id").asString().equals("eip155:" + chain.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAddressOfATestIsNoneOfWhatIsMoney() {
        var real = on(money).path("address").asString();
        var worthless = on(test).path("address").asString();
        assertThat(real).isNotEqualTo(worthless);
        assertThat(on(money).path("test").asBoolean()).isFalse();
        assertThat(on(test).path("test").asBoolean()).isTrue();

        var lost = List.of(
                money.send(usdc, "transfer(address,uint256)", worthless, 1_000_000),
                test.send(usdc, "transfer(address,uint256)", real, 1_000_000));
        var paid = money.send(usdc, "transfer(address,uint256)", real, 2_000_000);
        var paidTest = test.send(usdc, "transfer(address,uint256)", worthless, 3_000_000);
        for (var chain : List.of(money, test)) {
            chain.mine(1 + FINALITY);
            funding.awaitCaughtUp(chain, FINALITY);
        }
        assertThat(funding.deposits(ACCOUNT, paid)).singleElement().satisfies(deposit -> assertThat(
                        deposit.path("test").asBoolean())
                .isFalse());
        assertThat(funding.deposits(ACCOUNT, paidTest)).singleElement().satisfies(deposit -> assertThat(
                        deposit.path("test").asBoolean())
                .isTrue());
        lost.forEach(transaction ->
                assertThat(funding.deposits(ACCOUNT, transaction)).isEmpty());
    }

    @Test
    void onlyATestGivesItsTokensAway() {
        assertThat(on(money).path("test_payments").asBoolean()).isFalse();
        var refused = pay(money);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("chain_id must be of a test chain of this installation: eip155:31337");
        var paid = pay(test);
        assertThat(paid.status()).as(paid.body()).isEqualTo(200);
        test.mine(1 + FINALITY);
        funding.awaitState(
                ACCOUNT,
                JsonMapper.shared()
                        .readTree(paid.body())
                        .path("transaction_hash")
                        .asString(),
                "credited");
    }

    private record Answer(int status, String body) {}

    private static Answer pay(LocalChain chain) {
        var answer = funding.send(
                "POST",
                "/internal/test-payments",
                Map.of("gogogoapi-account", ACCOUNT, "Content-Type", "application/json"),
                "{\"chain_id\":\"eip155:" + chain.id() + "\",\"token\":\"USDC\",\"amount\":\"1.5\"}");
        return new Answer(answer.statusCode(), answer.body());
    }
}
