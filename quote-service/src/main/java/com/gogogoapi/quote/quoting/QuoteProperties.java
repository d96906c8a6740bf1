package com.gogogoapi.quote.quoting;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How quotes are made ({@code gogogoapi.quote.*}).
 *
 * @param signingKeys each at least 32 bytes; the first signs, all verify, so a key is rotated by adding one in front
 * @param validity how long a quote binds
 * @param decisionWindow how late the ledger may still hold credit for a request to execute
 * @param maxBodyBytes the largest request that is quoted
 */
@ConfigurationProperties("gogogoapi.quote")
record QuoteProperties(
        List<String> signingKeys,
        @DefaultValue("5m") Duration validity,
        @DefaultValue("30s") Duration decisionWindow,
        @DefaultValue("8388608") int maxBodyBytes) {

    QuoteProperties {
        if (signingKeys.stream().anyMatch(key -> key.getBytes(UTF_8).length < QuoteSigner.MIN_KEY_BYTES)) {
            throw new IllegalArgumentException(
                    "gogogoapi.quote.signing-keys must have at least " + QuoteSigner.MIN_KEY_BYTES + " bytes each.");
        }
    }
}
