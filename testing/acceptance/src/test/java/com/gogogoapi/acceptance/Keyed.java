package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Requests with an Idempotency-Key, and what their answers have in common. */
final class Keyed {

    /** What an answer says of its request, as often as it is given. */
    private static final List<String> HEADERS = List.of(
            "content-type",
            "x-quote-id",
            "x-price-version",
            "x-credit-held-usd",
            "x-completion-limit",
            "x-cost-usd",
            "x-credit-refunded-usd",
            "cache-control");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Keyed() {}

    static HttpRequest request(String url, String apiKey, String key, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMinutes(3))
                .header("Authorization", "Bearer " + apiKey)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }

    static HttpResponse<byte[]> send(String url, String apiKey, String key, String body) throws Exception {
        return send(url, apiKey, key, body, Map.of());
    }

    static HttpResponse<byte[]> send(String url, String apiKey, String key, String body, Map<String, String> headers)
            throws Exception {
        return CLIENT.send(request(url, apiKey, key, body, headers), HttpResponse.BodyHandlers.ofByteArray());
    }

    static boolean isReplayed(HttpResponse<?> answer) {
        return answer.headers().firstValue("idempotency-replayed").orElse("").equals("true");
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The same answer once more, which says of itself that it is. */
    static void assertReplayed(HttpResponse<byte[]> first, HttpResponse<byte[]> again) {
        assertThat(isReplayed(first)).isFalse();
        assertThat(isReplayed(again)).as(text(again)).isTrue();
        assertSame(first, again);
        var id = first.headers().firstValue("x-request-id").orElseThrow();
        assertThat(again.headers().firstValue("x-original-request-id")).hasValue(id);
        assertThat(again.headers().firstValue("x-request-id").orElseThrow()).isNotEqualTo(id);
    }

    static void assertSame(HttpResponse<byte[]> first, HttpResponse<byte[]> again) {
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(text(again)).isEqualTo(text(first));
        for (var name : HEADERS) {
            assertThat(again.headers().firstValue(name))
                    .as(name)
                    .isEqualTo(first.headers().firstValue(name));
        }
    }
}
