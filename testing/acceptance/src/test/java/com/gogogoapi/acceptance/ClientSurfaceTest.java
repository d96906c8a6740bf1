package com.gogogoapi.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients do around a request: base URLs, compression, pages of other origins, HEAD, and lists of models. */
@Tag("acceptance")
class ClientSurfaceTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer CUSTOMER = SYSTEM.customer("1.00");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String MODEL = "deepseek-v4-flash";

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(SYSTEM.url(path))).timeout(Duration.ofSeconds(60));
    }

    private static HttpRequest.Builder withKey(String path) {
        return to(path).header("Authorization", "Bearer " + CUSTOMER.apiKey());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(out)) {
            compressed.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CHAT      | /chat/completions
            CHAT      | /api/chat/completions
            CHAT      | /v1/chat/completions/
            CHAT      | //v1//chat/completions
            CHAT      | /api/v1/chat/completions//
            CHAT      | /beta/chat/completions/
            COMPLETIONS | /completions
            MESSAGES  | /messages
            MESSAGES  | /v1/v1/messages
            MESSAGES  | /api/v1/v1/messages
            MESSAGES  | /v1//messages
            RESPONSES | /responses
            RESPONSES | /api/responses
            """)
    void aBaseUrlMayHaveTheVersionOrNotAndASlashTooMany(Spoken protocol, String path) throws Exception {
        var answer = send(withKey(path)
                .POST(HttpRequest.BodyPublishers.ofString(protocol.body("Hello [[sim: tokens=3]]", 5, false))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(protocol.said(JsonMapper.shared().readTree(answer.body()))).isNotBlank();
        assertThat(CUSTOMER.lastLine().path("completion_tokens").asLong()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyMayBeCompressed(Spoken protocol) throws Exception {
        var text = "Hello [[sim: tokens=3]]" + " and so on".repeat(20_000);
        var answer = send(withKey(protocol.path())
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(protocol.body(text, 5, true)))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(protocol.error(answer.body()).path("message").asString()).contains("at most 100 times");

        var usual = send(withKey(protocol.path())
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        gzip(protocol.body("Hello [[sim: tokens=3]]" + " and so on".repeat(2_000), 5, true)))));
        assertThat(usual.statusCode()).as(usual.body()).isEqualTo(200);
        assertThat(protocol.isWhole(usual.body())).isTrue();
        assertThat(CUSTOMER.lastLine().path("prompt_tokens").asLong()).isGreaterThan(2_000);
    }

    /** {"model":"deepseek-v4-flash","messages":[{"role":"user","content":"hi"}],"max_tokens":5} */
    @ParameterizedTest
    @CsvSource({
        "deflate, eJwFwUsKgCAUBdC93LHOavK2EhGStwx/4bMIor13zotcPRMEnjyVjPYe7JacBhhkqrqdCpletJoIwaVsMFhr6SwdgnDgmw2ye5ZeI4tCxu8HM8kd2w==",
        "br, G1cAIKwK7Mby53iHDjgZ2uz0ai2yt1Uz0drsWoelq2+LtHzNTZE1vKQJS3PKaaAaaFlbn/9AeNgYO9dEcrAgBr9a7pHe5ekO1JWFB/al3i8EtAM=",
        "zstd, KLUv/QRYfQIAgsUSGYCp6fiEiLSDS80m7KNgRoyBVb8B82BD5owL4E5WBNtggdZGsHw4vhtrY0jYnDQT31WYrATurAFldm0+EqnCMRQHaRPRpm/VhGslAJ0mVFo="
    })
    void inEveryUsualWay(String encoding, String body) throws Exception {
        var answer = send(withKey("/v1/chat/completions")
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Base64.getDecoder().decode(body))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void aCompressionThatIsNotKnownIsRefusedWithThoseThatAre(Spoken protocol) throws Exception {
        var before = CUSTOMER.statement();
        for (var encoding : new String[] {"compress", "gzip, br"}) {
            var answer = send(withKey(protocol.path())
                    .header("Content-Encoding", encoding)
                    .POST(HttpRequest.BodyPublishers.ofString(protocol.body("Hello", 5, false))));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
            assertThat(protocol.error(answer.body()).path("message").asString()).startsWith("Content-Encoding must");
            assertThat(answer.headers().firstValue("Accept-Encoding")).hasValue("gzip, deflate, br, zstd");
        }
        assertThat(CUSTOMER.statement()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfAnyOriginMayAskWithoutAKeyAndCallWithOne(Spoken protocol) throws Exception {
        var preflight = RawHttp.send(
                SYSTEM.url(""),
                RawHttp.request(
                        "OPTIONS " + protocol.path(),
                        "Origin: https://example.com\r\nAccess-Control-Request-Method: POST\r\n"
                                + "Access-Control-Request-Headers: authorization,x-api-key,x-stainless-os,idempotency-key\r\n",
                        ""));
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers())
                .containsEntry("access-control-allow-origin", "*")
                .containsEntry("access-control-allow-headers", "authorization,x-api-key,x-stainless-os,idempotency-key")
                .doesNotContainKey("access-control-allow-credentials");
        for (var key : new String[] {CUSTOMER.apiKey(), "sk-gogogo-nobody"}) {
            var called = RawHttp.send(
                    SYSTEM.url(""),
                    RawHttp.request(
                            "POST " + protocol.path(),
                            "Origin: https://example.com\r\nAuthorization: Bearer " + key + "\r\n",
                            protocol.body("Hello [[sim: tokens=3]]", 5, false)));
            assertThat(called.status()).isEqualTo(key.equals(CUSTOMER.apiKey()) ? 200 : 401);
            assertThat(called.headers())
                    .containsEntry("access-control-allow-origin", "*")
                    .containsEntry("access-control-expose-headers", "*");
        }
    }

    /** Where what is asked for is there without an id of its own. */
    static Stream<PublicRoute> routesToGet() {
        return PublicRoute.all().stream()
                .filter(route -> route.method().equals("GET"))
                .filter(route -> !route.path().contains("{") || route.path().contains("{model}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("routesToGet")
    void headIsAnsweredWhereGetIs(PublicRoute route) throws Exception {
        var path = endingSoon(route.path().replace("{model}", MODEL).replace("{owner}", "deepseek"));
        var key = route.isOperators() ? SYSTEM.access("operator_token") : CUSTOMER.apiKey();
        var got = send(to(path).header("Authorization", "Bearer " + key).GET());
        var head = send(to(path).header("Authorization", "Bearer " + key).HEAD());
        assertThat(head.statusCode()).isEqualTo(got.statusCode());
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-type"))
                .isEqualTo(got.headers().firstValue("content-type"));
    }

    /** Events as they come would go on for an hour. */
    private static String endingSoon(String path) {
        return path.endsWith("/events") ? path + "?seconds=1" : path;
    }

    private static JsonNode models(String path, Map<String, String> headers) throws Exception {
        var request = withKey(path);
        headers.forEach(request::header);
        var answer = send(request.GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static final Map<String, String> ANTHROPIC = Map.of("anthropic-version", "2023-06-01");

    @Test
    void modelsAreListedAsTheClientReadsThem() throws Exception {
        var openAi = models("/v1/models", Map.of());
        assertThat(openAi.path("object").asString()).isEqualTo("list");
        var anthropic = models("/v1/models", ANTHROPIC);
        assertThat(anthropic.path("has_more").asBoolean(true)).isFalse();
        assertThat(anthropic.path("data")).hasSameSizeAs(openAi.path("data"));
        assertThat(anthropic.path("first_id")).isEqualTo(openAi.at("/data/0/id"));
        assertThat(anthropic.path("last_id"))
                .isEqualTo(anthropic
                        .path("data")
                        .get(anthropic.path("data").size() - 1)
                        .path("id"));
        for (var model : anthropic.path("data")) {
            assertThat(model.path("type").asString()).isEqualTo("model");
            assertThat(model.path("display_name").asString()).isNotBlank();
            assertThat(model.path("created_at").asString()).matches("\\d{4}-.*Z");
        }
        assertThat(models("/v1/models/" + MODEL, ANTHROPIC).path("type").asString())
                .isEqualTo("model");
        assertThat(models("/v1/models/deepseek/" + MODEL, Map.of()).path("id").asString())
                .isEqualTo(MODEL);
        assertThat(models("/models", Map.of())).isEqualTo(openAi);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /v1/messages              | 405 | invalid_request_error
            DELETE | /api/v1/messages          | 405 | invalid_request_error
            GET    | /v1/messages/nowhere      | 404 | not_found_error
            POST   | /v1/messages/batches      | 404 | not_found_error
            GET    | /v1/models/nowhere        | 404 | not_found_error
            DELETE | /v1/models                | 405 | invalid_request_error
            """)
    void whatIsNotThereIsSaidInAnthropicsForm(String method, String path, int status, String type) throws Exception {
        var answer = send(withKey(path)
                .header("anthropic-version", "2023-06-01")
                .method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(status);
        var error = JsonMapper.shared().readTree(answer.body());
        assertThat(error.path("type").asString()).as(answer.body()).isEqualTo("error");
        assertThat(error.path("error").path("type").asString()).isEqualTo(type);
        assertThat(error.path("request_id").asString())
                .isEqualTo(answer.headers().firstValue("x-request-id").orElseThrow());
    }

    @Test
    void aWrongKeyForModelsIsRefusedAndNoneIsNot() throws Exception {
        assertThat(send(to("/v1/models").GET()).statusCode()).isEqualTo(200);
        assertThat(send(to("/v1/models").header("x-api-key", "sk-gogogo-nobody").GET())
                        .statusCode())
                .isEqualTo(401);
        var anthropic = send(to("/v1/models")
                .header("x-api-key", "sk-gogogo-nobody")
                .header("anthropic-version", "2023-06-01")
                .GET());
        assertThat(anthropic.statusCode()).isEqualTo(401);
        assertThat(JsonMapper.shared()
                        .readTree(anthropic.body())
                        .at("/error/type")
                        .asString())
                .isEqualTo("authentication_error");
    }

    @Test
    void aDeveloperIsTheUpstreamsSystemAndAnAssistantMaySayNothing() throws Exception {
        var messages = "[{\"role\":\"developer\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\"},{\"role\":\"user\",\"content\":\"Well? [[sim: tokens=3]]\"}]";
        var answer = CUSTOMER.complete("{\"model\":\"" + MODEL + "\",\"max_tokens\":5,\"messages\":" + messages + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var held = CUSTOMER.statement().get(1);
        assertThat(Customer.amount(held, "amount_usd"))
                .as("held for what the upstream counts, which gets a system and an empty text")
                .isEqualByComparingTo(Customer.flashCost(
                        CUSTOMER.lastLine().path("prompt_tokens").asLong(), 0, 5));
    }
}
