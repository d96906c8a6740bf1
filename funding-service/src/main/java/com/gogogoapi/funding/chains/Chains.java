package com.gogogoapi.funding.chains;

import com.gogogoapi.chassis.settings.SettingException;
import com.gogogoapi.funding.settings.FundingProperties;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Those chains that are on: that have an RPC URL. */
@Component
@EnableConfigurationProperties(FundingProperties.class)
public class Chains {

    private final List<Chain> all;

    Chains(FundingProperties properties) {
        try {
            this.all = properties.chains().entrySet().stream()
                    .filter(chain -> !chain.getValue().rpcUrls().isEmpty())
                    .map(chain -> new ChainReading(chain.getKey(), chain.getValue()).read())
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new SettingException(String.valueOf(e.getMessage()));
        }
        if (all.stream().map(Chain::id).distinct().count() != all.size()) {
            throw new SettingException("gogogoapi.funding.chains must have each chain-id once.");
        }
        if (!all.isEmpty()) {
            require(properties.extendedPublicKey(), "extended-public-key");
            require(properties.orderKey(), "order-key");
            require(properties.ledgerUrl(), "ledger-url");
        }
    }

    private static void require(@Nullable Object value, String name) {
        if (value == null || value.toString().isBlank()) {
            throw new SettingException("gogogoapi.funding." + name + " must be given where a chain has RPC URLs.");
        }
    }

    public List<Chain> all() {
        return all;
    }

    /** The chain of that id ({@code eip155:8453}), if it is on. */
    public Optional<Chain> byId(String id) {
        return all.stream().filter(chain -> chain.id().text().equals(id)).findFirst();
    }
}
