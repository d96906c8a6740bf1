package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Grants that end, as an operator gives them and as their customer sees them. */
@Tag("acceptance")
class GrantsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Customer customer = SYSTEM.customer("1.00");
    private final String grants = "/accounts/" + customer.account() + "/grants";

    private static int status(String path, Map<String, Object> body) {
        return SYSTEM.send(
                        "POST",
                        "/api/v1/operator" + path,
                        SYSTEM.access("operator_token"),
                        JsonMapper.shared().writeValueAsString(body))
                .statusCode();
    }

    @Test
    void whatIsLeftOfAGrantEndsWithItsLifeAndTheStatementSaysSo() throws Exception {
        var expiresAt = Instant.now().plusSeconds(20).toString();
        var promotion = Map.<String, Object>of(
                "amount_usd", "0.50",
                "reference", "promotion",
                "reason", "a warm welcome, with thanks",
                "granted_by", "j.doe",
                "priority", 10,
                "expires_at", expiresAt);
        var granted = SYSTEM.operator("POST", grants, promotion);
        assertThat(granted.path("available_usd").asString()).isEqualTo("1.50");
        assertThat(granted.path("reason").asString()).isEqualTo("a warm welcome, with thanks");
        assertThat(customer.complete(Customer.chat("Use some of it.", 16, false))
                        .statusCode())
                .isEqualTo(200);
        customer.booksAtRest();
        var charge = customer.lastLine();
        assertThat(charge.path("burned").path(0).path("amount_usd"))
                .as("the promotion is consumed first")
                .isEqualTo(charge.path("amount_usd"));

        var books = Awaitility.await()
                .atMost(SOON)
                .until(customer::books, now -> now.expired().signum() > 0);
        var charged = Customer.amount(charge, "amount_usd");
        assertThat(books.expired()).isEqualByComparingTo(new java.math.BigDecimal("0.50").subtract(charged));
        assertThat(books.available()).isEqualByComparingTo("1.00");
        assertThat(SYSTEM.operator("POST", grants, promotion).path("available_usd"))
                .as("a retry that comes after its end gets the first answer")
                .isEqualTo(granted.path("available_usd"));
        var late = new HashMap<>(promotion);
        late.put("reference", "promotion that came too late");
        assertThat(status(grants, late)).isEqualTo(400);

        var statement = customer.statement();
        assertThat(statement.getFirst().path("type").asString()).isEqualTo("expiry");
        var grant = statement.stream()
                .filter(line -> line.path("reference").asString("").equals("promotion"))
                .findFirst()
                .orElseThrow();
        assertThat(statement.getFirst().path("request_id")).isEqualTo(grant.path("request_id"));
        assertThat(grant.path("reason").asString()).isEqualTo("a warm welcome, with thanks");
        assertThat(grant.path("priority").asInt()).isEqualTo(10);
        assertThat(Instant.parse(grant.path("expires_at").asString()))
                .isBetween(Instant.parse(expiresAt).minusMillis(1), Instant.parse(expiresAt));
        assertThat(csv())
                .contains("burned\r\n")
                .contains("\"a warm welcome, with thanks\",10,"
                        + grant.path("expires_at").asString())
                .contains(grant.path("request_id").asString() + " "
                        + charge.path("amount_usd").asString());
    }

    private String csv() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(SYSTEM.url("/api/v1/ledger")))
                                .header("Authorization", "Bearer " + customer.apiKey())
                                .header("Accept", "text/csv")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aReferenceStandsForOneExpiryAndOneReason() {
        var body = Map.<String, Object>of(
                "amount_usd", "0.50",
                "reference", "promotion",
                "reason", "welcome",
                "expires_at", "2030-01-31T01:00:00+01:00");
        assertThat(status(grants, body)).isEqualTo(200);
        assertThat(status(grants, body)).isEqualTo(200);
        for (var other : Map.<String, Object>of(
                        "expires_at", "2030-01-31T00:00:01Z", "reason", "farewell", "granted_by", "somebody else")
                .entrySet()) {
            var changed = new HashMap<>(body);
            changed.put(other.getKey(), other.getValue());
            assertThat(status(grants, changed)).as(other.toString()).isEqualTo(422);
        }
        assertThat(customer.books().granted()).isEqualByComparingTo("1.50");
    }

    @Test
    void aCorrectionTakesBackWhatIsAvailableOrNothing() {
        SYSTEM.operator("POST", grants, Map.of("amount_usd", "50", "reference", "five, mistyped"));
        var grant = customer.lastLine();
        var request = UUID.fromString(grant.path("request_id").asString());
        var event = new UUID(request.getMostSignificantBits(), request.getLeastSignificantBits() ^ 1);
        var correction = new HashMap<String, Object>(Map.of(
                "direction", "take",
                "amount_usd", "45",
                "corrects", event.toString(),
                "reason", "50 were granted, 5 were meant",
                "corrected_by", "j.doe",
                "reference", "ticket 18"));
        var corrections = "/accounts/" + customer.account() + "/corrections";
        for (var again = 0; again < 2; again++) {
            var taken = SYSTEM.operator("POST", corrections, correction);
            assertThat(taken.path("available_usd").asString()).isEqualTo("6.00");
            assertThat(taken.path("burned").path(0).path("grant_id")).isEqualTo(grant.path("request_id"));
        }
        assertThat(customer.books().revoked()).isEqualByComparingTo("45");
        var line = customer.lastLine();
        assertThat(line.path("type").asString()).isEqualTo("revocation");
        assertThat(line.path("reason").asString()).isEqualTo("50 were granted, 5 were meant");

        var forgetful = new HashMap<>(correction);
        forgetful.remove("direction");
        assertThat(status(corrections, forgetful))
                .as("a retry without the direction does not give")
                .isEqualTo(422);
        var another = new HashMap<>(correction);
        another.put("corrected_by", "somebody else");
        assertThat(status(corrections, another)).isEqualTo(422);
        assertThat(customer.books().available()).isEqualByComparingTo("6.00");

        correction.put("amount_usd", "44");
        assertThat(status(corrections, correction))
                .as("the reference stands for 45")
                .isEqualTo(422);
        correction.put("amount_usd", "6.01");
        correction.put("reference", "ticket 19");
        assertThat(status(corrections, correction)).as("more than there is").isEqualTo(422);
        SYSTEM.operator("POST", grants, Map.of("amount_usd", "1", "reference", "more"));
        assertThat(status(corrections, correction)).as("a refusal sticks").isEqualTo(422);
        assertThat(customer.books().available()).isEqualByComparingTo("7.00");
        correction.put("direction", "both");
        assertThat(status(corrections, correction)).isEqualTo(400);
    }

    @Test
    void aGrantThatSaysNothingElseIsByTheOperatorForItsReference() {
        var granted = SYSTEM.operator("POST", grants, Map.of("amount_usd", "1", "reference", "invoice 17"));
        assertThat(granted.path("granted_by").asString()).isEqualTo("operator");
        assertThat(granted.path("reason").asString()).isEqualTo("invoice 17");
    }
}
