package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a request: a clear 4xx, nothing reserved, nothing secret in the log. */
@Tag("acceptance")
class BadInputTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer CUSTOMER = SYSTEM.customer("1.00");
    private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    static Stream<Arguments> bodies() {
        return Stream.of(
                bad("malformed JSON", "{\"model\":", 400, "invalid_request_error"),
                bad("no object", "[]", 400, "invalid_request_error"),
                bad("empty", "", 400, "invalid_request_error"),
                bad("no model", "{" + USER + "}", 400, "invalid_request_error"),
                bad("model is a number", "{\"model\":5," + USER + "}", 400, "invalid_request_error"),
                bad("no messages", "{\"model\":\"deepseek-v4-flash\"}", 400, "invalid_request_error"),
                bad("messages is text", flash("\"messages\":\"hi\""), 400, "invalid_request_error"),
                bad("no messages in it", flash("\"messages\":[]"), 400, "invalid_request_error"),
                bad(
                        "unknown role",
                        flash("\"messages\":[{\"role\":\"king\",\"content\":\"hi\"}]"),
                        400,
                        "invalid_request_error"),
                bad(
                        "content is a number",
                        flash("\"messages\":[{\"role\":\"user\",\"content\":1}]"),
                        400,
                        "invalid_request_error"),
                bad(
                        "an image",
                        flash("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]"),
                        400,
                        "invalid_request_error"),
                bad("negative limit", flash(USER + ",\"max_tokens\":-1"), 400, "invalid_request_error"),
                bad("zero limit", flash(USER + ",\"max_tokens\":0"), 400, "invalid_request_error"),
                bad("absurd limit", flash(USER + ",\"max_tokens\":99999999999999999999"), 400, "invalid_request_error"),
                bad("limit above the route's", flash(USER + ",\"max_tokens\":400000"), 400, "invalid_request_error"),
                bad("fractional limit", flash(USER + ",\"max_tokens\":1.5"), 400, "invalid_request_error"),
                bad("limit is text", flash(USER + ",\"max_tokens\":\"10\""), 400, "invalid_request_error"),
                bad("two completions", flash(USER + ",\"n\":2"), 400, "invalid_request_error"),
                bad("stream is text", flash(USER + ",\"stream\":\"yes\""), 400, "invalid_request_error"),
                bad(
                        "the same field twice",
                        flash(USER + ",\"max_tokens\":1,\"max_tokens\":2"),
                        400,
                        "invalid_request_error"),
                bad(
                        "a lone surrogate",
                        flash("\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]"),
                        400,
                        "invalid_request_error"),
                bad(
                        "deep nesting",
                        flash(USER + ",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000)),
                        400,
                        "invalid_request_error"),
                bad(
                        "100,000 messages",
                        flash("\"messages\":[" + "{\"role\":\"user\",\"content\":\"a\"},".repeat(99_999)
                                + "{\"role\":\"user\",\"content\":\"a\"}]"),
                        400,
                        "invalid_request_error"),
                bad("unknown model", "{\"model\":\"gpt-99\"," + USER + "}", 404, "model_not_found"),
                bad(
                        "10 MB",
                        flash("\"messages\":[{\"role\":\"user\",\"content\":\"" + "a".repeat(10_000_000) + "\"}]"),
                        413,
                        "request_too_large"));
    }

    private static Arguments bad(String what, String body, int status, String code) {
        return Arguments.of(org.junit.jupiter.api.Named.of(what, body), status, code);
    }

    private static String flash(String rest) {
        return "{\"model\":\"deepseek-v4-flash\"," + rest + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void isRefusedClearlyAndReservesNothing(String body, int status, String code) {
        for (var path : new String[] {"/v1/chat/completions", "/api/v1/quote"}) {
            if (path.endsWith("quote") && body.contains("\"stream\"")) {
                continue; // a quote does not care how the answer is to be delivered
            }
            var answer = SYSTEM.send("POST", path, CUSTOMER.apiKey(), body);
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
            assertThat(answer.body())
                    .startsWith("{\"error\":{")
                    .contains("\"code\":\"" + code + "\"", "\"message\":\"");
            assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        }
        var books = CUSTOMER.booksAtRest();
        assertThat(books.charged()).isZero();
        assertThat(books.available()).isEqualByComparingTo("1.00");
    }

    @Test
    void keysAreCheckedEverywhere() {
        var revoked = SYSTEM.customer("1.00");
        SYSTEM.operator("DELETE", "/accounts/" + revoked.account() + "/keys/" + revoked.keyId(), Map.of());
        var body = Customer.chat("hi", 10, false);
        for (var key : new String[] {"", "nonsense", "sk-gogogo-" + "A".repeat(43), revoked.apiKey()}) {
            for (var route : new String[] {
                "POST /v1/chat/completions", "POST /api/v1/quote", "GET /v1/credits", "GET /api/v1/ledger"
            }) {
                var answer = SYSTEM.send(route.split(" ")[0], route.split(" ")[1], key, body);
                assertThat(answer.statusCode()).as(route).isEqualTo(401);
                assertThat(answer.body()).contains("\"code\":\"invalid_api_key\"");
            }
        }
        assertThat(revoked.books().charged()).isZero();
    }

    @Test
    void operatorRoutesNeedTheOperatorsToken() {
        for (var token : new String[] {"", "wrong", CUSTOMER.apiKey()}) {
            assertThat(SYSTEM.send("POST", "/api/v1/operator/accounts", token, "{\"name\":\"x\"}")
                            .statusCode())
                    .isEqualTo(401);
        }
        var other = SYSTEM.customer("1.00");
        var token = SYSTEM.access("operator_token");
        var path = "/api/v1/operator/accounts/" + CUSTOMER.account() + "/keys/" + other.keyId();
        assertThat(SYSTEM.send("DELETE", path, token, "").statusCode())
                .as("another account's key")
                .isEqualTo(404);
        assertThat(SYSTEM.send("GET", "/v1/credits", other.apiKey(), "").statusCode())
                .isEqualTo(200);
        for (var grant : new String[] {
            "{\"amount_usd\":5,\"reference\":\"a\"}",
            "{\"amount_usd\":\"-5\",\"reference\":\"a\"}",
            "{\"amount_usd\":\"0\",\"reference\":\"a\"}",
            "{\"amount_usd\":\"1e3\",\"reference\":\"a\"}",
            "{\"amount_usd\":\"5\"}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"priority\":-1}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"priority\":1000}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"priority\":1.5}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"priority\":\"1\"}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"expires_at\":\"2020-01-01T00:00:00Z\"}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"expires_at\":\"2100-01-01T00:00:00Z\"}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"expires_at\":\"tomorrow\"}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"expires_at\":1893456000}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"reason\":\"\"}",
            "{\"amount_usd\":\"5\",\"reference\":\"a\",\"granted_by\":7}",
            "{\"amount_usd\":\"0.0000000000001\",\"reference\":\"a\"}"
        }) {
            var answer = SYSTEM.send("POST", "/api/v1/operator/accounts/" + other.account() + "/grants", token, grant);
            assertThat(answer.statusCode()).as(grant).isEqualTo(400);
        }
        assertThat(other.books().granted()).isEqualByComparingTo("1.00");
    }

    @Test
    void aGrantsReferenceCountsOnce() {
        var again = SYSTEM.operator(
                "POST",
                "/accounts/" + CUSTOMER.account() + "/grants",
                Map.of("amount_usd", "1.00", "reference", "opening"));
        assertThat(again.path("available_usd").asString()).isEqualTo("1.00");
        var other = SYSTEM.send(
                "POST",
                "/api/v1/operator/accounts/" + CUSTOMER.account() + "/grants",
                SYSTEM.access("operator_token"),
                "{\"amount_usd\":\"2.00\",\"reference\":\"opening\"}");
        assertThat(other.statusCode()).isEqualTo(422);
        var ofOtherPriority = SYSTEM.send(
                "POST",
                "/api/v1/operator/accounts/" + CUSTOMER.account() + "/grants",
                SYSTEM.access("operator_token"),
                "{\"amount_usd\":\"1.00\",\"reference\":\"opening\",\"priority\":1}");
        assertThat(ofOtherPriority.statusCode()).isEqualTo(422);
        assertThat(CUSTOMER.books().granted()).isEqualByComparingTo("1.00");
    }

    @Test
    void nothingSecretIsLogged() throws IOException {
        CUSTOMER.complete(Customer.chat("the-customers-secret-prompt", 10, false));
        CUSTOMER.complete("{\"model\":\"the-customers-secret-model\",\"messages\":\"the-customers-secret-prompt\"");
        var log = Files.readString(SYSTEM.data().resolve("logs/gogogoapi.log"))
                + Files.readString(SYSTEM.data().resolve("output.txt"));
        assertThat(log).hasSizeGreaterThan(1_000);
        for (var secret : new String[] {
            CUSTOMER.apiKey(), SYSTEM.access("api_key"), SYSTEM.access("operator_token"), "the-customers-secret-prompt"
        }) {
            assertThat(log.contains(secret)).as("a secret in the log").isFalse();
        }
        var secrets = Files.readString(SYSTEM.data().resolve("secrets.json"));
        java.util.regex.Pattern.compile("\"([A-Za-z0-9_-]{40,})\"")
                .matcher(secrets)
                .results()
                .forEach(found -> assertThat(log.contains(found.group(1)))
                        .as("a secret in the log")
                        .isFalse());
    }
}
