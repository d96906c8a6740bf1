package com.gogogoapi.auditor.chain;

import java.math.BigInteger;

/**
 * A token's transfer, as a log has it. Addresses and hashes are in lower case.
 *
 * @param amount in the token's smallest unit
 * @param logIndex in its block
 */
public record Transfer(
        String contract,
        String from,
        String to,
        BigInteger amount,
        long height,
        String blockHash,
        String transactionHash,
        int logIndex) {

    /** As a credit names it: {@code eip155:8453/<transaction hash>/<log index>}. */
    public String reference(String chainId) {
        return chainId + "/" + transactionHash + "/" + logIndex;
    }
}
