package com.gogogoapi.standalone;

import com.gogogoapi.simulator.chain.Confirmations;
import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A chain of this machine to try deposits on, with a USDC and a USDT that are worth nothing. What happened on it is kept; the tokens
 * are made at its first start, at the addresses that the first contracts of its first wallet always have.
 */
final class TestChain implements AutoCloseable {

    /** Of chains on one's own machine, and of no other. */
    static final long ID = 31337;

    /** As funding-service's settings name them. */
    private static final String USDC = "0x5fbdb2315678afecb367f032d93f642f64180aa3";

    private static final String USDT = "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512";

    /** What each wallet has of each: a million, of six decimals. */
    private static final BigInteger MILLION = BigInteger.TEN.pow(12);

    private static final int WALLETS = 10;

    /** A block is final when twice as many lie above it. */
    private static final int SLOTS = 1;

    private static final int CONFIRMATIONS = 3;

    private final LocalChain chain;
    private final Confirmations confirmations;

    private TestChain(LocalChain chain) {
        this.chain = chain;
        this.confirmations = Confirmations.start(chain, CONFIRMATIONS);
    }

    /**
     * @param folder that keeps it
     * @param port as before, so that wallets that were told of it find it; 0 for any that is free
     */
    static TestChain start(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        var chain = LocalChain.start(
                new LocalChain.Options(ID, SLOTS, port, folder.resolve("state.json"), true, folder.resolve("program")));
        try {
            makeTokens(chain);
            return new TestChain(chain);
        } catch (RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    /** Each step only where it is missing: a first start may have ended between them. */
    private static void makeTokens(LocalChain chain) {
        make(chain, "UsdcLike", USDC);
        make(chain, "UsdtLike", USDT);
        for (var token : List.of(USDC, USDT)) {
            for (var wallet = 0; wallet < WALLETS; wallet++) {
                var owner = chain.wallet(wallet);
                if (new BigInteger(
                                        chain.call(token, "balanceOf(address)", owner)
                                                .substring(2),
                                        16)
                                .signum()
                        == 0) {
                    chain.send(token, "mint(address,uint256)", owner, MILLION);
                }
            }
        }
    }

    private static void make(LocalChain chain, String contract, String address) {
        if (chain.rpc("eth_getCode", address, "latest").asString().equals("0x")) {
            var made = chain.deploy(contract);
            if (!made.equalsIgnoreCase(address)) {
                throw new IllegalStateException("The test chain must have " + contract + " at " + address + ", not at "
                        + made + ": remove its folder to begin with another.");
            }
        }
    }

    /** Of its JSON-RPC, on this machine only. */
    String url() {
        return chain.url();
    }

    @Override
    public void close() throws InterruptedException {
        confirmations.close();
        chain.close();
    }
}
