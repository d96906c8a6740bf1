package com.gogogoapi.acceptance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A route of the shared system whose upstream speaks chat and nothing else. */
final class ChatAlone {

    static final String MODEL = RunningSystem.SPEAKS_CHAT_ALONE;
    static final String ALIAS = MODEL + "-too";
    static final TestRoute.Prices PRICES = new TestRoute.Prices("0.5", "0.1", "2");

    private ChatAlone() {}

    /** Sells it, under both of its names. */
    static void sold() {
        var system = RunningSystem.shared();
        var customer = system.customer("1.00");
        var route = new TestRoute(system, MODEL);
        route.awaitQuotedAt(customer, route.publish(PRICES, null));
        system.operator("PUT", "/routes/" + MODEL + "/aliases", Map.of("aliases", List.of(ALIAS)));
        var alias = new TestRoute(system, ALIAS);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> system.send("POST", "/v1/quote", customer.apiKey(), alias.body("hi", Map.of()))
                                .statusCode()
                        == 200);
    }
}
