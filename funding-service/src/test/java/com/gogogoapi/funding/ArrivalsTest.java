package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever reaches an address on a real chain has a row, and what is to be credited is credited once, exactly. */
@Tag("integration")
@Tag("slow")
class ArrivalsTest {

    private static final int FINALITY = 8;

    private static LocalChain chain;
    private static LedgersHand ledger;
    private static RunningFunding funding;
    private static String usdc;
    private static String usdt;
    private static String dollar;

    @BeforeAll
    static void start() throws IOException {
        chain = LocalChain.start(LocalChain.Options.inMemory(910_001, FINALITY / 2));
        ledger = LedgersHand.start();
        usdc = chain.deploy("UsdcLike");
        usdt = chain.deploy("UsdtLike");
        dollar = chain.deploy("Dollar18");
        var wallet = chain.wallet(0);
        for (var token : List.of(usdc, usdt, dollar)) {
            chain.send(token, "mint(address,uint256)", wallet, BigInteger.TEN.pow(30));
        }
        chain.mine(1);
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("USDC", usdc);
        tokens.put("USDT", usdt);
        tokens.put("DOL", dollar);
        funding = RunningFunding.start(RunningFunding.settings(
                Infrastructure.shared().newDatabase("funding_arrivals"),
                ledger,
                RunningFunding.chain(chain, List.of(chain.url()), tokens)));
    }

    @AfterAll
    static void stop() {
        funding.close();
        ledger.close();
        chain.close();
    }

    private static String transfer(String token, String to, Object amount) {
        return chain.send(token, "transfer(address,uint256)", to, amount);
    }

    private static Usd creditedOf(String account, String transaction) {
        var reference = funding.deposits(account, transaction)
                .getFirst()
                .path("reference")
                .asString();
        return ledger.creditedOn(chain).get(reference);
    }

    @Test
    void aDepositIsSeenThenConfirmingThenCreditedOnce() {
        var address = funding.address("acct_one");
        var sent = transfer(usdc, address, 5_000_001);
        chain.mine(1);
        funding.awaitState("acct_one", sent, "seen");
        assertThat(ledger.creditedOn(chain).keySet()).noneMatch(reference -> reference.contains(sent));
        chain.mine(2);
        funding.awaitState("acct_one", sent, "confirming");
        chain.mine(FINALITY);
        funding.awaitState("acct_one", sent, "credited");
        assertThat(creditedOf("acct_one", sent)).isEqualTo(Usd.usd("5.000001"));
        var deposit = funding.deposits("acct_one", sent).getFirst();
        assertThat(deposit.path("reference").asString()).isEqualTo("eip155:910001/" + sent + "/0");
        assertThat(deposit.path("token").asString()).isEqualTo("USDC");
        assertThat(deposit.path("amount").asString()).isEqualTo("5.000001");
        assertThat(deposit.path("reason").isNull()).isTrue();
    }

    @Test
    void whatArrivesIsCreditedAndNotWhatWasSent() {
        var address = funding.address("acct_fee");
        chain.send(usdt, "setFee(uint256)", 100);
        chain.mine(1);
        var sent = transfer(usdt, address, 10_000_000);
        chain.mine(1);
        chain.send(usdt, "setFee(uint256)", 0);
        chain.mine(FINALITY + 1);
        funding.awaitState("acct_fee", sent, "credited");
        assertThat(creditedOf("acct_fee", sent)).isEqualTo(Usd.usd("9.90"));
    }

    @Test
    void whatIsLessThanAnAmountCanHoldIsLeftOutAndNeverRoundedUp() {
        var address = funding.address("acct_fraction");
        var fraction = transfer(dollar, address, 1_000_000_000_001_999_999L);
        var dust = transfer(dollar, address, 1);
        var smallest = transfer(usdc, address, 1);
        var nothing = transfer(usdc, address, 0);
        chain.mine(FINALITY + 1);
        funding.awaitState("acct_fraction", fraction, "credited");
        funding.awaitState("acct_fraction", smallest, "credited");
        funding.awaitState("acct_fraction", dust, "rejected");
        funding.awaitState("acct_fraction", nothing, "rejected");
        assertThat(creditedOf("acct_fraction", fraction)).isEqualTo(Usd.usd("1.000000000001"));
        assertThat(creditedOf("acct_fraction", smallest)).isEqualTo(Usd.usd("0.000001"));
        assertThat(reasonOf("acct_fraction", dust)).isEqualTo("too_little");
        assertThat(reasonOf("acct_fraction", nothing)).isEqualTo("nothing");
    }

    private static String reasonOf(String account, String transaction) {
        return funding.deposits(account, transaction).getFirst().path("reason").asString();
    }

