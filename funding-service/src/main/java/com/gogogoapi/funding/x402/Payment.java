package com.gogogoapi.funding.x402;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.funding.credit.AuthorizedTransfer;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Signature;
import com.gogogoapi.funding.evm.TransferAuthorization;
import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment: an authorisation that was presented for an account. Chain, contract, payer and nonce are its identity.
 *
 * @param accepted JSON of the requirements that its client took on
 * @param resource what it was first presented for
 * @param fromHeight the chain's newest block then
 * @param reason why it failed
 * @param askedAt when a facilitator was asked last
 * @param transactionHash that settled it, as far as the chain has it now
 */
record Payment(
        UUID id,
        AccountId account,
        String chainId,
        EvmAddress contract,
        String symbol,
        TransferAuthorization authorization,
        Signature signature,
        String accepted,
        String resource,
        long fromHeight,
        PaymentState state,
        @Nullable String reason,
        @Nullable String transactionHash,
        @Nullable Integer logIndex,
        @Nullable Long height,
        Instant acceptedAt,
        @Nullable Instant settledAt,
        @Nullable Instant askedAt) {

    /** As it is taken while that is the chain's newest block. */
    Payment from(long newest) {
        return new Payment(
                id,
                account,
                chainId,
                contract,
                symbol,
                authorization,
                signature,
                accepted,
                resource,
                newest,
                state,
                reason,
                transactionHash,
                logIndex,
                height,
                acceptedAt,
                settledAt,
                askedAt);
    }

    EvmAddress payer() {
        return authorization.from();
    }

    EvmAddress address() {
        return authorization.to();
    }

    BigInteger amount() {
        return authorization.value();
    }

    /** As it is looked for in receipts. */
    AuthorizedTransfer transfer() {
        return new AuthorizedTransfer(contract, payer(), address(), authorization.nonce());
    }
}
