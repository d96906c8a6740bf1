package com.gogogoapi.proxy.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.services.ServicesForTests;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

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
        for (var request : new MockHttpServletRequest[] {
            request("e30=", "e30="), request(""), request("A".repeat(8_193))
        }) {
            assertThatThrownBy(() -> payments(true).take(CALLER, request, new MockHttpServletResponse()))
                    .isInstanceOfSatisfying(
                            ApiError.class, error -> assertThat(error.status()).isEqualTo(400));
        }
    }
}
