package com.gogogoapi.funding.rpc;

import com.gogogoapi.funding.evm.EvmAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block, as far as it matters here.
 *
 * @param transactions empty unless they were asked for
 */
public record Block(long height, String hash, String parentHash, Instant time, List<Transaction> transactions) {

    /**
     * A transaction.
     *
     * @param to null where it makes a contract
     * @param value of the chain's own coin, in its smallest unit
     */
    public record Transaction(
            String hash, EvmAddress from, @Nullable EvmAddress to, BigInteger value) {}
}
