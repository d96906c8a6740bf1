package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An account's webhooks, and what becomes of those that nobody takes. */
@Tag("integration")
class WebhooksTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private static AlertedInstallation installation;

    @BeforeAll
    static void start() {
        installation = AlertedInstallation.start(10, "usage_webhooks");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static void awaitSaid(AlertedInstallation.Customer customer, String path, String what) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(customer.send("GET", path, "").toString()).contains(what));
    }

    @Test
    void aTestIsSentToTheOneThatAskedForIt() {
        var customer = installation.customer("acct_test");
        customer.confirmed("test@example.com", "{\"email\":\"test@example.com\"}");
        var asked = customer.webhook("/asked").path("id").asString();
        customer.webhook("/not-asked");
        customer.send("POST", "/webhooks/" + asked + "/test", "{}");
        customer.send("POST", "/alerts/test", "");
        assertThat(installation
                        .awaitReceived("/asked", 1)
                        .getFirst()
                        .json()
                        .path("type")
                        .asString())
                .isEqualTo("test");
        assertThat(installation.awaitMails("test@example.com", 1)).containsExactly("A test");
        // Of tests, the last is shown.
        awaitSaid(customer, "/webhooks/" + asked + "/deliveries", "\"last_status\":204");
        customer.send("POST", "/webhooks/" + asked + "/test", "");
        installation.awaitReceived("/asked", 2);
        assertThat(customer.send("GET", "/webhooks/" + asked + "/deliveries", "")
                        .path("data"))
                .hasSize(1);
        assertThat(installation.received("/not-asked")).isEmpty();
    }

    @Test
    void alertsGoToAnAddressOnceItsCodeIsGivenBack() {
        var customer = installation.customer("acct_address");
        customer.confirmed("before@example.com", "{\"email\":\"before@example.com\"}");
        var pending = customer.send("PUT", "/alerts", "{\"email\":\"after@example.com\"}");
        assertThat(pending.path("email").asString()).isEqualTo("before@example.com");
        assertThat(pending.path("unconfirmed_email").asString()).isEqualTo("after@example.com");
        customer.send("POST", "/alerts/test", "");
        installation.awaitMails("before@example.com", 1);
        var code = installation.mailed("after@example.com").getFirst().code();
        assertThat(installation
                        .customer("acct_thief")
                        .refused(422, "POST", "/alerts/confirmation", "{\"code\":\"" + code + "\"}"))
                .contains("wrong_code");
        for (var i = 0; i < 5; i++) {
            assertThat(customer.refused(422, "POST", "/alerts/confirmation", "{\"code\":\"AAAAAAAA\"}"))
                    .contains("wrong_code");
        }
        assertThat(customer.refused(422, "POST", "/alerts/confirmation", "{\"code\":\"" + code + "\"}"))
                .as("after five wrong ones")
                .contains("wrong_code");

        customer.confirmed("after@example.com", "{\"email\":\"after@example.com\"}");
        customer.send("POST", "/alerts/test", "");
        assertThat(installation.awaitMails("after@example.com", 1)).containsExactly("A test");
        assertThat(installation.mails("before@example.com")).hasSize(1);
        customer.send("PUT", "/alerts", "{\"email\":\"after@example.com\"}");
        assertThat(installation.mailed("after@example.com"))
                .as("what is confirmed is not asked again")
                .hasSize(3);
        assertThat(customer.send("PUT", "/alerts", "{}").path("email").isNull()).isTrue();
    }

    @Test
    void anAccountHasFewCodesMailed() {
        var customer = installation.customer("acct_flood");
        for (var i = 0; i < 10; i++) {
            customer.send("PUT", "/alerts", "{\"email\":\"flooded@example.com\"}");
        }
        assertThat(customer.refused(422, "PUT", "/alerts", "{\"email\":\"flooded@example.com\"}"))
                .contains("too_many_codes");
        assertThat(installation.mailed("flooded@example.com")).hasSize(10);
    }

    @Test
    void aRotatedSecretSignsBesideTheOneBefore() throws Exception {
        var customer = installation.customer("acct_rotated");
        var endpoint = customer.webhook("/rotated");
        var path = "/webhooks/" + endpoint.path("id").asString();
        assertThat(customer.refused(400, "POST", path + "/rotation", "{}")).contains("overlap_seconds must say");
        var rotated = customer.send("POST", path + "/rotation", "{\"overlap_seconds\":3600}");
        customer.send("POST", path + "/test", "");
        var both = installation.awaitReceived("/rotated", 1).getFirst();
        for (var secret : List.of(endpoint, rotated)) {
            new Webhook(secret.path("secret").asString()).verify(both.body(), both.headers());
        }
        var last = customer.send("POST", path + "/rotation", "{\"overlap_seconds\":0}");
        customer.send("POST", path + "/test", "");
        var one = installation.awaitReceived("/rotated", 2).getLast();
        new Webhook(last.path("secret").asString()).verify(one.body(), one.headers());
        assertThatThrownBy(() -> new Webhook(rotated.path("secret").asString()).verify(one.body(), one.headers()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void oneThatFailsIsSwitchedOffForAllToSee() {
        var customer = installation.customer("acct_broken");
        customer.confirmed("broken@example.com", "{\"email\":\"broken@example.com\"}");
        var id = customer.webhook("/broken").path("id").asString();
        customer.webhook("/beside-broken");
        customer.send("POST", "/webhooks/" + id + "/test", "");
        awaitSaid(customer, "/webhooks", "A webhook was not delivered in 3 attempts; at last it answered 500.");
        assertThat(installation.received("/broken")).hasSize(3);
        awaitSaid(customer, "/webhooks/" + id + "/deliveries", "\"last_status\":500");
        var told = installation.awaitReceived("/beside-broken", 1).getFirst().json();
        assertThat(told.path("type").asString()).isEqualTo("webhook.disabled");
        assertThat(told.path("data").path("webhook_id").asString()).isEqualTo(id);
        assertThat(installation.awaitMails("broken@example.com", 1))
                .containsExactly("A webhook of yours is switched off");

        assertThat(customer.refused(422, "POST", "/webhooks/" + id + "/test", ""))
                .contains("webhook_disabled");
        assertThat(customer.send("POST", "/webhooks/" + id + "/enable", "")
                        .path("status")
                        .asString())
                .isEqualTo("on");
        customer.send("POST", "/webhooks/" + id + "/remove", "");
        assertThat(customer.send("GET", "/webhooks", "").toString()).doesNotContain(id);
    }

    @Test
    void oneThatIsGoneIsNotAskedAgain() {
        var customer = installation.customer("acct_gone");
        var id = customer.webhook("/gone").path("id").asString();
        customer.send("POST", "/webhooks/" + id + "/test", "");
        awaitSaid(customer, "/webhooks", "It says that it is gone (410).");
        assertThat(installation.received("/gone")).hasSize(1);
    }

    @Test
    void oneThatTakesOthersIsNotSwitchedOffForTheOneThatItDoesNotTake() {
        var customer = installation.customer("acct_picky");
        customer.send("PUT", "/alerts", "{\"low_balance_usd\":\"5.00\"}");
        var id = customer.webhook("/picky").path("id").asString();
        installation.left("acct_picky", "1.00", "0.00");
        installation.left("acct_picky", "9.00", "0.00");
        // Three times the one, once the other.
        installation.awaitReceived("/picky", 4);
        awaitSaid(customer, "/webhooks/" + id + "/deliveries", "\"attempts\":3,\"delivered_at\":null,\"next_at\":null");
        assertThat(customer.send("GET", "/webhooks", "")
                        .path("data")
                        .path(0)
                        .path("status")
                        .asString())
                .isEqualTo("on");
    }

    @Test
    void whatIsWrongIsSaid() {
        var customer = installation.customer("acct_wrong");
        for (var wrong : Map.of(
                        "{\"url\":\"ftp://example.com\"}", "url must be an address",
                        "{\"url\":\"https://me:secret@example.com/\"}", "without a login",
                        "{\"url\":7}", "url must be a string",
                        "{}", "url must be a string",
                        "{\"url\":\"https://example.com\",\"events\":[]}", "events must be a list",
                        "{\"url\":\"https://example.com\",\"events\":[\"no.such\"]}", "events must be a list",
                        "{\"url\":\"https://example.com\",\"secret\":\"x\"}", "secret must be one of the known fields")
                .entrySet()) {
            assertThat(customer.refused(400, "POST", "/webhooks", wrong.getKey()))
                    .contains(wrong.getValue());
        }
        var id = customer.webhook("/wrong").path("id").asString();
        assertThat(customer.refused(400, "POST", "/webhooks/" + id + "/replay", "{}"))
                .contains("from_sequence must be given");
        assertThat(customer.refused(400, "POST", "/webhooks/" + id + "/replay", "{\"from_sequence\":-1}"))
                .contains("from_sequence must be a whole number from 0");
        assertThat(customer.refused(400, "POST", "/webhooks/" + id + "/test", "{\"x\":1}"))
                .contains("x must be one of the known fields: there are none.");
        assertThat(installation.customer("acct_else").refused(404, "POST", "/webhooks/" + id + "/test", ""))
                .contains("no such webhook");
        assertThat(customer.refused(400, "PUT", "/alerts", "{\"low_balance_usd\":\"-1\"}"))
                .contains("low_balance_usd must be a positive amount");
        assertThat(customer.refused(400, "PUT", "/alerts", "{\"email\":\"ann@example.com, bob@example.com\"}"))
                .contains("email must be one address");
        assertThat(customer.refused(422, "POST", "/alerts/test", "")).contains("must have set an address");
        for (var path : List.of("/alerts", "/webhooks", "/webhooks/" + id + "/deliveries")) {
            assertThat(customer.refusedToDeveloper(path)).contains("role_not_allowed");
        }
        for (var i = 1; i < 10; i++) {
            customer.webhook("/wrong");
        }
        assertThat(customer.refused(422, "POST", "/webhooks", "{\"url\":\"https://example.com\"}"))
                .contains("at most 10 webhooks");
    }
}
