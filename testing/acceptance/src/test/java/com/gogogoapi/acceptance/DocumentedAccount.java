package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An organisation that has one of everything that a route can be asked for, and makes more of what a route ends. */
final class DocumentedAccount {

    static final String MODEL = "deepseek-v4-flash";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final RunningSystem system;
    private final Customer customer;
    private final People.Person owner;
    private final String operator;
    private final String requestId;

    DocumentedAccount(RunningSystem system) {
        this.system = system;
        this.customer = system.customer("5.00");
        this.owner = People.of(customer).asOrganisation().invited("owner");
        this.operator = system.access("operator_token");
        assertThat(customer.complete(Customer.chat("Hello [[sim: tokens=5]]", 5, false))
                        .statusCode())
                .isEqualTo(200);
        this.requestId = customer.lastLine().path("request_id").asString();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> system.send("GET", "/v1/requests/" + requestId, customer.apiKey(), "")
                                .statusCode()
                        == 200);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> system.send("GET", "/v1/operator/ledger/checkpoints/latest", operator, "")
                                .statusCode()
                        == 200);
    }

    Customer customer() {
        return customer;
    }

    People.Person owner() {
        return owner;
    }

    String operator() {
        return operator;
    }

    Map<String, String> ids() {
        return Map.of(
                "account", customer.account(),
                "keyId", customer.keyId(),
                "member", owner.id(),
                "requestId", requestId,
                "grantId",
                        GrantRequested.requestIdOf(new AccountId(customer.account()), "opening")
                                .toString(),
                "month", YearMonth.now(ZoneOffset.UTC).toString(),
                "model", MODEL);
    }

    /** A name that nothing else has. */
    static String unique() {
        return "documented-" + NUMBER.incrementAndGet() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    static String inAMonth() {
        return Instant.now()
                .plus(Duration.ofDays(30))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    JsonNode newKey() {
        return system.operator("POST", "/accounts/" + customer.account() + "/keys", Map.of("label", unique()));
    }

    String newKeyId() {
        return newKey().path("key_id").asString();
    }

    String newMember() {
        return People.of(customer).invited("viewer").id();
    }

    JsonNode newInvitation() {
        return system.operator(
                "POST",
                "/accounts/" + customer.account() + "/invitations",
                Map.of("email", unique() + "@example.com", "role", "viewer"));
    }

    String newInvitationToken() {
        var link = newInvitation().path("link").asString();
        return link.substring(link.indexOf('#') + 1);
    }

    /** Of the test chain, seen at least. */
    String newDeposit() {
        var paid = system.send(
                "POST",
                "/v1/deposit-addresses/test-payments",
                customer.apiKey(),
                "{\"chain_id\":\"eip155:31337\",\"token\":\"USDC\",\"amount\":\"1\"}");
        assertThat(paid.statusCode()).as(paid.body()).isEqualTo(200);
        return await().atMost(Duration.ofMinutes(2)).until(this::lastDeposit, id -> !id.isEmpty());
    }

    private String lastDeposit() {
        var listed = system.send("GET", "/v1/deposits", customer.apiKey(), "");
        assertThat(listed.statusCode()).as(listed.body()).isEqualTo(200);
        return JsonMapper.shared()
                .readTree(listed.body())
                .path("data")
                .path(0)
                .path("id")
                .asString("");
    }

    /** Nobody listens there; one is removed again, of which an account has only so many. */
    String newWebhook() {
        var body = JsonMapper.shared().writeValueAsString(Map.of("url", "http://127.0.0.1:9/"));
        for (var old : read("/v1/webhooks").path("data")) {
            system.send("DELETE", "/v1/webhooks/" + old.path("id").asString(), customer.apiKey(), "");
        }
        var added = system.send("POST", "/v1/webhooks", customer.apiKey(), body);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(added.body()).path("id").asString();
    }

    /** One that was tried to be told something. */
    String testedWebhook() {
        var id = newWebhook();
        var tested = system.send("POST", "/v1/webhooks/" + id + "/test", customer.apiKey(), "");
        assertThat(tested.statusCode()).as(tested.body()).isEqualTo(200);
        await().atMost(Duration.ofMinutes(2)).until(() -> read("/v1/webhooks/" + id + "/deliveries")
                .path("data")
                .path(0)
                .path("last_error")
                .isString());
        return id;
    }

    private JsonNode read(String path) {
        return JsonMapper.shared()
                .readTree(system.send("GET", path, customer.apiKey(), "").body());
    }

    /** An order of more than one operator may give alone. */
    String newOrder() {
        var another = newOperator("treasury");
        var ordered = system.send(
                "POST",
                "/v1/operator/accounts/" + system.customer("1.00").account() + "/grants",
                another.path("secret").asString(),
                JsonMapper.shared()
                        .writeValueAsString(Map.of("amount_usd", "600000", "reference", unique(), "reason", "a test")));
        assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(202);
        return JsonMapper.shared().readTree(ordered.body()).path("order_id").asString();
    }

    JsonNode newOperator(String role) {
        return system.operator("POST", "/operators", Map.of("name", unique(), "roles", List.of(role)));
    }

    String newOperatorName() {
        return newOperator("support").path("name").asString();
    }

    /** An event of this account's. */
    String event() {
        return read("/v1/requests/" + requestId + "/receipt")
                .path("events")
                .path(0)
                .path("event")
                .path("event_id")
                .asString();
    }

    String anotherAccount() {
        return system.customer("1.00").account();
    }

    static String newPublicKey() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have Ed25519.", e);
        }
    }

    /** The id of a signing key that is trusted for nothing that anybody signs. */
    String newSigningKey() {
        var body = Map.of(
                "name", unique(),
                "public_key", newPublicKey(),
                "roles", List.of("FUNDING"),
                "reason", "a test");
        var trusted = system.send(
                "POST",
                "/v1/operator/ledger/signing-keys",
                operator,
                JsonMapper.shared().writeValueAsString(body));
        assertThat(trusted.statusCode()).as(trusted.body()).isEqualTo(202);
        return JsonMapper.shared().readTree(trusted.body()).path("key").asString();
    }

    /** A route that nobody else uses. */
    String newRoute() {
        var route = new TestRoute(system, unique());
        route.publish(new TestRoute.Prices("1", "1", "1"), null);
        return route.model();
    }

    /** A version with whatever one can have. */
    static Map<String, Object> newVersion() {
        var version = new HashMap<String, Object>(prices("1"));
        version.put(
                "source",
                Map.of(
                        "url",
                        "https://example.com",
                        "retrieved_at",
                        "2026-11-23T00:00:00Z",
                        "content_sha256",
                        "0".repeat(64)));
        version.put("reason", "a test");
        version.put("limits", TestRoute.LIMITS);
        var window = new HashMap<String, Object>(prices("2"));
        window.putAll(Map.of(
                "name", "peak",
                "days", List.of("monday", "friday"),
                "from", "09:00",
                "to", "18:00",
                "on_holidays", "never"));
        version.put(
                "schedule",
                Map.of(
                        "zone",
                        "UTC",
                        "calendar",
                        Map.of("name", "holidays", "holidays", List.of("2026-12-25")),
                        "windows",
                        List.of(window)));
        return version;
    }

    private static Map<String, Object> prices(String usd) {
        return Map.of(
                "input_usd_per_million", usd,
                "cached_input_usd_per_million", usd,
                "output_usd_per_million", usd);
    }
}
