package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("acceptance")
class ConcurrencyTest {

    private static final int REQUESTS = 50;
    private static final int AFFORDABLE = 10;

    private final RunningSystem system = RunningSystem.shared();

    @Test
    void creditForTenHoldsMeansTenUpstreamCallsAtMost() throws Exception {
        var body = Customer.chat("Count. [[sim: tokens=30, first-byte-delay-ms=2000]]", 1_000, false);
        var hold = amount(system.customer("1.00").quote(body), "max_cost_usd");
        var customer =
                system.customer(hold.multiply(BigDecimal.valueOf(AFFORDABLE)).toPlainString());
        system.simulator("DELETE", "/requests");
        // Of other tests, whose clients left, some wait there for ever.
        var others = system.simulator("GET", "/concurrency").path("in_flight").asInt();

        var answers = new ArrayList<HttpResponse<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var observing = threads.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    customer.books();
                }
            });
            Callable<HttpResponse<String>> request = () -> customer.complete(body);
            for (var done : threads.invokeAll(java.util.Collections.nCopies(REQUESTS, request))) {
                answers.add(done.get());
            }
            observing.cancel(true);
        }

        var served =
                answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        var refused =
                answers.stream().filter(answer -> answer.statusCode() == 402).toList();
        assertThat(served).hasSize(AFFORDABLE);
        assertThat(refused).hasSize(REQUESTS - AFFORDABLE);
        assertThat(system.simulator("GET", "/concurrency")
                        .path("most_in_flight")
                        .asInt())
                .isEqualTo(others + AFFORDABLE);
        assertThat(system.simulator("GET", "/requests").path("data").size()).isEqualTo(AFFORDABLE);

        for (var answer : refused) {
            var error = JsonMapper.shared().readTree(answer.body()).path("error");
            assertThat(error.path("code").asString()).isEqualTo("insufficient_credits");
            assertThat(amount(error, "required_usd")).isEqualByComparingTo(hold);
            assertThat(amount(error, "available_usd")).isLessThan(hold);
            assertThat(amount(error, "held_usd")).isPositive();
            assertThat(error.path("affordable_max_tokens").isIntegralNumber()).isTrue();
            assertThat(error.path("reason").asString()).isEqualTo("held_by_requests_in_flight");
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
        }

        var charges = served.stream()
                .map(answer ->
                        new BigDecimal(answer.headers().firstValue("x-cost-usd").orElseThrow()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var books = customer.booksAtRest();
        assertThat(books.charged()).isEqualByComparingTo(charges);
        assertThat(books.available()).isEqualByComparingTo(books.granted().subtract(charges));
    }
}
