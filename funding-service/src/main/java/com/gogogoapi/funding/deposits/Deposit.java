package com.gogogoapi.funding.deposits;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.evm.EvmAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An arrival as it is kept.
 *
 * @param symbol as the settings name the token; null for one that is not credited
 * @param amount in the token's smallest unit
 * @param waitsFor why it is final and not credited yet
 * @param screening what was answered to the question whether it may be credited
 * @param askedAt when the ledger was asked last
 */
public record Deposit(
        UUID id,
        String chainId,
        String transactionHash,
        int logIndex,
        AccountId account,
        EvmAddress address,
        EvmAddress sender,
        @Nullable EvmAddress contract,
        @Nullable String symbol,
        @Nullable Integer decimals,
        BigInteger amount,
        @Nullable Usd amountUsd,
        DepositState state,
        @Nullable RejectReason reason,
        long height,
        String blockHash,
        Instant blockTime,
        Instant seenAt,
        @Nullable Instant finalAt,
        @Nullable String waitsFor,
        @Nullable String screening,
        @Nullable Instant askedAt,
        @Nullable Instant creditedAt) {

    /** Its name for all the world, by which the ledger knows a repeat: {@code eip155:8453/<transaction hash>/<log index>}. */
    public String reference() {
        return chainId + "/" + transactionHash + "/" + (logIndex == Arrival.NATIVE ? "native" : logIndex);
    }

    /** How many tokens it is; null where it is not known how many of the smallest units make one. */
    public @Nullable String tokens() {
        return decimals == null ? null : new BigDecimal(amount, decimals).toPlainString();
    }
}
