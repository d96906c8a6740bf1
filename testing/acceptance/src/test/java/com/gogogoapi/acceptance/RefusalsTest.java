package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.acceptance.RawHttp.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is refused: a 4xx in our form, with a request id, and the ledger has not heard of it. */
@Tag("acceptance")
class RefusalsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer CUSTOMER = SYSTEM.customer("1.00");
    private static final String JSON_TYPE = "Content-Type: application/json\r\n";
    private static final String KEY = "Authorization: Bearer " + CUSTOMER.apiKey() + "\r\n";
    private static final String OPERATOR = "Authorization: Bearer " + SYSTEM.access("operator_token") + "\r\n";
    /** Addresses that are none, beside the API's. */
    private static final List<String> NO_API = List.of("/nowhere", "/error", "/actuator/health", "/favicon.ico");

    private static final String BROWSER = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9\r\n";
    private static final String MESSAGES = "[{\"role\":\"user\",\"content\":\"hi\"}]";

    /** What of each field that is read here is no wrong type; everything else is. */
    private static final Map<String, String> READ_FIELDS = new LinkedHashMap<>();

    static {
        READ_FIELDS.put("model", "text");
        READ_FIELDS.put("messages", "");
        READ_FIELDS.put("max_tokens", "number null");
        READ_FIELDS.put("max_completion_tokens", "number null");
        READ_FIELDS.put("maxCompletionTokens", "number null");
        READ_FIELDS.put("expectedCompletionTokens", "number null");
        READ_FIELDS.put("expected_completion_tokens", "number null");
        READ_FIELDS.put("n", "null");
        READ_FIELDS.put("stream", "boolean null");
        READ_FIELDS.put("stream_options", "object null");
        READ_FIELDS.put("tools", "array null");
        READ_FIELDS.put("functions", "array null");
        READ_FIELDS.put("response_format", "object null");
        READ_FIELDS.put("on_insufficient_credit", "null");
        READ_FIELDS.put("quote_id", "null");
    }

    private static final Map<String, String> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("text", "\"true\"");
        VALUES.put("blank", "\"\"");
        VALUES.put("line break", "\"a\\nb\"");
        VALUES.put("control characters", "\"\\u0000\\r\\n\\u007f\"");
        VALUES.put("number", "7");
        VALUES.put("fraction", "1.5");
        VALUES.put("negative", "-1");
        VALUES.put("huge", "1e999");
        VALUES.put("boolean", "true");
        VALUES.put("object", "{}");
        VALUES.put("array", "[]");
        VALUES.put("array of numbers", "[1]");
        VALUES.put("null", "null");
    }

    private static Stream<Named<String>> bodies() {
        var bodies = new ArrayList<Named<String>>();
        READ_FIELDS.forEach((field, right) -> VALUES.forEach((kind, value) -> {
            var isRight = List.of(right.split(" ")).contains(kind)
                    || field.equals("model") && !value.equals("\"\"") && value.startsWith("\"");
            if (!isRight) {
                bodies.add(Named.of(field + " " + kind, body(field, value)));
            }
        }));
        for (var model : List.of("true", "a\\nb", "\\u0000\\r\\n", "a/b", "../..", "a".repeat(10_000))) {
            bodies.add(Named.of(
                    "model '" + model.substring(0, Math.min(20, model.length())) + "'",
                    body("model", "\"" + model + "\"")));
        }
        for (var options : List.of("{\"include_usage\":\"true\"}", "{\"include_usage\":1}", "{\"include_usage\":{}}")) {
            bodies.add(Named.of("stream_options " + options, body("stream_options", options)));
        }
        for (var quote : List.of("a.b.c", "a.\\n.c", "a.e30.c", "a.e30.\\n", ".".repeat(9_000), "ä.ü.ö", "😀.a.b")) {
            bodies.add(Named.of(
                    "quote_id '" + quote.substring(0, Math.min(20, quote.length())) + "'",
                    body("quote_id", "\"" + quote + "\"")));
        }
        for (var text : List.of(
                "", "{", "[]", "7", "null", "\"text\"", "{}{}", body("x", "1") + "x", "\u0000", "{\"a\":NaN}")) {
            bodies.add(Named.of("body " + text.substring(0, Math.min(20, text.length())), text));
        }
        bodies.add(Named.of("16 bits a character", utf16(body("x", "1"))));
        bodies.add(Named.of(
                "no UTF-8",
                "{\"model\":\"deepseek-v4-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"\u00ff\"}]}"));
        bodies.add(Named.of("a large unpriced field", body("x", "\"" + "a".repeat(1_000_000) + "\"")));
        bodies.add(Named.of(
                "a large unpriced field of a message",
                body("messages", "[{\"role\":\"user\",\"content\":\"hi\",\"x\":\"" + "a".repeat(1_000_000) + "\"}]")));
        return bodies.stream();
    }

    private static String utf16(String text) {
        var wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) 0).append((char) c));
        return wide.toString();
    }

    private static String body(String field, String value) {
        var fields = new LinkedHashMap<>(Map.of("model", "\"deepseek-v4-flash\"", "messages", MESSAGES));
        fields.put(field, value);
        var members = new ArrayList<String>();
        fields.forEach((name, json) -> members.add("\"" + name + "\":" + json));
        return "{" + String.join(",", members) + "}";
    }

    static Stream<Named<String>> ofBodies() {
        return Stream.of("/v1/chat/completions", "/api/v1/chat/deepseek", "/api/v1/quote")
                .flatMap(path -> bodies()
                        // To name a quote when asking for one means nothing.
                        .filter(
                                body -> !(path.endsWith("quote")
                                        && body.getName().startsWith("quote_id ")
                                        && !body.getName()
                                                .matches(
                                                        "quote_id (boolean|number|fraction|negative|huge|object|array.*|blank)")))
                        .map(body -> Named.of(
                                path + ": " + body.getName(),
                                RawHttp.request("POST " + path, JSON_TYPE + KEY, latin(body.getPayload())))));
    }

    /** A body's bytes as characters, as the raw client sends them. */
    private static String latin(String body) {
        return body.contains("\u00ff")
                ? body
                : new String(
                        body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    static Stream<Named<String>> ofAddressesAndHeads() {
        var good = body("max_tokens", "5");
        var requests = new LinkedHashMap<String, String>();
        for (var path : List.of(
                "/nowhere",
                "/error",
                "/v1",
                "/v1/",
                "/v1/models/a%2Fb",
                "/v1/models/somebody/deepseek-v4-flash",
                "//v1//nowhere//",
                "/v1//operator/accounts",
                "/api/operator/accounts",
                "/v1/v1/operator/accounts",
                "/v1/models/a%5Cb",
                "/v1/models/a%00b",
                "/v1/models/a%0Ab",
                "/v1/models/%zz",
                "/v1/models/a;b=c",
                "/v1/models/" + "a".repeat(5_000),
                "/v1/../../etc/passwd",
                "/v1/models/..%2f..%2fx",
                "/v1/models/{x}",
                "/v1/models/a|b",
                "/v1/pricing/a%0Ab",
                "/v1/pricing/a%2Fb/history",
                "/v1/ledger?limit=x",
                "/v1/ledger?limit=9999999999999999999",
                "/v1/ledger?cursor=-1",
                "/v1/ledger?at=yesterday",
                "/v1/ledger?limit=%zz",
                "/v1/requests/x/receipt",
                "/v1/requests/a%0Ab/receipt",
                "/v1/requests/a%2Fb/receipt",
                "/v1/chat/completions",
                "/v1/quote",
                "/internal/quotes",
                "/actuator/health",
                "/favicon.ico")) {
            requests.put("GET " + path, RawHttp.request("GET " + path, KEY, ""));
            if (!NO_API.contains(path)) {
                requests.put("GET " + path + " by a browser", RawHttp.request("GET " + path, KEY + BROWSER, ""));
            }
        }
        for (var path : List.of("/v1/credits", "/v1/ledger", "/v1/models", "/v1/chat/completions", "/v1/quote")) {
            for (var method : List.of("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "NONSENSE", "get")) {
                requests.put(method + " " + path, RawHttp.request(method + " " + path, KEY + JSON_TYPE, good));
            }
        }
        for (var path : List.of("/v1/operator/accounts", "/pricing", "/nowhere")) {
            requests.put(
                    "preflight " + path,
                    RawHttp.request(
                            "OPTIONS " + path,
                            "Origin: https://example.com\r\nAccess-Control-Request-Method: POST\r\n",
                            ""));
        }
        for (var path : List.of(
                "/v1/models",
                "/v1/models/deepseek-v4-flash",
                "/v1/credits",
                "/v1/ledger",
                "/v1/pricing",
                "/v1/pricing/deepseek-v4-flash",
                "/v1/ledger/keys",
                "/v1/quote/accuracy")) {
            for (var key : List.of(
                    "Bearer wrong",
                    "Bearer sk-gogogo-" + "A".repeat(43),
                    "Bearer ",
                    "Basic YTpi",
                    "Bearer \u00ff",
                    "sk-gogogo-x")) {
                requests.put(
                        "GET " + path + " with " + key,
                        RawHttp.request("GET " + path, "Authorization: " + key + "\r\n" + BROWSER, ""));
            }
        }
        for (var key : List.of("", "Authorization: Bearer wrong\r\n", "Authorization: Basic YTpi\r\n")) {
            requests.put("POST chat with '" + key + "'", RawHttp.request("POST /v1/chat/completions", key, good));
            requests.put("POST quote with '" + key + "'", RawHttp.request("POST /v1/quote", key, good));
            requests.put("operator with '" + key + "'", RawHttp.request("POST /v1/operator/accounts", key, "{}"));
        }
        for (var quote :
                List.of("x", "a.b.c", "a.e30.c", "a\tb.e30.c", "a.\u00e4.c", "\u00ff", ".", "", "q".repeat(5_000))) {
            requests.put(
                    "X-Quote-Id " + quote,
                    RawHttp.request(
                            "POST /v1/chat/completions", KEY + JSON_TYPE + "X-Quote-Id: " + quote + "\r\n", good));
        }
        for (var head : List.of(
                "Content-Type: multipart/form-data\r\n",
                "Content-Type: multipart/form-data; boundary=x\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: nonsense\r\n",
                "Content-Encoding: gzip\r\n",
                "Content-Encoding: compress\r\n",
                "Content-Encoding: gzip, br\r\n",
                "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n",
                "Accept: nonsense\r\n",
                "Accept: image/png\r\n",
                "Range: bytes=0-1\r\n")) {
            requests.put("POST [] with " + head, RawHttp.request("POST /v1/chat/completions", KEY + head, "[]"));
            requests.put("POST quote [] with " + head, RawHttp.request("POST /v1/quote", KEY + head, "[]"));
            requests.put(
                    "operator's POST [] with " + head,
                    RawHttp.request("POST /v1/operator/accounts", OPERATOR + head, "[]"));
        }
        for (var path : List.of("/accounts/x", "/accounts/a%0Ab", "/accounts/A", "/accounts/a%2Fb")) {
            requests.put("operator's " + path, RawHttp.request("GET /v1/operator" + path, OPERATOR, ""));
            requests.put(
                    "operator's key of " + path,
                    RawHttp.request("DELETE /v1/operator" + path + "/keys/a%0Ab", OPERATOR, ""));
        }
        for (var name : List.of("5", "\"\"", "\"a\\u0000\"", "\"a\\nb\"", "null", "{}", "[]", "true")) {
            requests.put(
                    "operator's account named " + name,
                    RawHttp.request("POST /v1/operator/accounts", OPERATOR + JSON_TYPE, "{\"name\":" + name + "}"));
        }
        requests.put("no host", "GET /v1/models HTTP/1.1\r\nConnection: close\r\n\r\n");
        requests.put("no HTTP", "nonsense\r\n\r\n");
        requests.put(
                "a head that is none", "GET /v1/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\nno colon\r\n\r\n");
        requests.put("a large head", RawHttp.request("GET /v1/models", "X: " + "a".repeat(100_000) + "\r\n", ""));
        requests.put(
                "two lengths",
                "POST /v1/quote HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1\r\n"
                        + "Content-Length: 2\r\n\r\n{}");
        requests.put(
                "a length that is none",
                "POST /v1/quote HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + "Content-Length: -1\r\n\r\n{}");
        requests.put(
                "chunks that are none",
                "POST /v1/quote HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + KEY
                        + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n{}\r\n0\r\n\r\n");
        requests.put("an expectation", RawHttp.request("POST /v1/quote", KEY + "Expect: nonsense\r\n", "{}"));
        return requests.entrySet().stream().map(request -> Named.of(request.getKey(), request.getValue()));
    }

    /** However many the account had: each refusal is told by itself. */
    private static int entries = CUSTOMER.statement().size();

    private static void nothingIsEntered() {
        var before = entries;
        entries = CUSTOMER.statement().size();
        assertThat(entries).as("entries of the account").isEqualTo(before);
        assertThat(CUSTOMER.books().openHolds()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"ofBodies", "ofAddressesAndHeads"})
    void hasOurFormAndARequestIdAndTouchesNothing(String request) throws IOException {
        var answer = RawHttp.send(SYSTEM.url(""), request);
        nothingIsEntered();
        assertThat(answer.status()).as(shown(answer)).isBetween(400, 499);
        var error = errorOf(answer);
        for (var name : List.of("message", "type", "code")) {
            assertThat(error.path(name).asString(""))
                    .as(name + " of " + shown(answer))
                    .isNotBlank();
        }
        assertThat(error.has("param")).as(shown(answer)).isTrue();
        assertThat(answer.headers().getOrDefault("x-request-id", ""))
                .as(shown(answer))
                .matches("[0-9a-f-]{36}");
    }

    /** Where a person may have come to. */
    @ParameterizedTest
    @FieldSource("NO_API")
    void aBrowserGetsAPage(String path) throws IOException {
        var answer = RawHttp.send(SYSTEM.url(""), RawHttp.request("GET " + path, KEY + BROWSER, ""));
        nothingIsEntered();
        assertThat(answer.status()).as(shown(answer)).isEqualTo(404);
        assertThat(answer.headers().getOrDefault("content-type", ""))
                .as(shown(answer))
                .startsWith("text/html");
        assertThat(answer.headers().getOrDefault("x-request-id", "")).matches("[0-9a-f-]{36}");
    }

    private static JsonNode errorOf(Answer answer) {
        assertThat(answer.headers().getOrDefault("content-type", ""))
                .as(shown(answer))
                .startsWith("application/json");
        assertThat(answer.body()).as(shown(answer)).contains("{\"error\":{");
        var json = answer.body();
        return JsonMapper.shared()
                .readTree(json.substring(json.indexOf('{'), json.lastIndexOf('}') + 1))
                .path("error");
    }

    private static String shown(Answer answer) {
        return answer.status() + " "
                + answer.body().substring(0, Math.min(300, answer.body().length()));
    }

    @Test
    void aBrowserReadsWhatAnybodyReads() throws IOException {
        for (var path : List.of("/v1/models", "/v1/models/deepseek-v4-flash", "/v1/pricing", "/v1/credits")) {
            var answer =
                    RawHttp.send(SYSTEM.url(""), RawHttp.request("GET " + path, KEY + "Accept: text/html\r\n", ""));
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.headers().get("content-type")).as(path).startsWith("application/json");
        }
    }
}
