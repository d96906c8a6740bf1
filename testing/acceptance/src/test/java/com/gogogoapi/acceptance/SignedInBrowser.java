package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser that somebody is signed in with, as a program speaks for one.
 *
 * @param cookie name and value
 */
record SignedInBrowser(RunningSystem system, String account, String cookie, String csrfToken) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** A link for whoever has that address in the account; of one without members, its first owner. */
    static String link(RunningSystem system, String account, String email) {
        return system.operator("POST", "/accounts/" + account + "/sign-in-links", Map.of("email", email))
                .path("link")
                .asString();
    }

    static SignedInBrowser owner(Customer customer) {
        return by(
                customer.system(),
                customer.account(),
                link(customer.system(), customer.account(), "owner-" + UUID.randomUUID() + "@example.com"));
    }

    static SignedInBrowser by(RunningSystem system, String account, String link) {
        var answer = send(HttpRequest.newBuilder(URI.create(link))
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/dashboard");
        var set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).startsWith("__Host-").contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax");
        var cookie = set.substring(0, set.indexOf(';'));
        var session = json(send(HttpRequest.newBuilder(URI.create(system.url("/api/v1/session")))
                .header("Cookie", cookie)
                .GET()));
        return new SignedInBrowser(
                system, account, cookie, session.path("csrf_token").asString());
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a page of ours calls, but for the headers given, of which an empty one is left out. */
    HttpResponse<String> call(String method, String path, String body, Map<String, String> but) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Cookie", cookie);
        headers.put("X-Account", account);
        headers.put("X-CSRF-Token", csrfToken);
        headers.put("Sec-Fetch-Site", "same-origin");
        headers.put("Content-Type", "application/json");
        headers.putAll(but);
        headers.values().removeIf(String::isEmpty);
        var request = HttpRequest.newBuilder(URI.create(system.url("/api/v1" + path)))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    HttpResponse<String> call(String method, String path, String body) {
        return call(method, path, body, Map.of());
    }
}
