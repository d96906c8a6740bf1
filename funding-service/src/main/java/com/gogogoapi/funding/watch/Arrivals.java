package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.addresses.AddressBook;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.deposits.Arrival;
import com.gogogoapi.funding.deposits.RejectReason;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.Block;
import com.gogogoapi.funding.rpc.Log;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes arrivals of what a chain says. The amount is the log's, which is what arrived where a token takes a fee. */
final class Arrivals {

    private static final int TOPICS_OF_A_TOKEN = 3;

    private final Chain chain;
    private final AddressBook addresses;

    Arrivals(Chain chain, AddressBook addresses) {
        this.chain = chain;
        this.addresses = addresses;
    }

    /** Empty if it reached none of ours. */
    Optional<Arrival> of(Log log, Instant blockTime) {
        var sender = address(log.topics().get(1));
        var address = address(log.topics().get(2));
        var account = address == null ? null : addresses.accountOf(address);
        if (account == null || address == null) {
            return Optional.empty();
        }
        var isToken = log.topics().size() == TOPICS_OF_A_TOKEN;
        return Optional.of(Arrival.ofToken(
                chain.id(),
                log.transactionHash(),
                log.index(),
                account,
                address,
                Objects.requireNonNullElse(sender, log.contract()),
                log.contract(),
                isToken ? chain.token(log.contract()).orElse(null) : null,
                // A thing by itself, whose number is the last topic, is one.
                isToken ? Hex.firstWord(log.data()) : BigInteger.ONE,
                log.height(),
                log.blockHash(),
                blockTime));
    }

    /** The chain's own coin that a block's transactions brought to our addresses. */
    List<Arrival> ofNativeCoin(Block block) {
        return block.transactions().stream()
                .filter(transaction -> transaction.value().signum() > 0)
                .flatMap(transaction -> ofNativeCoin(block, transaction).stream())
                .toList();
    }

    private Optional<Arrival> ofNativeCoin(Block block, Block.Transaction transaction) {
        var address = transaction.to();
        var account = address == null ? null : addresses.accountOf(address);
        if (account == null || address == null) {
            return Optional.empty();
        }
        return Optional.of(new Arrival(
                chain.id(),
                transaction.hash(),
                Arrival.NATIVE,
                account,
                address,
                transaction.from(),
                null,
                null,
                transaction.value(),
                null,
                RejectReason.NATIVE_COIN,
                block.height(),
                block.hash(),
                block.time()));
    }

    /** Null where a contract that only looks like a token writes something else. */
    private static @Nullable EvmAddress address(String word) {
        try {
            return EvmAddress.ofWord(word);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
