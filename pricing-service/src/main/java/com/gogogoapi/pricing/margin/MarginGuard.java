package com.gogogoapi.pricing.margin;

import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.pricing.book.PriceBook;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Raises an alarm for a route whose price is, at any time of the days ahead, below what the upstream charges for it.
 *
 * <p>It looks at every turn of price and cost, not at samples, so the shortest window of loss is seen. What becomes of a
 * losing route is its own policy and is carried out by the quote-services, at the instant; this only tells, early.
 */
@Component
public class MarginGuard implements SmartLifecycle {

    /** How far ahead losses are looked for. */
    public static final Duration AHEAD = Duration.ofDays(7);

    private static final Logger log = LoggerFactory.getLogger(MarginGuard.class);

    private final PriceBook book;
    private final Clock clock;
    private final MeterRegistry meters;
    private final long everyNanos;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    MarginGuard(
            PriceBook book,
            Clock clock,
            MeterRegistry meters,
            @Value("${gogogoapi.pricing.margin-check-every:15s}") Duration every) {
        this.book = book;
        this.clock = clock;
        this.meters = meters;
        this.everyNanos = every.toNanos();
    }

    /** A route and the losses ahead of it, in order. */
    public record Outlook(Route route, List<Route.Loss> losses) {}

    /** What was last found of a route, for its metrics and so that only news is logged. */
    private record Watched(List<Route.Loss> losses, Instant at) {

        boolean losingNow() {
            return !losses.isEmpty() && !losses.getFirst().from().isAfter(at);
        }
    }

    /** All routes as they are at that instant, by which what is found is to be told too: a loss begins at it at the soonest. */
    public List<Outlook> outlook(Instant now) {
        return book.routes().stream()
                .map(route -> new Outlook(route, route.losses(now, now.plus(AHEAD))))
                .toList();
    }

    void look() {
        var now = clock.instant();
        for (var outlook : outlook(now)) {
            var model = outlook.route().model();
            var before = watched.put(model, new Watched(outlook.losses(), now));
            if (before == null) {
                register(model);
            }
            var was = before != null && !before.losses().isEmpty();
            if (!outlook.losses().isEmpty() && !was) {
                var first = outlook.losses().getFirst();
                log.warn(
                        "margin alarm: {} is priced below its cost from {} (price {} {}, cost {} {}); policy: {}",
                        model,
                        first.from(),
                        first.price().version(),
                        first.price().prices(),
                        first.cost().version(),
                        first.cost().prices(),
                        outlook.route().onLoss());
            } else if (outlook.losses().isEmpty() && was) {
                log.info("margin alarm over: {} is priced at or above its cost for the days ahead", model);
            }
        }
    }

    private void register(String model) {
        Gauge.builder("gogogoapi.pricing.margin.alarm", () -> of(model).losses().isEmpty() ? (Number) 0 : 1)
                .description("1 if the route is priced below its cost at some time of the next 7 days")
                .tags(Tags.of("model", model))
                .register(meters);
        Gauge.builder("gogogoapi.pricing.margin.losing", () -> of(model).losingNow() ? (Number) 1 : 0)
                .description("1 if the route is priced below its cost now")
                .tags(Tags.of("model", model))
                .register(meters);
    }

    private Watched of(String model) {
        return watched.getOrDefault(model, new Watched(List.of(), Instant.EPOCH));
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("margin-guard").start(() -> {
            while (running) {
                try {
                    look();
                } catch (DataAccessException e) {
                    log.warn("margins could not be looked at; trying again", e);
                }
                LockSupport.parkNanos(everyNanos);
            }
        });
        log.debug("margins are looked at every {} s", TimeUnit.NANOSECONDS.toSeconds(everyNanos));
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
