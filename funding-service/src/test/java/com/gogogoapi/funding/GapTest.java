package com.gogogoapi.funding;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who was away for long catches up range by range, and credits once what arrived meanwhile. */
@Tag("integration")
@Tag("slow")
class GapTest {

    private static final int FINALITY = 8;
    private static final int DEPOSITS = 10;
    private static final int BLOCKS_BETWEEN = 150;

    @Test
    void whatArrivedMeanwhileIsCreditedOnce() throws IOException {
        try (var chain = LocalChain.start(LocalChain.Options.inMemory(910_005, FINALITY / 2));
                var ledger = LedgersHand.start()) {
            var usdc = chain.deploy("UsdcLike");
            chain.send(usdc, "mint(address,uint256)", chain.wallet(0), BigInteger.TEN.pow(30));
            chain.mine(FINALITY + 1);
            var settings = RunningFunding.settings(
                    Infrastructure.shared().newDatabase("funding_gap"),
                    ledger,
                    RunningFunding.chain(chain, List.of(chain.url()), Map.of("USDC", usdc), "blocks-per-query=60"));
            String address;
            long before;
            try (var funding = RunningFunding.start(settings)) {
                address = funding.address("acct_gap");
                funding.awaitCaughtUp(chain, FINALITY);
                before = funding.chain(chain).path("final_height").asLong();
            }
            var sent = new ArrayList<String>();
            for (var i = 1; i <= DEPOSITS; i++) {
                sent.add(chain.send(usdc, "transfer(address,uint256)", address, 1_000_000 + i));
                chain.mine(BLOCKS_BETWEEN);
            }
            try (var funding = RunningFunding.start(settings)) {
                sent.forEach(each -> funding.awaitState("acct_gap", each, "credited"));
                funding.awaitCaughtUp(chain, FINALITY);
                var status = funding.chain(chain);
                assertThat(status.path("final_height").asLong() - before)
                        .isGreaterThan(DEPOSITS * BLOCKS_BETWEEN - FINALITY);
                assertThat(status.path("behind").asLong(-1)).isZero();
                assertThat(status.path("alarms").isEmpty())
                        .as(status.toString())
                        .isTrue();
            }
            assertThat(ledger.creditedOn(chain)).hasSize(DEPOSITS).containsValue(Usd.usd("1.00001"));
        }
    }
}
