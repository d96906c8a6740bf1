package com.gogogoapi.funding.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.deposits.Deposit;
import com.gogogoapi.funding.deposits.DepositState;
import com.gogogoapi.funding.evm.EvmAddress;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deposit as its account sees it.
 *
 * @param test whether it is of a chain whose tokens are worth nothing
 * @param token null for one that is not credited
 * @param amount in tokens; null where it is not known how many of the smallest units make one
 * @param amountAtomic in the token's smallest unit
 * @param amountUsd what is credited; null where nothing is
 * @param reason why it is not, for programs; {@code explanation} and {@code remedy} say it in words
 * @param waitsFor why it is final and not credited yet
 */
record DepositView(
        UUID id,
        String object,
        String reference,
        @JsonProperty("chain_id") String chainId,
        boolean test,
        @JsonProperty("transaction_hash") String transactionHash,
        @JsonProperty("log_index") int logIndex,
        String state,
        @Nullable String token,
        @Nullable String contract,
        @Nullable String amount,
        @JsonProperty("amount_atomic") String amountAtomic,
        @JsonProperty("amount_usd") @Nullable Usd amountUsd,
        @Nullable String reason,
        @Nullable String explanation,
        @Nullable String remedy,
        @JsonProperty("waits_for") @Nullable String waitsFor,
        String from,
        String address,
        long height,
        @JsonProperty("block_hash") String blockHash,
        @JsonProperty("block_time") Instant blockTime,
        @JsonProperty("seen_at") Instant seenAt,
        @JsonProperty("final_at") @Nullable Instant finalAt,
        @JsonProperty("credited_at") @Nullable Instant creditedAt) {

    static DepositView of(Deposit deposit, Chains chains) {
        var reason = deposit.reason();
        return new DepositView(
                deposit.id(),
                "deposit",
                deposit.reference(),
                deposit.chainId(),
                chains.isTest(deposit.chainId()),
                deposit.transactionHash(),
                deposit.logIndex(),
                deposit.state().wireName(),
                deposit.symbol(),
                checksummed(deposit.contract()),
                deposit.tokens(),
                deposit.amount().toString(),
                deposit.amountUsd(),
                reason == null ? null : reason.wireName(),
                reason == null ? null : reason.explanation(),
                reason == null ? null : reason.remedy(),
                deposit.state() == DepositState.FINAL ? deposit.waitsFor() : null,
                deposit.sender().checksummed(),
                deposit.address().checksummed(),
                deposit.height(),
                deposit.blockHash(),
                deposit.blockTime(),
                deposit.seenAt(),
                deposit.finalAt(),
                deposit.creditedAt());
    }

    private static @Nullable String checksummed(@Nullable EvmAddress address) {
        return address == null ? null : address.checksummed();
    }
}
