package com.gogogoapi.funding.chains;

import com.gogogoapi.chassis.settings.SettingException;
import com.gogogoapi.funding.settings.ChainSettings;
import com.gogogoapi.funding.settings.FundingProperties;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Those chains that are on: that have an RPC URL. */
@Component
@EnableConfigurationProperties(FundingProperties.class)
public class Chains {

    private final List<Chain> all;
    private final Set<String> known;
    private final Set<String> tests;

    Chains(FundingProperties properties) {
        try {
            this.all = properties.chains().entrySet().stream()
                    .filter(chain -> !chain.getValue().rpcUrls().isEmpty())
                    .map(chain -> new ChainReading(chain.getKey(), chain.getValue()).read())
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new SettingException(String.valueOf(e.getMessage()));
        }
        this.known = ids(properties.chains().values().stream());
        this.tests = ids(properties.chains().values().stream().filter(ChainSettings::test));
        if (all.stream().map(Chain::id).distinct().count() != all.size()) {
            throw new SettingException("gogogoapi.funding.chains must have each chain-id once.");
        }
        if (!all.isEmpty()) {
            requireKey(AddressFamily.MONEY, properties.extendedPublicKey(), "extended-public-key");
            requireKey(AddressFamily.TEST, properties.testExtendedPublicKey(), "test-extended-public-key");
            require(properties.orderKey(), "order-key");
            require(properties.ledgerUrl(), "ledger-url");
        }
    }

    private static Set<String> ids(Stream<ChainSettings> chains) {
        return chains.map(ChainSettings::chainId)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void requireKey(AddressFamily family, @Nullable String key, String name) {
        if (all.stream().anyMatch(chain -> chain.family() == family)) {
            require(key, name);
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

    /** Whether deposits are taken, in words for customers. */
    public String explanation() {
        return all.isEmpty()
                ? "This installation takes no deposits of stablecoins: ask its operator for credit."
                : "What arrives at an address of this account is credited, one USD for each token, once its block is final.";
    }

    /** Ids of all chains that the settings name, be they on or off. */
    public Set<String> knownIds() {
        return known;
    }

    /** Whether the settings call the chain of that id a test, be it on or off. */
    public boolean isTest(String id) {
        return tests.contains(id);
    }

    /** The chain of that id ({@code eip155:8453}), if it is on. */
    public Optional<Chain> byId(String id) {
        return all.stream().filter(chain -> chain.id().text().equals(id)).findFirst();
    }
}
