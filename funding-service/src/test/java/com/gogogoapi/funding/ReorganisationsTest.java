package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A chain that changes its mind, 1 to 20 blocks deep, changes nobody's credit: what is final in the end is credited, once. */
@Tag("integration")
@Tag("slow")
class ReorganisationsTest {

    private static final int DEEPEST = 20;
    private static final int FINALITY = 32;
    private static final String ACCOUNT = "acct_reorganised";

    private static LocalChain chain;
    private static LedgersHand ledger;
    private static RunningFunding funding;
    private static String usdc;

    @BeforeAll
    static void start() throws IOException {
        chain = LocalChain.start(LocalChain.Options.inMemory(910_002, FINALITY / 2));
        ledger = LedgersHand.start();
        usdc = chain.deploy("UsdcLike");
        chain.send(usdc, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
        chain.mine(1);
        funding = RunningFunding.start(RunningFunding.settings(
                Infrastructure.shared().newDatabase("funding_reorganisations"),
                ledger,
                RunningFunding.chain(chain, List.of(chain.url()), Map.of("USDC", usdc))));
    }

    @AfterAll
    static void stop() {
        funding.close();
        ledger.close();
        chain.close();
    }

    /** What becomes of a deposit that was seen. */
    private enum Fate {
        REMOVED,
        MOVED,
        REPEATED_LATER
    }

    @Test
    void whatIsFinalInTheEndIsCreditedOnce() {
        var address = funding.address(ACCOUNT);
        var expected = new HashMap<String, Usd>();
        var removed = new HashSet<String>();
        for (var depth = 1; depth <= DEEPEST; depth++) {
            var fate = Fate.values()[depth % Fate.values().length];
            var amount = 1_000_000L + depth;
            var sent = chain.send(usdc, "transfer(address,uint256)", address, amount);
            chain.mine(depth);
            funding.awaitState(ACCOUNT, sent, depth == 1 ? "seen" : "confirming");
            var signed = chain.signed(sent);
            switch (fate) {
                case REMOVED -> {
                    chain.reorganise(depth);
                    funding.awaitState(ACCOUNT, sent, "orphaned");
                    removed.add(sent);
                }
                case MOVED -> {
                    chain.reorganise(depth, signed, depth - 1);
                    expected.put(sent, new Usd(java.math.BigDecimal.valueOf(amount, 6)));
                }
                case REPEATED_LATER -> {
                    chain.reorganise(depth);
                    funding.awaitState(ACCOUNT, sent, "orphaned");
                    chain.sendAgain(signed);
                    expected.put(sent, new Usd(java.math.BigDecimal.valueOf(amount, 6)));
                }
            }
            // So that the next one reorganises none of this.
            chain.mine(DEEPEST + 1);
        }
        chain.mine(FINALITY + 1);
        expected.keySet().forEach(sent -> funding.awaitState(ACCOUNT, sent, "credited"));
        var credited = ledger.creditedOn(chain);
        assertThat(credited.keySet()).noneMatch(reference -> removed.stream().anyMatch(reference::contains));
        expected.forEach((sent, usd) -> assertThat(credited.entrySet().stream()
                        .filter(grant -> grant.getKey().contains(sent)))
                .singleElement()
                .satisfies(grant -> assertThat(grant.getValue()).isEqualTo(usd)));
        removed.forEach(sent -> assertThat(funding.states(ACCOUNT, sent)).containsExactly("orphaned"));
    }

    /** Behind another one in its block, it has another place there, and so another name: it is the same deposit all the same. */
    @Test
    void oneThatIsMinedAgainAtAnotherPlaceIsTheSame() {
        var account = "acct_replaced";
        var address = funding.address(account);
        var other = chain.wallet(8);
        var sender = chain.wallet(1);
        chain.send(usdc, "mint(address,uint256)", sender, 50_000_000);
        chain.mine(DEEPEST + 1);
        var sent = chain.sendAs(sender, usdc, "transfer(address,uint256)", address, 4_000_000);
        chain.mine(1);
        funding.awaitState(account, sent, "seen");
        assertThat(funding.deposits(account, sent).getFirst().path("log_index").asInt())
                .isZero();
        var signed = chain.signed(sent);
        chain.reorganise(1);
        funding.awaitState(account, sent, "orphaned");
        chain.send(usdc, "transfer(address,uint256)", other, 1);
        chain.sendAgain(signed);
        chain.mine(FINALITY + 1);
        funding.awaitState(account, sent, "credited");
        var deposit = funding.deposits(account, sent).getFirst();
        assertThat(deposit.path("log_index").asInt()).isEqualTo(1);
        assertThat(ledger.creditedOn(chain))
                .containsEntry("eip155:910002/" + sent + "/1", Usd.usd("4.00"))
                .doesNotContainKey("eip155:910002/" + sent + "/0");
    }
}
