package com.gogogoapi.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LocalChainTest {

    /** A virtual thread that reads what a process says keeps its carrier, of which there are as many as cores. */
    @Test
    void asManyChainsAsThereAreCoresLeaveVirtualThreadsToOthers() throws Exception {
        var chains = new ArrayList<LocalChain>();
        try {
            for (var number = 0; number <= Runtime.getRuntime().availableProcessors(); number++) {
                chains.add(LocalChain.start(LocalChain.Options.inMemory(920_000L + number, 1)));
            }
            var ran = new CountDownLatch(1);
            Thread.ofVirtual().start(ran::countDown);
            assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            chains.forEach(LocalChain::close);
        }
    }

    @Test
    void whatIsMinedIsThere() throws Exception {
        try (var chain = LocalChain.start(LocalChain.Options.inMemory(920_100L, 1))) {
            var token = chain.deploy("UsdcLike");
            chain.send(token, "mint(address,uint256)", chain.wallet(3), 7);
            chain.mine(1);
            assertThat(chain.call(token, "balanceOf(address)", chain.wallet(3))).isEqualTo("0x%064x".formatted(7));
        }
    }
}
