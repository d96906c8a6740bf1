package com.gogogoapi.funding.rpc;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.ChainId;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.settings.FundingProperties;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The nodes of every chain that is on. */
@Component
public class Nodes {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Map<ChainId, ChainNodes> byChain;

    Nodes(Chains chains, FundingProperties properties, Clock clock) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        this.byChain = chains.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Chain::id, chain -> new ChainNodes(chain, client, properties.watch(), clock)));
    }

    public ChainNodes of(Chain chain) {
        return of(chain.id());
    }

    /** @throws IllegalArgumentException if the chain is not on */
    public ChainNodes of(String chainId) {
        return of(ChainId.parse(chainId));
    }

    private ChainNodes of(ChainId chain) {
        var nodes = byChain.get(chain);
        if (nodes == null) {
            throw new IllegalArgumentException("There must be nodes of " + chain + ".");
        }
        return nodes;
    }
}
