package com.gogogoapi.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.ProxyProperties.UpstreamProperties;
import com.gogogoapi.proxy.outcome.OutcomeRule;
import com.gogogoapi.proxy.outcome.OutcomeRule.Delivered;
import com.gogogoapi.proxy.outcome.OutcomeRule.StatedUsage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamGuardsTest {

    private static final AccountId ANYBODY = new AccountId("acct_anybody");
    private static final URI NOWHERE = URI.create("http://localhost:1");

    private final UpstreamGuards guards = new UpstreamGuards(
            new ProxyProperties(
                    NOWHERE,
                    NOWHERE,
                    NOWHERE,
                    NOWHERE,
                    NOWHERE,
                    NOWHERE,
                    "an operator token of 32 characters or more",
                    "",
                    1,
                    Duration.ofSeconds(1),
                    new UpstreamProperties(
                            NOWHERE,
                            "key",
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Map.of("small", 2),
                            100,
                            1)),
            new SimpleMeterRegistry());

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable entering) {
        assertThatThrownBy(entering).isInstanceOfSatisfying(UpstreamFailure.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(503);
            assertThat(failure.error().headers()).containsKey("Retry-After");
            assertThat(OutcomeRule.of(failure.ending(), Delivered.NOTHING, StatedUsage.NONE)
                            .outcome())
                    .isEqualTo(Outcome.UPSTREAM_FAILED);
        });
    }

    @Test
    void aModelHasSoManyPlacesAndGivesThemBackOnce() throws UpstreamFailure {
        var first = guards.enter("small", ANYBODY);
        var second = guards.enter("small", ANYBODY);
        assertRefused(() -> guards.enter("small", ANYBODY));
        guards.enter("another", ANYBODY).leave(true);

        first.leave(true);
        first.leave(true);
        var third = guards.enter("small", ANYBODY);
        assertRefused(() -> guards.enter("small", ANYBODY));
        second.leave(true);
        third.leave(true);
    }

    @Test
    void anUpstreamThatKeepsFailingIsHeldOffAndOthersAreNot() throws UpstreamFailure {
        for (var i = 0; i < 20; i++) {
            guards.enter("failing", new AccountId("acct_" + i)).leave(false);
        }
        assertRefused(() -> guards.enter("failing", ANYBODY));
        guards.enter("well", ANYBODY).leave(true);
    }

    @Test
    void someFailuresAmongManySuccessesChangeNothing() throws UpstreamFailure {
        for (var i = 0; i < 100; i++) {
            guards.enter("mostly", ANYBODY).leave(i % 4 != 0);
        }
        guards.enter("mostly", ANYBODY).leave(true);
    }

    @Test
    void oneAccountsFailuresHoldOffNobody() throws UpstreamFailure {
        for (var i = 0; i < 100; i++) {
            guards.enter("shared", ANYBODY).leave(false);
        }
        guards.enter("shared", new AccountId("acct_another")).leave(true);
        guards.enter("shared", ANYBODY).leave(true);
    }
}
