package com.gogogoapi.proxy.upstream;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.ProxyProperties.UpstreamProperties;
import com.gogogoapi.proxy.outcome.Ending;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Each model's bulkhead and circuit breaker. A failure counts as the upstream's only while its account has not had its share
 * of them, so that nobody holds off everybody by what makes the upstream fail. A full bulkhead or an open breaker refuses at once: the client learns it
 * before anything could be billed. Models are those that have a price, so there are few.
 */
@Component
class UpstreamGuards implements UpstreamHealth {

    private final UpstreamProperties properties;
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(50)
            .minimumNumberOfCalls(20)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(5))
            .permittedNumberOfCallsInHalfOpenState(5)
            .build());
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final FailureShares shares = new FailureShares();

    UpstreamGuards(ProxyProperties properties, MeterRegistry meters) {
        this.properties = properties.upstream();
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
    }

    /** A request's place; to be left once. */
    interface Guard {
        /** @param well whether the upstream did its part */
        void leave(boolean well);
    }

    Guard enter(String model, AccountId account) throws UpstreamFailure {
        var places = properties.maxConcurrent().getOrDefault(model, properties.maxConcurrentOtherwise());
        var bulkhead = bulkheads.bulkhead(model, () -> BulkheadConfig.custom()
                .maxConcurrentCalls(places)
                .maxWaitDuration(Duration.ZERO)
                .build());
        var breaker = breakers.circuitBreaker(model);
        if (!breaker.tryAcquirePermission()) {
            throw refused("The upstream is failing; requests are held off for some seconds. Nothing was charged.", "5");
        }
        if (!bulkhead.tryAcquirePermission()) {
            breaker.releasePermission();
            throw refused("All places for this model are taken; nothing was charged.", "1");
        }
        var started = System.nanoTime();
        var left = new AtomicBoolean();
        return well -> {
            if (left.compareAndSet(false, true)) {
                bulkhead.onComplete();
                var took = System.nanoTime() - started;
                if (well) {
                    breaker.onSuccess(took, TimeUnit.NANOSECONDS);
                } else if (!shares.takes(model, account, System.nanoTime())) {
                    breaker.releasePermission();
                } else {
                    breaker.onError(took, TimeUnit.NANOSECONDS, new IOException("the upstream failed"));
                }
            }
        };
    }

    @Override
    public List<OfModel> models() {
        return breakers.getAllCircuitBreakers().stream()
                .map(this::health)
                .sorted(Comparator.comparing(OfModel::model))
                .toList();
    }

    private OfModel health(CircuitBreaker breaker) {
        var seen = breaker.getMetrics();
        var places = bulkheads.bulkhead(breaker.getName()).getMetrics();
        return new OfModel(
                breaker.getName(),
                circuit(breaker.getState()),
                seen.getNumberOfBufferedCalls(),
                seen.getNumberOfFailedCalls(),
                seen.getNumberOfNotPermittedCalls(),
                places.getMaxAllowedConcurrentCalls() - places.getAvailableConcurrentCalls(),
                places.getMaxAllowedConcurrentCalls());
    }

    private static Circuit circuit(CircuitBreaker.State state) {
        return switch (state) {
            case OPEN, FORCED_OPEN -> Circuit.OPEN;
            case HALF_OPEN -> Circuit.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> Circuit.CLOSED;
        };
    }

    private static UpstreamFailure refused(String message, String retryAfterSeconds) {
        return new UpstreamFailure(
                Ending.NOT_SENT,
                ApiError.unavailable("upstream_unavailable", message).withHeader("Retry-After", retryAfterSeconds));
    }
}
