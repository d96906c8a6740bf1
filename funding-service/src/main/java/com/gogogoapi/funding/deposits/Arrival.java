package com.gogogoapi.funding.deposits;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.chains.ChainId;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.evm.EvmAddress;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that reached an address of ours, as a chain has it.
 *
 * @param logIndex in its block; {@link #NATIVE} for the chain's own coin, which makes no log
 * @param contract of the token; null for the chain's own coin
 * @param token if it is one that is credited
 * @param amount in the token's smallest unit
 * @param amountUsd what is to be credited; null exactly where there is a reason not to
 */
public record Arrival(
        ChainId chain,
        String transactionHash,
        int logIndex,
        AccountId account,
        EvmAddress address,
        EvmAddress sender,
        @Nullable EvmAddress contract,
        @Nullable Token token,
        BigInteger amount,
        @Nullable Usd amountUsd,
        @Nullable RejectReason reason,
        long height,
        String blockHash,
        Instant blockTime) {

    public static final int NATIVE = -1;

    public Arrival {
        if ((amountUsd == null) == (reason == null)) {
            throw new IllegalArgumentException("An arrival must have either an amount in USD or a reason.");
        }
    }

    /** Of a token, credited or not. */
    public static Arrival ofToken(
            ChainId chain,
            String transactionHash,
            int logIndex,
            AccountId account,
            EvmAddress address,
            EvmAddress sender,
            EvmAddress contract,
            @Nullable Token token,
            BigInteger amount,
            long height,
            String blockHash,
            Instant blockTime) {
        var usd = token == null ? null : token.usd(amount).orElse(null);
        return new Arrival(
                chain,
                transactionHash,
                logIndex,
                account,
                address,
                sender,
                contract,
                token,
                amount,
                usd,
                usd == null ? reason(token, amount) : null,
                height,
                blockHash,
                blockTime);
    }

    /** Whether anybody can make as many of it as he likes. */
    boolean isWorthless() {
        return reason == RejectReason.UNSUPPORTED_TOKEN || reason == RejectReason.NOTHING;
    }

    private static RejectReason reason(@Nullable Token token, BigInteger amount) {
        if (token == null) {
            return RejectReason.UNSUPPORTED_TOKEN;
        }
        if (amount.signum() == 0) {
            return RejectReason.NOTHING;
        }
        return token.tokens(amount).precision() - token.tokens(amount).scale() > 1
                ? RejectReason.TOO_MUCH
                : RejectReason.TOO_LITTLE;
    }
}
