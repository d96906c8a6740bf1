package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What lies at the addresses is proposed to a signer, what left is recorded, and all of it is there or alarms. */
@Tag("integration")
@Tag("slow")
class TreasuryTest {

    private static final int FINALITY = 4;
    private static final int TREASURY = 9;
    private static final int ELSEWHERE = 8;

    private static LocalChain chain;
    private static LedgersHand ledger;
    private static RunningFunding funding;
    private static String usdc;
    private static String idle;

    @BeforeAll
    static void start() throws IOException {
        chain = LocalChain.start(LocalChain.Options.inMemory(910_040, FINALITY / 2));
        ledger = LedgersHand.start();
        usdc = chain.deploy("UsdcLike");
        idle = chain.deploy("UsdtLike");
        chain.send(usdc, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
        chain.send(idle, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
        chain.mine(FINALITY + 1);
        var more = new ArrayList<>(RunningFunding.chain(
                chain, List.of(chain.url()), Map.of("USDC", usdc, "USDT", idle), "treasury=" + chain.wallet(TREASURY)));
        // The accounts' addresses are wallets of the chain, which sign what it is asked to.
        more.add("--gogogoapi.funding.first-index=3");
        more.add("--gogogoapi.funding.reconcile-every=500ms");
        funding = RunningFunding.start(
                RunningFunding.settings(Infrastructure.shared().newDatabase("funding_treasury"), ledger, more));
    }

    @AfterAll
    static void stop() {
        funding.close();
        ledger.close();
        chain.close();
    }

    private static String paid(String account, String token, long amount) {
        var address = funding.address(account);
        var sent = chain.send(token, "transfer(address,uint256)", address, amount);
        chain.mine(FINALITY + 2);
        funding.awaitState(account, sent, "credited");
        return address;
    }

    private static JsonNode list(String path) {
        return funding.get("any", path + (path.contains("?") ? "&" : "?") + "chain_id=eip155:" + chain.id())
                .path("data");
    }

    private static JsonNode sweepOf(String transaction) {
        for (var sweep : list("/sweeps")) {
            if (sweep.path("reference").asString().contains(transaction)) {
                return sweep;
            }
        }
        return JsonMapper.shared().createObjectNode();
    }

    private static JsonNode reconciled(String token) {
        for (var each : funding.chain(chain).path("reconciled")) {
            if (each.path("token").asString().equals(token)) {
                return each;
            }
        }
        return JsonMapper.shared().createObjectNode();
    }

    private static void awaitReconciled(String token, String expected, String difference) {
        await().atMost(RunningFunding.SOON).untilAsserted(() -> assertThatObject(reconciled(token))
                .as(reconciled(token).toString())
                .returns(expected, it -> it.path("expected").asString(""))
                .returns(difference, it -> it.path("difference").asString("")));
    }

    private static String alarms() {
        return funding.chain(chain).path("alarms").toString();
    }

    @Test
    void aSweepIsProposedAndRecognisedAndWhatLeavesOtherwiseAlarms() {
        var from = paid("acct_rich", usdc, 20_000_000);
        var other = paid("acct_poor", usdc, 5_000_000);

        var proposals = list("/sweeps/proposals?token=USDC&at_least=10");
        assertThat(proposals).as(proposals.toString()).hasSize(1);
        var proposal = proposals.path(0);
        assertThatObject(proposal)
                .returns(from, it -> it.path("from").asString())
                .returns("acct_rich", it -> it.path("account_id").asString())
                .returns("20.000000", it -> it.path("amount").asString())
                .returns(0L, it -> it.path("nonce").asLong(-1));
        assertThat(chain.wallet(proposal.path("index").asInt())).isEqualToIgnoringCase(from);
        assertThat(proposal.path("gas").asLong()).isPositive();
        var swept = chain.rpc(
                        "eth_sendTransaction",
                        Map.of(
                                "from",
                                proposal.path("from").asString(),
                                "to",
                                proposal.path("to").asString(),
                                "data",
                                proposal.path("data").asString()))
                .asString();
        chain.mine(1);
        // Until it is final it is not proposed again, since the address holds no more.
        assertThat(list("/sweeps/proposals?token=USDC&at_least=10")).isEmpty();
        chain.mine(FINALITY + 2);
        await().atMost(RunningFunding.SOON)
                .untilAsserted(() ->
                        assertThat(sweepOf(swept).path("kind").asString("")).isEqualTo("sweep"));
        awaitReconciled("USDC", "5.000000", "0.000000");
        assertThat(reconciled("USDC").path("swept").asString()).isEqualTo("20.000000");
        assertThat(alarms()).isEqualTo("[]");

        // Anybody can have a transfer of nothing logged in another's name.
        var nothing = chain.send(usdc, "transferFrom(address,address,uint256)", other, chain.wallet(ELSEWHERE), 0);
        var elsewhere = chain.sendAs(
                other.toLowerCase(Locale.ROOT), usdc, "transfer(address,uint256)", chain.wallet(ELSEWHERE), 1_000_000);
        chain.mine(FINALITY + 2);
        await().atMost(RunningFunding.SOON)
                .untilAsserted(() ->
                        assertThat(sweepOf(elsewhere).path("kind").asString("")).isEqualTo("elsewhere"));
        assertThat(sweepOf(nothing)).isEmpty();
        assertThat(alarms()).contains("1 transfers left our addresses for elsewhere than the treasury.");
        awaitReconciled("USDC", "4.000000", "0.000000");
        explain(elsewhere);
    }

    private static void explain(String transaction) {
        var reference = sweepOf(transaction).path("reference").asString();
        var path = "/internal/sweeps/" + reference + "/explanation";
        assertThat(funding.send("PUT", path, Map.of("gogogoapi-operator", "ann"), "{\"cause\":\"x\"}")
                        .statusCode())
                .isEqualTo(400);
        var answer = funding.send(
                "PUT", path, Map.of("gogogoapi-operator", "ann"), "{\"reason\":\"sent back to its sender\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(alarms()).isEqualTo("[]");
        assertThat(sweepOf(transaction).path("explained_by").asString()).isEqualTo("ann");
    }

    /** The contract says something else than its logs. */
    @Test
    void aBalanceThatIsNotWhatArrivedAlarms() {
        var address = paid("acct_other", idle, 7_000_000);
        awaitReconciled("USDT", "7.000000", "0.000000");
        var key = "0".repeat(24) + address.substring(2).toLowerCase(Locale.ROOT) + "%064x".formatted(3);
        var slot = chain.rpc("web3_sha3", "0x" + key).asString();
        chain.rpc("anvil_setStorageAt", idle, slot, "0x%064x".formatted(6_500_000));
        chain.mine(FINALITY + 2);
        awaitReconciled("USDT", "7.000000", "-0.500000");
        assertThat(alarms()).contains("differs by -0.500000 from what reached and left them");
        chain.rpc("anvil_setStorageAt", idle, slot, "0x%064x".formatted(7_000_000));
        chain.mine(FINALITY + 2);
        awaitReconciled("USDT", "7.000000", "0.000000");
    }

    @Test
    void everyAddressIsListedWithItsIndex() {
        var address = funding.address("acct_listed");
        var all = funding.get("any", "/address-list?limit=1000").path("data");
        assertThat(all).anySatisfy(each -> assertThatObject(each)
                .returns("acct_listed", it -> it.path("account_id").asString())
                .returns(address, it -> it.path("address").asString()));
    }
}
