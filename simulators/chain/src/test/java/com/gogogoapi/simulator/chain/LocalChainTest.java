package com.gogogoapi.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalChainTest {

    /** Who reads what a process says keeps the carrier of a virtual thread, of which there are as few as cores. */
    @Test
    void aChainLeavesVirtualThreadsToOthers() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneCarrier.class.getName())
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
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
