package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events as they come, to whoever may see them, and to nobody any longer than that. */
@Tag("acceptance")
class EventsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();

    private static void asks(Customer customer, String key) {
        var answer = SYSTEM.send("POST", "/v1/chat/completions", key, Customer.chat("Hello", 5, false));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aRequestIsToldAsItIsHeldAndCharged() {
        var customer = SYSTEM.customer("1.00");
        try (var events = FollowedEvents.by(SYSTEM, customer.apiKey())) {
            asks(customer, customer.apiKey());
            events.awaitTypes("hold", "charge");
            SYSTEM.operator(
                    "POST",
                    "/accounts/" + customer.account() + "/grants",
                    Map.of("amount_usd", "2.00", "reference", "more"));
            events.awaitTypes("hold", "charge", "grant");
            for (var told : events.all()) {
                assertThat(OpenApi.faultsOf("LiveEvent", told))
                        .as(told.toString())
                        .isEmpty();
            }
            var hold = events.told("ledger_event").get(0);
            var charge = events.told("ledger_event").get(1);
            var line = customer.statement().get(1);
            assertThat(charge.path("amount_usd")).isEqualTo(line.path("amount_usd"));
            assertThat(charge.path("refunded_usd")).isEqualTo(line.path("refunded_usd"));
            assertThat(charge.path("available_usd")).isEqualTo(line.path("available_usd"));
            assertThat(hold.path("request_id")).isEqualTo(charge.path("request_id"));
            assertThat(hold.path("key_id").asString()).isEqualTo(customer.keyId());
        }
    }

    @Test
    void whoComesBackMissesNothing() {
        var customer = SYSTEM.customer("1.00");
        String last;
        try (var events = FollowedEvents.by(SYSTEM, customer.apiKey())) {
            asks(customer, customer.apiKey());
            events.awaitTypes("hold", "charge");
            last = events.told("ledger_event").getFirst().path("sequence").asString();
        }
        asks(customer, customer.apiKey());
        try (var events = FollowedEvents.by(SYSTEM, Map.of("x-api-key", customer.apiKey(), "Last-Event-ID", last))) {
            events.awaitTypes("charge", "hold", "charge");
            assertThat(events.told("resync")).isEmpty();
        }
    }

    @Test
    void aRevokedKeyFollowsNoMore() {
        var customer = SYSTEM.customer("1.00");
        try (var events = FollowedEvents.by(SYSTEM, customer.apiKey())) {
            SYSTEM.operator("DELETE", "/accounts/" + customer.account() + "/keys/" + customer.keyId(), Map.of());
            events.awaitEnd();
        }
    }

    @Test
    void aSessionFollowsUntilItIsEnded() {
        var customer = SYSTEM.customer("1.00");
        var browser = SignedInBrowser.owner(customer);
        try (var events = FollowedEvents.by(
                SYSTEM,
                Map.of(
                        "Cookie", browser.cookie(),
                        "X-Account", customer.account(),
                        "Sec-Fetch-Site", "same-origin"))) {
            asks(customer, customer.apiKey());
            events.awaitTypes("hold", "charge");
            assertThat(browser.call("DELETE", "/session", "").statusCode()).isEqualTo(200);
            events.awaitEnd();
        }
        assertThat(browser.call("GET", "/events?seconds=1", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aDeveloperIsToldOfHisOwn() {
        var customer = SYSTEM.customer("1.00");
        var developer = People.of(customer).asOrganisation().invited("developer");
        var own = developer.inferenceKey();
        try (var events = FollowedEvents.by(SYSTEM, developer.managementKey())) {
            asks(customer, customer.apiKey());
            asks(customer, own);
            events.awaitTypes("hold", "charge");
            assertThat(events.told("ledger_event").getFirst().path("member_id").asString())
                    .isEqualTo(developer.id());
        }
    }
}
