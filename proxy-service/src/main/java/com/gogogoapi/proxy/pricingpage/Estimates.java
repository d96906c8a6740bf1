package com.gogogoapi.proxy.pricingpage;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.rates.ClientNetwork;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Estimates for visitors without a key: real quotes, of an account that nobody has a key to, so that nobody can execute them.
 * Bounded in size and number, since anybody can ask.
 */
@Component
class Estimates {

    /** The account that these quotes are made for. */
    static final String ACCOUNT = "public_estimate";

    /** Counted in microseconds each; more than visitors type, less than would disturb anybody. */
    private static final int PER_SECOND = 20;

    /** Of one visitor, so that he takes nobody else's place. */
    private static final int PER_SECOND_AND_VISITOR = 5;

    private static final int MAX_VISITORS = 10_000;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private static final int MAX_PROMPT_CHARS = 1_000;
    private static final int MAX_FIELD_CHARS = 100;

    private final InstallationServices services;
    private final RateLimiter limiter = RateLimiter.of("public-estimates", atMost(PER_SECOND));
    private final LoadingCache<String, RateLimiter> visitors = Caffeine.newBuilder()
            .maximumSize(MAX_VISITORS)
            .expireAfterAccess(PERIOD.multipliedBy(2))
            .build(visitor -> RateLimiter.of("public-estimates-of-visitor", atMost(PER_SECOND_AND_VISITOR)));

    Estimates(InstallationServices services) {
        this.services = services;
    }

    private static RateLimiterConfig atMost(int perSecond) {
        return RateLimiterConfig.custom()
                .limitForPeriod(perSecond)
                .limitRefreshPeriod(PERIOD)
                .timeoutDuration(Duration.ZERO)
                .build();
    }

    /**
     * What the page is to show.
     *
     * @param status of the answer that carries it
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Estimate(int status, byte[] json) {}

    Estimate of(String address, String model, String prompt, String completionTokens) {
        var asked = new LinkedHashMap<String, Object>();
        asked.put("model", cut(model, MAX_FIELD_CHARS));
        asked.put("prompt", cut(prompt, MAX_PROMPT_CHARS));
        asked.put("completion_tokens", cut(completionTokens, MAX_FIELD_CHARS));
        if (prompt.isBlank() || prompt.length() > MAX_PROMPT_CHARS) {
            return refused(400, asked, "The prompt must have 1 to " + MAX_PROMPT_CHARS + " characters.");
        }
        if (!completionTokens.isBlank() && !completionTokens.matches("[0-9]{1,9}")) {
            return refused(400, asked, "The tokens you expect back must be a whole number.");
        }
        if (!visitors.get(ClientNetwork.of(address)).acquirePermission() || !limiter.acquirePermission()) {
            return refused(429, asked, "Too many estimates at once; try again in a second.");
        }
        try {
            var quote = services.post(
                    Service.QUOTE,
                    "/internal/quotes",
                    Map.of(ServiceHeaders.ACCOUNT, ACCOUNT),
                    body(model, prompt, completionTokens));
            asked.put("quote", JsonMapper.shared().readTree(quote.body()));
            return new Estimate(200, JsonMapper.shared().writeValueAsBytes(asked));
        } catch (ServiceRefusal e) {
            var message = JsonMapper.shared()
                    .readTree(e.body())
                    .path("error")
                    .path("message")
                    .asString("This cannot be estimated.");
            return refused(e.status(), asked, message);
        } catch (ApiError e) {
            return refused(e.status(), asked, String.valueOf(e.getMessage()));
        }
    }

    private static Estimate refused(int status, Map<String, Object> asked, String message) {
        asked.put("error", message);
        return new Estimate(status, JsonMapper.shared().writeValueAsBytes(asked));
    }

    private static byte[] body(String model, String prompt, String completionTokens) {
        var body = new LinkedHashMap<String, Object>();
        body.put("model", model);
        body.put("messages", List.of(Map.of("role", "user", "content", prompt)));
        if (!completionTokens.isBlank()) {
            body.put("expectedCompletionTokens", Long.parseLong(completionTokens));
        }
        return JsonMapper.shared().writeValueAsBytes(body);
    }

    private static String cut(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, maxChars);
    }
}
