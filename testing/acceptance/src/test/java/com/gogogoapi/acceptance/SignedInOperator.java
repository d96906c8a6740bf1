package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser that an operator is signed in with, as a program speaks for one.
 *
 * @param cookie name and value
 */
record SignedInOperator(RunningSystem system, String cookie, String csrfToken) {

    static final String SESSION = "/api/v1/operator/session";

    /** @param secret the operator's, or a token of the installation's settings */
    static SignedInOperator with(RunningSystem system, String secret) {
        var answer = signIn(system, secret, Map.of("Sec-Fetch-Site", "same-origin"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).startsWith("__Host-gogogoapi-operator=os-gogogo-");
        return new SignedInOperator(
                system,
                set.substring(0, set.indexOf(';')),
                SignedInBrowser.json(answer).path("csrf_token").asString());
    }

    static HttpResponse<String> signIn(RunningSystem system, String secret, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(system.url(SESSION)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JsonMapper.shared().writeValueAsString(Map.of("token", secret))));
        headers.forEach(request::header);
        return SignedInBrowser.send(request);
    }

    /** As the console calls, but for the headers given, of which an empty one is left out. */
    HttpResponse<String> call(String method, String path, Object body, Map<String, String> but) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Cookie", cookie);
        headers.put("X-CSRF-Token", csrfToken);
        headers.put("Sec-Fetch-Site", "same-origin");
        headers.put("Content-Type", "application/json");
        headers.putAll(but);
        headers.values().removeIf(String::isEmpty);
        var request = HttpRequest.newBuilder(URI.create(system.url("/api/v1/operator" + path)))
                .method(
                        method,
                        body instanceof String text && text.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(
                                        JsonMapper.shared().writeValueAsString(body)));
        headers.forEach(request::header);
        return SignedInBrowser.send(request);
    }

    HttpResponse<String> call(String method, String path, Object body) {
        return call(method, path, body, Map.of());
    }
}
