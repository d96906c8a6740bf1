package com.gogogoapi.funding.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A chain as it is set ({@code gogogoapi.funding.chains.NAME.*}).
 *
 * @param chainId as CAIP-2 has it: {@code eip155:8453}
 * @param name as customers are shown it
 * @param rpcUrls its nodes in order of preference; without any the chain is off
 * @param agreeingNodes how many have to say the same before anything is final; two where there are two
 * @param finality {@code finalized}, {@code safe}, or how many blocks have to lie above one that is final
 * @param usuallyFinalAfter how long that takes as a rule, as customers are told
 * @param firstBlock from where on it is watched; from what is final at the first start where it is not said
 * @param test whether its tokens are worth nothing. Addresses are of a key of their own then ({@code test-extended-public-key}), and
 *     everything of it is marked
 * @param testFaucet whether customers can have tokens of it for the asking; only on a test chain of this machine
 * @param nativeCoin whether blocks are looked through for the chain's own coin, which is shown and never credited
 * @param standsStillAfter how long without a new block is an alarm
 * @param finalStandsStillAfter how long without a newly final block is one
 * @param blocksPerQuery the most of a query for logs; fewer where a node does not take so many
 * @param addressesPerQuery the most of a query for logs
 * @param tokens what is credited, each under its symbol
 */
public record ChainSettings(
        @Nullable String chainId,
        @Nullable String name,
        @DefaultValue List<URI> rpcUrls,
        @Nullable Integer agreeingNodes,
        @DefaultValue("finalized") String finality,
        @DefaultValue("20m") Duration usuallyFinalAfter,
        @Nullable Long firstBlock,
        @DefaultValue("false") boolean test,
        @DefaultValue("false") boolean testFaucet,
        @DefaultValue("true") boolean nativeCoin,
        @DefaultValue("3m") Duration standsStillAfter,
        @DefaultValue("1h") Duration finalStandsStillAfter,
        @DefaultValue("1000") int blocksPerQuery,
        @DefaultValue("1000") int addressesPerQuery,
        @DefaultValue Map<String, TokenSettings> tokens) {

    @Override
    public String toString() {
        // Addresses of nodes have keys in them.
        return "ChainSettings[chainId=" + chainId + "]";
    }
}
