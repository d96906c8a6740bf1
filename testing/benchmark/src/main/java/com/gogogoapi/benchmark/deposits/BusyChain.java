package com.gogogoapi.benchmark.deposits;

import com.gogogoapi.simulator.chain.LocalChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A local chain with a token, and a contract that pays many at once. */
final class BusyChain implements AutoCloseable {

    /** Blocks above one that is final. */
    static final int FINALITY = 16;

    private static final int WORD_CHARS = 64;
    private static final String GAS = "0x4c4b40";

    final LocalChain chain;
    final String token;
    private final String payer;
    private final String pay;

    BusyChain() throws IOException {
        chain = LocalChain.start(LocalChain.Options.inMemory(31_338, FINALITY / 2));
        token = chain.deploy("UsdcLike");
        payer = chain.deploy("Payer");
        chain.send(token, "mint(address,uint256)", payer, BigInteger.TEN.pow(30));
        chain.mine(1);
        var text = "pay(address,address[],uint256)".getBytes(StandardCharsets.US_ASCII);
        pay = chain.rpc("web3_sha3", "0x" + HexFormat.of().formatHex(text))
                .asString()
                .substring(0, 10);
    }

    /** One USDC to each, in one transaction of the next block. */
    void pay(List<String> addresses) {
        var data = new StringBuilder(pay)
                .append(word(token))
                .append("%064x".formatted(3 * WORD_CHARS / 2))
                .append("%064x".formatted(1_000_000))
                .append("%064x".formatted(addresses.size()));
        addresses.forEach(address -> data.append(word(address)));
        chain.rpc(
                "eth_sendTransaction",
                Map.of("from", chain.wallet(0), "to", payer, "data", data.toString(), "gas", GAS));
    }

    private static String word(String address) {
        return "0".repeat(WORD_CHARS - 40) + address.substring(2);
    }

    @Override
    public void close() {
        chain.close();
    }
}
