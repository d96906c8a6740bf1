package com.gogogoapi.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.InFlightLimit;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.ProxyProperties.UpstreamProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** How much is let in at once: of an account, and of all together. */
class AdmissionTest {

    private static final int MIB = 1024 * 1024;
    private static final AccountId ONE = new AccountId("acct_one");
    private static final AccountId OTHER = new AccountId("acct_other");
    private static final AccountId THIRD = new AccountId("acct_third");
    private static final BudgetScope KEY = BudgetScope.ofKey(new UUID(7, 1));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Bodies of up to 1 MiB: 3 MiB for all, 2 MiB and three requests for each account. */
    private final Admission admission =
            new Admission(new AdmissionProperties(3 * MIB, 2 * MIB, 3, 1_000, Duration.ZERO), proxy(MIB), meters);

    private static ProxyProperties proxy(int maxBodyBytes) {
        var nowhere = URI.create("http://localhost:1");
        var second = Duration.ofSeconds(1);
        return new ProxyProperties(
                nowhere,
                nowhere,
                nowhere,
                nowhere,
                nowhere,
                nowhere,
                "an operator token of 32 characters or more",
                "",
                maxBodyBytes,
                second,
                new UpstreamProperties(nowhere, "key", second, second, second, second, Map.of(), 1, 1));
    }

    private static MockHttpServletRequest said(int bytes) {
        var request = new MockHttpServletRequest();
        request.setContent(new byte[bytes]);
        return request;
    }

    /** A body whose size nobody says. */
    private static MockHttpServletRequest unsaid(int bytes) {
        var request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setContent(new byte[bytes]);
        return request;
    }

    private Place enter(AccountId account) {
        return admission.enter(account, KEY, List.of());
    }

    private RequestBody receive(AccountId account, int bytes) throws IOException {
        return enter(account).receive(said(bytes));
    }

    private static void assertRefused(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable asking) {
        assertThatThrownBy(asking).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(status);
            if (status != 413) {
                assertThat(error.headers()).containsKey("Retry-After");
            }
        });
    }

    private double free() {
        return meters.get("gogogoapi.proxy.admission.free").gauge().value();
    }

    @Test
    void anAccountHasSoManyRequestsAtOnce() {
        try (var first = enter(ONE);
                var second = enter(ONE)) {
            assertThat(first).isNotSameAs(second);
            enter(ONE).close();
            enter(ONE);
            assertRefused(429, () -> enter(ONE));
            enter(OTHER).close();
        }
        enter(ONE);
    }

    @Test
    void aKeyAndWhoeverHasALimitHaveSoManyRequestsAtOnce() {
        var member = BudgetScope.ofMember(new UUID(7, 2));
        var limits = List.of(new InFlightLimit(KEY, 2), new InFlightLimit(member, 1));
        try (var first = admission.enter(ONE, KEY, limits)) {
            assertThat(first).isNotNull();
            assertRefused(429, () -> admission.enter(ONE, KEY, limits));
            admission.enter(ONE, KEY, limits.subList(0, 1)).close();
        }
        // What was refused has taken nothing, and what ended gave back what it had.
        assertThat(admission.scopesInFlight()).isZero();
        assertThat(admission.accountsInFlight()).isZero();
        admission.enter(ONE, KEY, limits).close();
    }

    @Test
    void aKeyWithoutALimitHasThatOfTheInstance() {
        var narrow = new Admission(
                new AdmissionProperties(1, 1, 10, 2, Duration.ZERO), proxy(MIB), new SimpleMeterRegistry());
        narrow.enter(ONE, KEY, List.of());
        var second = narrow.enter(ONE, KEY, List.of());
        assertRefused(429, () -> narrow.enter(ONE, KEY, List.of()));
        narrow.enter(ONE, KEY, List.of(new InFlightLimit(KEY, 3)));
        narrow.enter(ONE, BudgetScope.ofKey(new UUID(7, 3)), List.of());
        second.close();
        narrow.enter(ONE, KEY, List.of(new InFlightLimit(KEY, 3)));
    }

    @Test
    void anAccountHasSoManyBytesAtOnceAndOthersHaveTheRest() throws IOException {
        var first = receive(ONE, MIB);
        receive(ONE, MIB);
        assertRefused(429, () -> receive(ONE, 1));
        receive(OTHER, MIB);
        assertRefused(503, () -> receive(THIRD, MIB));
        first.release();
        receive(THIRD, MIB);
    }

    @Test
    void smallBodiesNeverStandBehindLargeOnes() throws IOException {
        receive(ONE, MIB);
        receive(ONE, MIB);
        receive(OTHER, MIB);
        assertRefused(503, () -> receive(OTHER, Admission.SMALL_BYTES + 1));
        assertThat(receive(OTHER, Admission.SMALL_BYTES).bytes()).hasSize(Admission.SMALL_BYTES);
    }

    @Test
    void whatIsLetGoOrEndsComesBackOnce() throws IOException {
        var all = free();
        for (var size : new int[] {0, 1, 1000, Admission.SMALL_BYTES, 200_000, MIB}) {
            for (var request : new MockHttpServletRequest[] {said(size), unsaid(size)}) {
                try (var place = enter(ONE)) {
                    var body = place.receive(request);
                    assertThat(body.bytes()).hasSize(size);
                    body.release();
                }
            }
            try (var place = enter(ONE)) {
                assertThat(place.receive(unsaid(size)).bytes()).hasSize(size);
            }
        }
        assertThat(free()).isEqualTo(all);
        assertThat(admission.accountsInFlight()).isZero();
    }

    @Test
    void nothingIsReadForWhichThereIsNoRoom() throws IOException {
        receive(ONE, MIB);
        receive(ONE, MIB);
        receive(OTHER, MIB);
        var unread = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return MIB;
            }

            @Override
            public jakarta.servlet.ServletInputStream getInputStream() {
                return new org.springframework.mock.web.DelegatingServletInputStream(new InputStream() {
                    @Override
                    public int read() {
                        throw new AssertionError("It must not be read.");
                    }
                });
            }
        };
        assertRefused(503, () -> enter(THIRD).receive(unread));
    }

    @Test
    void whateverFailsGivesItsRoomBack() {
        var all = free();
        for (var request : new MockHttpServletRequest[] {said(MIB + 1), unsaid(MIB + 1)}) {
            assertRefused(413, () -> {
                try (var place = enter(ONE)) {
                    place.receive(request);
                }
            });
        }
        assertThat(free()).isEqualTo(all);
        assertThat(admission.accountsInFlight()).isZero();
    }

    @Test
    void thereIsAlwaysRoomForTheLargestBody() throws IOException {
        var tight = new Admission(
                new AdmissionProperties(1, 1, 1, 1, Duration.ZERO), proxy(MIB), new SimpleMeterRegistry());
        try (var place = tight.enter(ONE, KEY, List.of())) {
            assertThat(place.receive(unsaid(MIB)).bytes()).hasSize(MIB);
        }
    }
}
