package com.gogogoapi.proxy.rates;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.gogogoapi.chassis.errors.ApiError;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The rates of what costs nothing and so is never asked of the ledger: quotes, reads, and what everybody may read. Each instance
 * has its own, so that nobody's asking takes the time of others, and tells with every answer what is left of it; how fast models are called is the ledger's to decide.
 *
 * <p>Bounded: of those that ask at the same time so many are told apart, and who is forgotten begins anew.
 */
@Component
@EnableConfigurationProperties(CallRateProperties.class)
public class CallRates {

    static final int MAX_CALLERS = 20_000;

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String POLICY = "RateLimit-Policy";
    private static final String LEFT = "RateLimit";

    private final Rate quotes;
    private final Rate reads;
    private final Rate publicReads;

    CallRates(CallRateProperties properties) {
        this.quotes = new Rate("quotes", "quotes of a key", properties.quotesPerSecond());
        this.reads = new Rate("reads", "reads with a key", properties.readsPerSecond());
        this.publicReads =
                new Rate("public-reads", "reads from an address without a key", properties.publicReadsPerSecond());
    }

    /** Before a quote. @throws ApiError 429 if the key has had as many in this second as it may */
    public void requireQuote(String keyId) {
        quotes.require(keyId);
    }

    /** Before anything is read with a key. @throws ApiError 429 as above */
    public void requireRead(String keyId) {
        reads.require(keyId);
    }

    /** Before anything is read without a key. @throws ApiError 429 as above, of the address */
    public void requirePublicRead(String address) {
        publicReads.require(ClientNetwork.of(address));
    }

    private static final class Rate {

        private final String name;
        private final String what;
        private final int perSecond;
        private final LoadingCache<String, RateLimiter> limiters;

        Rate(String name, String what, int perSecond) {
            this.name = name;
            this.what = what;
            this.perSecond = perSecond;
            var config = RateLimiterConfig.custom()
                    .limitForPeriod(perSecond)
                    .limitRefreshPeriod(PERIOD)
                    .timeoutDuration(Duration.ZERO)
                    .build();
            this.limiters = Caffeine.newBuilder()
                    .maximumSize(MAX_CALLERS)
                    .expireAfterAccess(PERIOD.multipliedBy(2))
                    .build(caller -> RateLimiter.of(name, config));
        }

        void require(String caller) {
            var limiter = limiters.get(caller);
            if (!limiter.acquirePermission()) {
                throw ApiError.rateLimited("At most " + perSecond + " " + what + " must come in a second.", PERIOD)
                        .withHeader(POLICY, policy())
                        .withHeader(LEFT, left(0));
            }
            if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                    && attributes.getResponse() != null) {
                var response = attributes.getResponse();
                response.setHeader(POLICY, policy());
                response.setHeader(LEFT, left(Math.max(0, limiter.getMetrics().getAvailablePermissions())));
            }
        }

        private String policy() {
            return "\"" + name + "\";q=" + perSecond + ";w=" + PERIOD.toSeconds();
        }

        private String left(int calls) {
            return "\"" + name + "\";r=" + calls + ";t=" + PERIOD.toSeconds();
        }
    }
}
