package com.gogogoapi.account.operators;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long operators stay signed in ({@code gogogoapi.account.operator-sessions.*}).
 *
 * @param idleFor after how long without a request a session ends
 * @param sessionLasts after how long it ends in any case
 */
@ConfigurationProperties("gogogoapi.account.operator-sessions")
record OperatorSessionProperties(
        @DefaultValue("15m") Duration idleFor,
        @DefaultValue("8h") Duration sessionLasts) {

    private static final Duration LONGEST = Duration.ofDays(1);

    OperatorSessionProperties {
        if (!idleFor.isPositive() || sessionLasts.compareTo(idleFor) < 0 || sessionLasts.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("gogogoapi.account.operator-sessions.idle-for must be above 0, and"
                    + " gogogoapi.account.operator-sessions.session-lasts no less and at most 24h.");
        }
    }
}
