package com.gogogoapi.funding.chains;

import com.gogogoapi.funding.evm.EvmAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chain that is watched.
 *
 * @param key by which its settings are known
 * @param name as customers are shown it
 * @param agreeingNodes how many have to say the same before anything is final
 * @param usuallyFinalAfter as customers are told
 * @param test whether its tokens are worth nothing
 * @param faucet whether they are to be had for the asking
 * @param firstBlock from where on it is watched; null for what is final at the first start
 */
public record Chain(
        ChainId id,
        String key,
        String name,
        List<URI> rpcUrls,
        int agreeingNodes,
        Finality finality,
        Duration usuallyFinalAfter,
        @Nullable Long firstBlock,
        boolean test,
        boolean faucet,
        boolean nativeCoin,
        Duration standsStillAfter,
        Duration finalStandsStillAfter,
        int blocksPerQuery,
        int addressesPerQuery,
        List<Token> tokens) {

    /** Of whose addresses those are that are paid at here. */
    public AddressFamily family() {
        return test ? AddressFamily.TEST : AddressFamily.MONEY;
    }

    /** The token of that contract, if it is one that is credited. */
    public Optional<Token> token(EvmAddress contract) {
        return tokens.stream()
                .filter(token -> token.contract().equals(contract))
                .findFirst();
    }

    public Optional<Token> token(String symbol) {
        return tokens.stream().filter(token -> token.symbol().equals(symbol)).findFirst();
    }
}
