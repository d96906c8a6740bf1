package com.gogogoapi.funding.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deposits come in ({@code gogogoapi.funding.*}). Without an RPC URL of any chain nothing is watched and nothing credited.
 *
 * @param extendedPublicKey of which addresses are derived, each the child of its index: {@code xpub…} of {@code
 *     m/44'/60'/0'/0} in most wallets. What can spend stays with whoever has the private half
 * @param testExtendedPublicKey the same for chains that are a test: what it derives is watched on none that is not
 * @param firstIndex no address below is given to anybody: after a database was restored, above all that it may have forgotten
 * @param orderKey signs what is credited: an Ed25519 key, {@code PRIVATE.PUBLIC} in Base64, which the ledger trusts with {@code
 *     FUNDING}
 * @param ledgerUrl where it is asked what became of a credit
 * @param lookAgainAfter when a deposit is looked at again that had to wait
 * @param watch how chains are watched
 * @param screening who is asked before anything is credited
 * @param x402 how accounts are paid for by signed authorisations
 * @param chains each under a name that its settings are known by
 */
@ConfigurationProperties("gogogoapi.funding")
public record FundingProperties(
        @Nullable String extendedPublicKey,
        @Nullable String testExtendedPublicKey,
        @DefaultValue("0") int firstIndex,
        @Nullable String orderKey,
        @Nullable URI ledgerUrl,
        @DefaultValue("30s") Duration lookAgainAfter,
        @DefaultValue Watch watch,
        @DefaultValue Screening screening,
        @DefaultValue X402Settings x402,
        @DefaultValue Map<String, ChainSettings> chains) {

    /**
     * @param every how long between two looks at a chain
     * @param lease how long an instance that says nothing keeps a chain to itself
     * @param timeout for what a node is asked
     * @param contradictedFor how long a node is set aside that said what others deny
     */
    public record Watch(
            @DefaultValue("2s") Duration every,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("20s") Duration timeout,
            @DefaultValue("1m") Duration contradictedFor) {

        public Watch {
            requireAboveZero("watch.every", every);
            requireAboveZero("watch.lease", lease);
            requireAboveZero("watch.timeout", timeout);
            requireAboveZero("watch.contradicted-for", contradictedFor);
        }
    }

    /**
     * @param url that is posted each deposit and answers {@code {"decision":"allow"}}, {@code hold} or {@code reject}; without
     *     one all are allowed
     * @param askAgainAfter when one that was held is asked about again
     */
    public record Screening(
            @Nullable URI url,
            @Nullable String bearerToken,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("1m") Duration askAgainAfter) {

        public Screening {
            requireAboveZero("screening.timeout", timeout);
            requireAboveZero("screening.ask-again-after", askAgainAfter);
        }

        @Override
        public String toString() {
            return "Screening[url=" + url + "]";
        }
    }

    public FundingProperties {
        requireAboveZero("look-again-after", lookAgainAfter);
        if (firstIndex < 0) {
            throw new IllegalArgumentException("gogogoapi.funding.first-index must be 0 or more.");
        }
    }

    @Override
    public String toString() {
        return "FundingProperties[chains=" + chains.keySet() + "]";
    }

    static void requireAboveZero(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("gogogoapi.funding." + name + " must be above zero.");
        }
    }
}
