package com.gogogoapi.proxy.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.services.ServicesForTests;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where payments are off, and where whoever takes them is away, everything is as it was without them. */
class PaymentsTest {

    private static final Caller CALLER =
            Caller.signedIn("session_1", new AccountId("acct_1"), UUID.randomUUID(), MemberRole.OWNER, true);
    private static final ApiError MISSING = ApiError.insufficientCredits("Credit is missing.")
            .withDetail("required_usd", Usd.usd("2.00"))
            .withDetail("available_usd", Usd.usd("0.50"));

    /** Nobody is there but an account-service. */
    private static Payments payments(boolean on) {
        return new Payments(
                ServicesForTests.withAccountServiceAt(URI.create("http://127.0.0.1:1")), new X402Properties(on));
    }

    private static MockHttpServletRequest request(String... payments) {
        var request = new MockHttpServletRequest("POST", "/v1/chat/completions");
        for (var payment : payments) {
            request.addHeader("PAYMENT-SIGNATURE", payment);
        }
        return request;
    }

    @Test
    void whereTheyAreOffNobodyIsAskedAnything() {
        var response = new MockHttpServletResponse();
        assertThatCode(() -> payments(false).take(CALLER, request("anything", "twice"), response))
                .doesNotThrowAnyException();
        assertThat(response.getHeaderNames()).isEmpty();
        assertThat(payments(false).offered(MISSING, CALLER, request())).isSameAs(MISSING);
    }

    @Test
    void whereNobodySaysWhatCanBePaidTheRefusalIsAsItWas() {
        assertThat(payments(true).offered(MISSING, CALLER, request())).isSameAs(MISSING);
        var other = ApiError.notFound("There is no such thing.");
        assertThat(payments(true).offered(other, CALLER, request())).isSameAs(other);
    }

    @Test
    void whetherAPaymentWasTakenIsNotKnownWhereNobodyAnswers() {
        assertThatThrownBy(() -> payments(true).take(CALLER, request("e30="), new MockHttpServletResponse()))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.code()).isEqualTo("payment_pending"));
        assertThatCode(() -> payments(true).take(CALLER, request(), new MockHttpServletResponse()))
                .doesNotThrowAnyException();
    }

    @Test
    void aRequestBringsOnePaymentOfABoundedSize() {
        for (var request :
                new MockHttpServletRequest[] {request("e30=", "e30="), request(""), request("A".repeat(8_193))}) {
            assertThatThrownBy(() -> payments(true).take(CALLER, request, new MockHttpServletResponse()))
                    .isInstanceOfSatisfying(
                            ApiError.class, error -> assertThat(error.status()).isEqualTo(400));
        }
    }

    private static final String PAYMENT = "{\"id\":\"01a21049-56f2-7d46-8bdb-053a606b9931\",\"state\":\"%s\","
            + "\"network\":\"eip155:8453\",\"payer\":\"0x1\",\"amount_atomic\":\"1000000\",\"transaction\":%s}";

    private interface Asking {
        void ask(Payments payments);
    }

    /** Of a funding-service that answers this. */
    private static void answered(String json, Asking asking) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/internal/top-ups", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                var body = json.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            asking.ask(new Payments(ServicesForTests.withFundingServiceAt(url), new X402Properties(true)));
        } finally {
            server.stop(0);
        }
    }

    private static ApiError refusal(ThrowingCallable work) {
        return (ApiError) catchThrowable(work);
    }

    private static JsonNode decoded(String header) {
        return JsonMapper.shared().readTree(Base64.getDecoder().decode(header));
    }

    @Test
    void whatIsUnderWayIs503WithItsIdAndNever402() throws IOException {
        var sent = PAYMENT.formatted("sent", "null");
        answered("{\"outcome\":\"pending\",\"payment\":" + sent + "}", payments -> {
            var error = refusal(() -> payments.take(CALLER, request("e30="), new MockHttpServletResponse()));
            assertThat(error.status()).isEqualTo(503);
            assertThat(error.code()).isEqualTo("payment_pending");
            assertThat(error.fields()).containsEntry("payment_id", "01a21049-56f2-7d46-8bdb-053a606b9931");
            assertThat(error.headers()).containsKey("Retry-After").doesNotContainKey("PAYMENT-RESPONSE");
        });
        answered("{\"payment_required\":{\"x402Version\":2},\"in_flight\":" + sent + "}", payments -> {
            var error = payments.offered(MISSING, CALLER, request());
            assertThat(error.code()).isEqualTo("payment_pending");
            assertThat(error.headers()).doesNotContainKey("PAYMENT-REQUIRED");
        });
        var settled = PAYMENT.formatted("settled", "\"0xabc\"");
        answered("{\"outcome\":\"pending\",\"payment\":" + settled + "}", payments -> {
            var error = refusal(() -> payments.take(CALLER, request("e30="), new MockHttpServletResponse()));
            assertThat(error.code()).isEqualTo("payment_pending");
            assertThat(decoded(error.headers().get("PAYMENT-RESPONSE"))
                            .path("transaction")
                            .asString())
                    .isEqualTo("0xabc");
        });
    }

    @Test
    void whatIsRefusedIs402WithWhy() throws IOException {
        answered(
                "{\"outcome\":\"refused\",\"reason\":\"insufficient_funds\",\"message\":\"The payer must have more.\"}",
                payments -> {
                    var error = refusal(() -> payments.take(CALLER, request("e30="), new MockHttpServletResponse()));
                    assertThat(error.status()).isEqualTo(402);
                    assertThat(error.code()).isEqualTo("payment_refused");
                    var response = decoded(error.headers().get("PAYMENT-RESPONSE"));
                    assertThat(response.path("success").asBoolean()).isFalse();
                    assertThat(response.path("errorReason").asString()).isEqualTo("insufficient_funds");
                });
    }

    @Test
    void whatIsPaidIsToldBesideTheAnswer() throws IOException {
        var settled = PAYMENT.formatted("settled", "\"0xabc\"");
        answered("{\"outcome\":\"paid\",\"payment\":" + settled + "}", payments -> {
            var response = new MockHttpServletResponse();
            payments.take(CALLER, request("e30="), response);
            var told = decoded(String.valueOf(response.getHeader("PAYMENT-RESPONSE")));
            assertThat(told.path("success").asBoolean()).isTrue();
            assertThat(told.path("network").asString()).isEqualTo("eip155:8453");
        });
        answered("{\"payment_required\":{\"x402Version\":2},\"in_flight\":null}", payments -> {
            var error = payments.offered(MISSING, CALLER, request());
            assertThat(error.body()).isEqualTo(MISSING.body());
            assertThat(decoded(error.headers().get("PAYMENT-REQUIRED"))
                            .path("x402Version")
                            .asInt())
                    .isEqualTo(2);
        });
    }
}