    @Test
    void manyInOneTransactionAreManyDeposits() {
        var some = Map.of(
                "acct_many_1", funding.address("acct_many_1"),
                "acct_many_2", funding.address("acct_many_2"),
                "acct_many_3", funding.address("acct_many_3"));
        var payer = chain.deploy("Payer");
        chain.send(usdt, "mint(address,uint256)", payer, 100_000_000);
        chain.mine(1);
        var first = some.get("acct_many_1");
        var sent = chain.send(
                payer,
                "pay(address,address[],uint256)",
                usdt,
                96,
                2_500_000,
                4,
                first,
                some.get("acct_many_2"),
                some.get("acct_many_3"),
                first);
        chain.mine(FINALITY + 1);
        funding.awaitState("acct_many_1", sent, "credited", "credited");
        funding.awaitState("acct_many_2", sent, "credited");
        funding.awaitState("acct_many_3", sent, "credited");
        var credited = ledger.creditedOn(chain).entrySet().stream()
                .filter(grant -> grant.getKey().contains(sent))
                .toList();
        assertThat(credited).hasSize(4).allMatch(grant -> grant.getValue().equals(Usd.usd("2.50")));
    }

    @Test
    void whatIsNotCreditedIsShownWithWhatCanBeDone() {
        var address = funding.address("acct_wrong");
        var fake = chain.deploy("FakeUsdc");
        var collectible = chain.deploy("Collectible");
        var ofFake = chain.send(fake, "mint(address,uint256)", address, 1_000_000_000);
        var ofCollectible = chain.send(collectible, "mint(address,uint256)", address, 7);
        var coin = chain.sendCoin(address, 1_000_000_000_000L);
        var nothing = chain.sendCoin(address, 0);
        chain.mine(FINALITY + 1);
        funding.awaitState("acct_wrong", ofFake, "rejected");
        funding.awaitState("acct_wrong", ofCollectible, "rejected");
        funding.awaitState("acct_wrong", coin, "rejected");
        funding.awaitCaughtUp(chain, FINALITY);
        assertThat(funding.deposits("acct_wrong", nothing)).isEmpty();
        assertThat(reasonOf("acct_wrong", ofFake)).isEqualTo("unsupported_token");
        assertThat(reasonOf("acct_wrong", coin)).isEqualTo("native_coin");
        for (var deposit : funding.deposits("acct_wrong")) {
            assertThat(deposit.path("explanation").asString()).isNotBlank();
            assertThat(deposit.path("remedy").asString()).isNotBlank();
            assertThat(deposit.path("amount_usd").isNull()).isTrue();
        }
        assertThat(ledger.creditedOn(chain).keySet())
                .noneMatch(reference -> reference.contains(ofFake) || reference.contains(coin));
    }

    /** Whoever makes a token can send as many of it as he likes, at little cost. */
    @Test
    void worthlessTokensFillNoTable() {
        var address = funding.address("acct_spammed");
        var fake = chain.deploy("FakeUsdc");
        var payer = chain.deploy("Payer");
        chain.send(fake, "mint(address,uint256)", payer, 1_000_000);
        chain.mine(1);
        var arguments = new ArrayList<Object>(List.of(fake, 96, 1, 100));
        arguments.addAll(Collections.nCopies(100, address));
        for (var i = 0; i < 11; i++) {
            chain.send(payer, "pay(address,address[],uint256)", arguments.toArray());
            chain.mine(1);
        }
        var genuine = transfer(usdc, address, 1_000_000);
        chain.mine(FINALITY + 1);
        funding.awaitState("acct_spammed", genuine, "credited");
        assertThat(funding.deposits("acct_spammed")).hasSize(1_001);
        assertThat(funding.get("acct_spammed", "/deposits?limit=1")
                        .path("not_listed")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void aTransferToNobodyOfOursIsNobodys() {
        funding.address("acct_quiet");
        var elsewhere = transfer(usdc, chain.wallet(9), 3_000_000);
        chain.mine(FINALITY + 1);
        funding.awaitCaughtUp(chain, FINALITY);
        assertThat(funding.deposits("acct_quiet", elsewhere)).isEmpty();
        assertThat(ledger.creditedOn(chain).keySet()).noneMatch(reference -> reference.contains(elsewhere));
    }

    @Test
    void anAccountHasOneAddressForEver() {
        var address = funding.address("acct_ever");
        assertThat(funding.address("acct_ever")).isEqualTo(address);
        var refused = funding.send("GET", "/internal/deposit-addresses", Map.of(), "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(funding.send("GET", "/internal/deposits?limit=0", Map.of("gogogoapi-account", "acct_ever"), "")
                        .body())
                .contains("limit must be a whole number from 1 to 100.");
    }
}
