package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that err, limit, lag, leave out and lie: nothing that is final is missed, and nothing else is credited. */
@Tag("integration")
@Tag("slow")
class NodesTest {

    private static final int FINALITY = 8;
    private static final String ACCOUNT = "acct_nodes";
    private static long nextChain = 910_100;

    private LocalChain chain;
    private LedgersHand ledger;
    private RunningFunding funding;
    private String usdc;
    private String address;
    private final List<BentNode> nodes = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        chain = LocalChain.start(LocalChain.Options.kept(nextChain++, FINALITY / 2));
        ledger = LedgersHand.start();
        usdc = chain.deploy("UsdcLike");
        chain.send(usdc, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
        chain.mine(1);
    }

    /** With so many nodes, the first of which is preferred. */
    private void startFunding(int count, String... more) {
        for (var i = 0; i < count; i++) {
            nodes.add(BentNode.before(chain));
        }
        var settings =
                RunningFunding.chain(chain, nodes.stream().map(BentNode::url).toList(), Map.of("USDC", usdc));
        settings.addAll(List.of(more));
        funding = RunningFunding.start(
                RunningFunding.settings(Infrastructure.shared().newDatabase("funding_nodes"), ledger, settings));
        address = funding.address(ACCOUNT);
    }

    @AfterEach
    void stop() {
        if (funding != null) {
            funding.close();
        }
        ledger.close();
        nodes.forEach(BentNode::close);
        chain.close();
    }

    private String deposit(long amount) {
        return chain.send(usdc, "transfer(address,uint256)", address, amount);
    }

    private void awaitNode(int number, String kind) {
        await().atMost(RunningFunding.SOON).untilAsserted(() -> assertThat(
                        funding.node(chain, number).path("kind").asString())
                .as(funding.chain(chain).toString())
                .isEqualTo(kind));
    }

    @Test
    void nodesThatErrAndLimitMissNothing() {
        startFunding(2);
        nodes.get(0).failsEvery = 3;
        nodes.get(0).mostBlocks = 3;
        nodes.get(1).mostBlocks = 7;
        nodes.get(1).mostAddresses = 2;
        for (var i = 0; i < 5; i++) {
            funding.address("acct_other_" + i);
        }
        var sent = new ArrayList<String>();
        for (var i = 1; i <= 30; i++) {
            sent.add(deposit(i * 1_000_000L));
            chain.mine(i % 4 == 0 ? 1 : 5);
        }
        chain.mine(FINALITY + 1);
        sent.forEach(each -> funding.awaitState(ACCOUNT, each, "credited"));
        assertThat(ledger.creditedOn(chain)).hasSize(30);
        assertThat(funding.get("any", "/chains").toString()).doesNotContain("key-of-a-customer");
    }

    @Test
    void whatOneLeavesOutIsCreditedAllTheSameAndSaid() {
        startFunding(2, "--gogogoapi.funding.watch.contradicted-for=1h");
        var sent = deposit(2_000_000);
        nodes.get(0).leftOut.add(sent);
        chain.mine(FINALITY + 2);
        funding.awaitState(ACCOUNT, sent, "credited");
        awaitNode(0, "contradicted");
        assertThat(funding.node(chain, 0).path("reason").asString()).contains("it left out the transfer " + sent);
        assertThat(ledger.creditedOn(chain)).hasSize(1);
    }

    @Test
    void whatOneOfTwoInventsIsNotCreditedAndNothingIsUntilTheyAgree() {
        startFunding(2);
        chain.mine(FINALITY + 2);
        funding.awaitCaughtUp(chain, FINALITY);
        var true1 = deposit(1_000_000);
        chain.mine(1);
        nodes.get(0).invent(usdc, address, 1_000_000_000, chain.rpc("eth_getBlockByNumber", "latest", false));
        chain.mine(FINALITY + 1);
        await().atMost(RunningFunding.SOON).untilAsserted(() -> assertThat(
                        funding.chain(chain).path("alarms").toString())
                .contains("deny it"));
        assertThat(ledger.creditedOn(chain)).isEmpty();
        nodes.get(0).invented = null;
        funding.awaitState(ACCOUNT, true1, "credited");
        assertThat(ledger.creditedOn(chain)).hasSize(1).containsValue(Usd.usd("1.00"));
    }

    @Test
    void whatOneOfThreeInventsIsNotCreditedAndItIsSetAside() {
        startFunding(3);
        chain.mine(FINALITY + 2);
        funding.awaitCaughtUp(chain, FINALITY);
        var genuine = deposit(1_000_000);
        chain.mine(1);
        nodes.get(0).invent(usdc, address, 1_000_000_000, chain.rpc("eth_getBlockByNumber", "latest", false));
        chain.mine(FINALITY + 1);
        funding.awaitState(ACCOUNT, genuine, "credited");
        funding.awaitCaughtUp(chain, FINALITY);
        assertThat(ledger.creditedOn(chain)).hasSize(1).containsValue(Usd.usd("1.00"));
        assertThat(funding.deposits(ACCOUNT, "0x" + "ab".repeat(32)))
                .allMatch(deposit -> deposit.path("state").asString().equals("orphaned"));
    }

    @Test
    void oneThatLagsOrIsAwayIsSeenToAndTheOthersGoOn() {
        startFunding(3);
        chain.rpc("evm_increaseTime", 60);
        chain.mine(30);
        nodes.get(0).lag = 25;
        awaitNode(0, "lagging");
        nodes.get(1).isAway = true;
        awaitNode(1, "away");
        nodes.get(1).isAway = false;
        nodes.get(2).isAway = true;
        awaitNode(2, "away");
        var sent = deposit(3_000_000);
        chain.mine(FINALITY + 1);
        funding.awaitState(ACCOUNT, sent, "confirming");
        assertThat(ledger.creditedOn(chain)).as("of two one has not got it").isEmpty();
        nodes.get(0).lag = 0;
        funding.awaitState(ACCOUNT, sent, "credited");
        awaitNode(0, "good");
    }

    @Test
    void oneOfAnotherChainIsToldApart() throws IOException {
        try (var another = LocalChain.start(LocalChain.Options.inMemory(999_999, FINALITY / 2))) {
            nodes.add(BentNode.before(another));
            startFunding(2);
            awaitNode(0, "wrong_chain");
            assertThat(funding.node(chain, 0).path("reason").asString()).contains("eip155:999999");
            var sent = deposit(1_000_000);
            chain.mine(FINALITY + 1);
            funding.awaitState(ACCOUNT, sent, "credited");
        }
    }

    @Test
    void aChainThatStandsStillIsAnAlarmAndGoesOnWhenItIsKilled() throws Exception {
        startFunding(1);
        var sent = deposit(1_000_000);
        chain.mine(1);
        funding.awaitState(ACCOUNT, sent, "seen");
        chain.kill();
        await().atMost(RunningFunding.SOON).untilAsserted(() -> assertThat(
                        funding.chain(chain).path("alarms").toString())
                .contains("It does not go on"));
        assertThat(funding.send("GET", "/actuator/health", Map.of(), "").body()).contains("DOWN");
        assertThat(funding.send("GET", "/actuator/health/readiness", Map.of(), "")
                        .body())
                .contains("UP");
        chain.startAgain();
        chain.mine(FINALITY + 1);
        funding.awaitState(ACCOUNT, sent, "credited");
        await().atMost(RunningFunding.SOON).untilAsserted(() -> assertThat(
                        funding.chain(chain).path("alarms").isEmpty())
                .isTrue());
        assertThat(ledger.creditedOn(chain)).hasSize(1);
    }
}
