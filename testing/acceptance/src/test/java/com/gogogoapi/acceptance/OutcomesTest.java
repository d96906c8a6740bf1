package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static com.gogogoapi.acceptance.Customer.flashCost;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.intake.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The published rule for every way a request can end. */
@Tag("acceptance")
class OutcomesTest {

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");

    @BeforeEach
    void othersAreServedWell() {
        system.customer("1.00").isServedWell();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "fail=400, false, 400, UPSTREAM_FAILED",
        "fail=401, false, 502, UPSTREAM_FAILED",
        "fail=402, true, 502, UPSTREAM_FAILED",
        "fail=422, false, 422, UPSTREAM_FAILED",
        "fail=429, true, 503, UPSTREAM_FAILED",
        "fail=500, true, 502, UPSTREAM_FAILED",
        "fail=503, false, 503, UPSTREAM_FAILED",
        "reset, true, 502, UPSTREAM_FAILED",
        "first-byte-delay-ms=6000, false, 504, TIMED_OUT",
        "cut-after=0, false, 502, UPSTREAM_FAILED",
    })
    void whatFailsBeforeItsFirstByteIsFreeAndReleasedAtOnce(String fault, boolean stream, int status, String rule) {
        var answer = customer.complete(Customer.chat("Hello [[sim: " + fault + "]]", 50, stream));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error\"");
        var books = customer.books();
        assertThat(books.charged()).isZero();
        assertThat(books.held()).isZero();
        assertThat(customer.lastLine().path("type").asString()).isEqualTo("release");
        assertThat(customer.lastLine().path("rule").asString()).isEqualTo(rule);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'tokens=20, chunk-delay-ms=30, cut-after=7', UPSTREAM_FAILED_MIDWAY, 7",
        "'tokens=20, chunk-delay-ms=30, error-after=7', UPSTREAM_FAILED_MIDWAY, 7",
        "'tokens=20, stall-after=7', TIMED_OUT_MIDWAY, 7",
        "'tokens=20, stall-after=7, keep-alive=true', TIMED_OUT_MIDWAY, 7",
    })
    void whatBreaksMidwayIsChargedForWhatWasDelivered(String fault, String rule, long delivered) {
        var body = Customer.chat("Hello [[sim: " + fault + "]]", 50, true);
        var answer = customer.complete(body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("data: {\"error\":{").doesNotContain("[DONE]");
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo(rule);
        assertThat(line.path("usage_estimated").asBoolean()).isTrue();
        var promptTokens = customer.quote(body).path("prompt_tokens").asLong();
        assertThat(amount(line, "amount_usd")).isEqualByComparingTo(flashCost(promptTokens, 0, delivered));
    }

    @ParameterizedTest(name = "{0} streamed: {1}")
    @CsvSource({"'tokens=9, usage=none', false", "'tokens=9, usage=none', true"})
    void missingUsageIsCountedAndMarkedAsEstimated(String setting, boolean stream) {
        var answer = customer.complete(Customer.chat("Hello [[sim: " + setting + "]]", 50, stream));

        assertThat(answer.statusCode()).isEqualTo(200);
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("USAGE_MISSING");
        assertThat(line.path("usage_estimated").asBoolean()).isTrue();
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(9);
    }

    @ParameterizedTest(name = "usage on the {0} chunk")
    @CsvSource({"trailing", "finish"})
    void usageCountsWhereverAStreamStatesIt(String where) {
        var answer = customer.complete(Customer.chat("Hello [[sim: tokens=9, usage=" + where + "]]", 50, true));

        assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("\"choices\":[]");
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("COMPLETED");
        assertThat(line.path("usage_estimated").asBoolean()).isFalse();
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(9);
    }

    @ParameterizedTest(name = "streamed: {0}")
    @CsvSource({"false", "true"})
    void whatServedNothingIsFree(boolean stream) {
        customer.complete(Customer.chat("Hello [[sim: nothing=true]]", 50, stream));
        assertThat(customer.books().charged()).isZero();
        assertThat(customer.lastLine().path("rule").asString()).isEqualTo("NOTHING_SERVED");
    }

    @Test
    void blankLinesBeforeAnAnswerAreTolerated() {
        var answer = customer.complete(Customer.chat("Hello [[sim: keep-alive=true, tokens=3]]", 50, false));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(customer.lastLine().path("rule").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void anOverrunIsTakenFromAvailableAndVisible() {
        customer.complete(Customer.chat("Hello [[sim: tokens=1, extra-prompt=1000]]", 1, false));
        var line = customer.lastLine();
        assertThat(amount(line, "amount_usd")).isGreaterThan(amount(line, "held_usd_of_request"));
        assertThat(amount(line, "overrun_usd")).isZero();
        assertThat(amount(line, "refunded_usd")).isZero();
    }

    @Test
    void aClientThatLeavesPaysForWhatItGot() throws Exception {
        completeUntil(4_000, "tokens=5000, chunk-delay-ms=10");

        customer.booksAtRest();
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("CLIENT_LEFT");
        assertThat(line.path("usage_estimated").asBoolean()).isTrue();
        assertThat(line.path("completion_tokens").asLong()).isBetween(5L, 2_000L);
    }

    /** A new outcome compiles only once it is said here how it comes about. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HOLD_EXPIRED", "INTERRUPTED", "INTERRUPTED_MIDWAY"})
    void everyOutcomeComesAboutAndChargesAsItSays(Outcome outcome) throws Throwable {
        Executable way =
                switch (outcome) {
                    case COMPLETED -> () -> complete("tokens=3");
                    case USAGE_MISSING -> () -> complete("tokens=3, usage=none");
                    case CLIENT_LEFT -> () -> completeUntil(4_000, "tokens=5000, chunk-delay-ms=10");
                    case UPSTREAM_FAILED_MIDWAY -> () -> complete("tokens=3, chunk-delay-ms=50, cut-after=2");
                    case TIMED_OUT_MIDWAY -> () -> complete("tokens=3, stall-after=1");
                    case UPSTREAM_FAILED -> () -> complete("fail=500");
                    case TIMED_OUT -> () -> complete("stall-after=0");
                    case NOTHING_SERVED -> () -> complete("nothing=true");
                    case CLIENT_LEFT_EARLY -> () -> completeUntil(20, "stall-after=0, keep-alive=true");
                    case CLIENT_LEFT_AGAIN ->
                        () -> {
                            for (var i = 0; i <= RunningSystem.FREE_EARLY_LEAVINGS; i++) {
                                completeUntil(20, "stall-after=0, keep-alive=true");
                                // One after another: which of several is the one too many would be chance.
                                customer.booksAtRest();
                            }
                        };
                    case HOLD_EXPIRED ->
                        throw new IllegalArgumentException("A hold must outlive a test like this: see KillTest.");
                    case INTERRUPTED, INTERRUPTED_MIDWAY ->
                        throw new IllegalArgumentException("A test like this must not stop: see LongStreamsTest.");
                };
        way.execute();

        var books = customer.booksAtRest();
        assertThat(customer.lastLine().path("rule").asString()).isEqualTo(outcome.name());
        assertThat(books.charged().signum()).isEqualTo(outcome.isCharged() ? 1 : 0);
    }

    private void complete(String setting) {
        customer.complete(Customer.chat("Hello [[sim: " + setting + "]]", 50, true));
    }

    /** Leaves in the middle of a stream. */
    private void completeUntil(int bytes, String setting) throws Exception {
        var body = Customer.chat("Hello [[sim: " + setting + "]]", 5_000, true);
        var request = HttpRequest.newBuilder(URI.create(system.url("/v1/chat/completions")))
                .header("Authorization", "Bearer " + customer.apiKey())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient();
                var stream = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            assertThat(stream.readNBytes(bytes)).hasSize(bytes);
            client.shutdownNow();
        } catch (IOException e) {
            assertThat(e).as("leaving may break our own reading").isNotNull();
        }
    }
}
