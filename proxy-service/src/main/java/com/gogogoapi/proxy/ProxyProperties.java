package com.gogogoapi.proxy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the proxy works ({@code gogogoapi.proxy.*}).
 *
 * @param operatorToken opens the operator routes, at least 32 characters
 * @param auditorToken opens the operator routes that only read, at least 32 characters; empty where there is no auditor
 * @param maxBodyBytes the largest request accepted
 * @param decisionTimeout how long a request waits for the ledger
 */
@ConfigurationProperties("gogogoapi.proxy")
public record ProxyProperties(
        URI pricingUrl,
        URI accountUrl,
        URI quoteUrl,
        URI ledgerUrl,
        URI usageUrl,
        URI fundingUrl,
        @DefaultValue("") String operatorToken,
        @DefaultValue("") String auditorToken,
        @DefaultValue("8388608") int maxBodyBytes,
        @DefaultValue("10s") Duration decisionTimeout,
        UpstreamProperties upstream) {

    private static final int MIN_TOKEN_CHARS = 32;

    public ProxyProperties {
        if (operatorToken.length() < MIN_TOKEN_CHARS) {
            throw new IllegalArgumentException(
                    "gogogoapi.proxy.operator-token must have at least " + MIN_TOKEN_CHARS + " characters.");
        }
        if (!auditorToken.isEmpty()
                && (auditorToken.length() < MIN_TOKEN_CHARS || auditorToken.equals(operatorToken))) {
            throw new IllegalArgumentException("gogogoapi.proxy.auditor-token must have at least " + MIN_TOKEN_CHARS
                    + " characters and differ from the operator's.");
        }
    }

    /**
     * The upstream.
     *
     * @param apiKey the operator's own key there
     * @param firstByteTimeout from sending a request to the answer's head; a non-streaming answer's head may come only
     *     with its body
     * @param noProgressTimeout between two pieces of content; keep-alive comments are none
     * @param queueTimeout before the first content of a stream, while keep-alive comments say that it waits for its turn
     * @param totalTimeout for one request, from when it is sent; the life of its hold bounds it too
     * @param maxConcurrent requests in flight per model
     * @param maxConcurrentOtherwise the same for models not named
     * @param maxAnswerBytes the largest non-streaming answer accepted
     */
    public record UpstreamProperties(
            URI baseUrl,
            String apiKey,
            @DefaultValue("10m") Duration firstByteTimeout,
            @DefaultValue("90s") Duration noProgressTimeout,
            @DefaultValue("10m") Duration queueTimeout,
            @DefaultValue("14m") Duration totalTimeout,
            @DefaultValue Map<String, Integer> maxConcurrent,
            @DefaultValue("100") int maxConcurrentOtherwise,
            @DefaultValue("33554432") int maxAnswerBytes) {}
}
