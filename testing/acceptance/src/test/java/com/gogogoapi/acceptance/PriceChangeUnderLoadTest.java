package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.acceptance.TestRoute.Prices;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A price changes at a known instant while customers quote and execute without a pause: every charge is at the price of the
 * version its quote names, and no request has to do with both.
 */
@Tag("acceptance")
class PriceChangeUnderLoadTest {

    private static final Prices BEFORE = new Prices("1", "0.25", "2");
    private static final Prices AFTER = new Prices("3", "0.5", "7");
    private static final int CUSTOMERS = 4;

    /** Of one customer: a statement shows so many. */
    private static final int MOST_REQUESTS = 400;

    /** What the test is about, of all customers together: however fast the machine is, the load goes on until there is enough. */
    private static final int ENOUGH_BEFORE = 60;

    private static final int ENOUGH_AFTER = 30;
    private static final int ENOUGH_QUOTES_KEPT = 15;

    /** Longer than the notice that a new price needs. */
    private static final Duration NOTICE = Duration.ofSeconds(4);

    private static final Duration SOON = Duration.ofMinutes(2);

    private final RunningSystem system = RunningSystem.shared();
    private final AtomicInteger executedBefore = new AtomicInteger();
    private final AtomicInteger executedAfter = new AtomicInteger();
    private final AtomicInteger quotesKept = new AtomicInteger();
    private final AtomicInteger quotedBeforeExecutedAfter = new AtomicInteger();
    private volatile Instant change = Instant.MAX;
    private String versionBefore;
    private String versionAfter;

    /**
     * One execution.
     *
     * @param quotedVersion what the quote said that it executes; null if it was quoted as it was executed
     */
    private record Execution(
            String quotedVersion, Instant asked, Instant answered, HttpResponse<String> answer, Customer customer) {

        String version() {
            return answer.headers().firstValue("x-price-version").orElseThrow();
        }
    }

    @Test
    void everyChargeIsAtThePriceItsQuoteNames() throws Exception {
        var customers = java.util.stream.Stream.generate(() -> system.customer("5.00"))
                .limit(CUSTOMERS)
                .toList();
        var route = new TestRoute(system, "changing-" + customers.getFirst().account());
        versionBefore = route.publish(BEFORE, null);
        route.awaitQuotedAt(customers.getFirst(), versionBefore);
        var executions = new ArrayList<Execution>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var loads = customers.stream()
                    .map(customer -> threads.submit(() -> load(customer, route)))
                    .toList();
            await("there is enough from before the change").atMost(SOON).until(() -> {
                assertThat(loads).noneMatch(Future::isDone);
                return executedBefore.get() >= ENOUGH_BEFORE && quotesKept.get() >= ENOUGH_QUOTES_KEPT;
            });
            change = Instant.now().plus(NOTICE).truncatedTo(ChronoUnit.SECONDS);
            versionAfter = route.publish(AFTER, change);
            for (var load : loads) {
                executions.addAll(load.get());
            }
        }

        for (var execution : executions) {
            assertThat(execution.answer().statusCode())
                    .as(execution.answer().body())
                    .isEqualTo(200);
            if (execution.quotedVersion() != null) {
                assertThat(execution.version()).isEqualTo(execution.quotedVersion());
            } else if (execution.answered().isBefore(change)) {
                assertThat(execution.version()).isEqualTo(versionBefore);
            } else if (!execution.asked().isBefore(change)) {
                assertThat(execution.version()).isEqualTo(versionAfter);
            }
        }
        assertThat(executions.stream()
                        .filter(one -> !one.asked().isBefore(change))
                        .map(Execution::version)
                        .collect(Collectors.toSet()))
                .as("versions executed after the change, one of them by quotes from before")
                .containsExactlyInAnyOrder(versionBefore, versionAfter);
        customers.forEach(this::assertBooked);
        System.out.printf(
                "%d executions, %d of them of quotes from before the change after it%n",
                executions.size(), quotedBeforeExecutedAfter.get());
    }

    /** Quotes, executes some quotes at once and some later, and executes without a quote of its own, in turn. */
    private List<Execution> load(Customer customer, TestRoute route) {
        var executions = new ArrayList<Execution>();
        var kept = new ArrayDeque<Map.Entry<String, JsonNode>>();
        for (var round = 0; !isEnough() && executions.size() < MOST_REQUESTS; round++) {
            var text = "Round " + round + " [[sim: tokens=" + (5 + round % 7) + ", cached=" + round % 3 + "]]";
            var body = route.body(text, Map.of("max_tokens", 20));
            switch (round % 3) {
                case 0 -> executions.add(execute(customer, null, body));
                case 1 -> {
                    var quote = customer.quote(body);
                    executions.add(execute(customer, quote, route.body(text, named(quote))));
                }
                default -> {
                    var quote = customer.quote(body);
                    kept.add(Map.entry(text, quote));
                    quotesKept.incrementAndGet();
                }
            }
            if (!kept.isEmpty() && !Instant.now().isBefore(change)) {
                var oldest = kept.removeFirst();
                executions.add(
                        execute(customer, oldest.getValue(), route.body(oldest.getKey(), named(oldest.getValue()))));
            }
        }
        return executions;
    }

    private boolean isEnough() {
        return executedAfter.get() >= ENOUGH_AFTER && quotedBeforeExecutedAfter.get() >= ENOUGH_QUOTES_KEPT;
    }

    private static Map<String, Object> named(JsonNode quote) {
        return Map.of("quote_id", quote.path("quote_id").asString());
    }

    private Execution execute(Customer customer, JsonNode quote, String body) {
        var asked = Instant.now();
        var answer = customer.complete(body);
        var version =
                quote == null ? null : quote.path("price").path("price_version").asString();
        if (asked.isBefore(change)) {
            executedBefore.incrementAndGet();
        } else {
            executedAfter.incrementAndGet();
            if (version != null && version.equals(versionBefore)) {
                quotedBeforeExecutedAfter.incrementAndGet();
            }
        }
        return new Execution(version, asked, Instant.now(), answer, customer);
    }

    /** Each charge is its usage at its version's price, and of its hold's version. */
    private void assertBooked(Customer customer) {
        customer.booksAtRest();
        var prices = Map.of(versionBefore, BEFORE, versionAfter, AFTER);
        var holds = new HashMap<String, JsonNode>();
        var lines = customer.statement();
        lines.stream()
                .filter(line -> line.path("type").asString().equals("hold"))
                .forEach(line -> holds.put(line.path("request_id").asString(), line));
        var charges = lines.stream()
                .filter(line -> line.path("type").asString().equals("charge"))
                .toList();
        assertThat(charges).hasSameSizeAs(holds.keySet()).isNotEmpty();
        for (var charge : charges) {
            var version = charge.path("price_version").asString();
            assertThat(amount(charge, "amount_usd"))
                    .as(charge.toString())
                    .isEqualByComparingTo(prices.get(version).costOf(charge));
            assertThat(holds.get(charge.path("request_id").asString())
                            .path("price_version")
                            .asString())
                    .isEqualTo(version);
        }
    }
}
