package com.gogogoapi.funding.treasury;

import com.gogogoapi.funding.evm.EvmAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A token that left an address of ours, for good.
 *
 * @param amount in the token's smallest unit
 * @param explainedBy who looked at what left for elsewhere; null while nobody did
 */
record Departure(
        String chainId,
        String transactionHash,
        int logIndex,
        Kind kind,
        EvmAddress address,
        EvmAddress receiver,
        EvmAddress contract,
        String symbol,
        int decimals,
        BigInteger amount,
        long height,
        String blockHash,
        Instant blockTime,
        @Nullable String explainedBy,
        @Nullable String explanation) {

    /** For where. */
    enum Kind {
        SWEEP,
        INTERNAL,
        /** Nobody but the operator's signer can have done it, and it should not. */
        ELSEWHERE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    String tokens() {
        return new BigDecimal(amount, decimals).toPlainString();
    }
}
