package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.FreePorts;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators on a port of their own, and what becomes of who guesses their token. */
@Tag("acceptance")
class OperatorDoorTest {

    /** All of 127.0.0.0/8 is this machine: somebody else who calls from it. */
    private static final String GUESSER = "127.0.0.2";

    private static final Pattern PART = Pattern.compile("/operator/assets/[A-Za-z0-9._-]+");

    @Test
    void operatorRoutesAreOnTheirOwnPortAloneAndWhoGuessesIsHeldOff() throws Exception {
        var port = FreePorts.next();
        try (var system = RunningSystem.startWithArguments("--operator-port", Integer.toString(port))) {
            var door = "http://127.0.0.1:" + port;
            var token = system.access("operator_token");
            assertThat(system.access("operator_url")).isEqualTo(door);

            assertThat(get("127.0.0.1", door + "/api/v1/operator/margins", token)
                            .statusCode())
                    .isEqualTo(200);
            for (var elsewhere : List.of(
                    system.url("/api/v1/operator/margins"),
                    system.url("/v1/%6fperator/margins"),
                    system.url("/operator"),
                    system.url("/operator/accounts"),
                    system.url("/api/v1/operator/session"),
                    door + "/v1/models",
                    door + "/dashboard",
                    door + "/pricing")) {
                var answer = get("127.0.0.1", elsewhere, token);
                assertThat(answer.statusCode()).as(elsewhere).isEqualTo(404);
                assertThat(answer.body()).contains("\"code\":\"not_found\"");
            }
            assertThat(get("127.0.0.1", system.url("/v1/models"), "").statusCode())
                    .isEqualTo(200);
            theConsoleIsWhereOperatorsComeIn(system, door);

            var guesses = new ArrayList<Integer>();
            for (var i = 0; i < 60; i++) {
                guesses.add(get(GUESSER, door + "/v1/operator/margins", "guess-" + i)
                        .statusCode());
            }
            assertThat(guesses.subList(0, 10)).containsOnly(401);
            assertThat(guesses.subList(10, 60)).containsOnly(429);
            var held = get(GUESSER, door + "/v1/operator/margins", token);
            assertThat(held.statusCode()).as("the right token from there").isEqualTo(429);
            assertThat(Integer.parseInt(held.headers().firstValue("Retry-After").orElse("")))
                    .isBetween(1, 61);
            assertThat(get("127.0.0.1", door + "/v1/operator/margins", token).statusCode())
                    .isEqualTo(200);
            assertThat(signIn(GUESSER, door, token)).as("nor to sign in").isEqualTo(429);
            assertThat(signIn("127.0.0.1", door, token)).isEqualTo(200);

            assertThat(Files.readAllLines(system.data().resolve("logs/gogogoapi.log")).stream()
                            .filter(line -> line.contains("a wrong operator token came from " + GUESSER)))
                    .hasSize(2)
                    .noneMatch(line -> line.contains("guess-"));
        }
    }

    /** With all that it is made of, and the way in. */
    private static void theConsoleIsWhereOperatorsComeIn(RunningSystem system, String door) throws Exception {
        var page = get("127.0.0.1", door + "/operator", "");
        assertThat(page.statusCode()).isEqualTo(200);
        var parts = PART.matcher(page.body()).results().map(MatchResult::group).toList();
        assertThat(parts).hasSizeGreaterThan(2);
        for (var part : parts) {
            assertThat(get("127.0.0.1", door + part, "").statusCode()).as(part).isEqualTo(200);
            assertThat(get("127.0.0.1", system.url(part), "").statusCode())
                    .as("elsewhere " + part)
                    .isEqualTo(404);
        }
        assertThat(get("127.0.0.1", door + "/api/v1/operator/session", "").body())
                .contains("\"signed_in\":false");
    }

    private static HttpResponse<String> get(String from, String url, String token) throws Exception {
        try (var client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(from))
                .build()) {
            var request = HttpRequest.newBuilder(URI.create(url.replace("localhost", "127.0.0.1")));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int signIn(String from, String door, String token) throws Exception {
        try (var client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(from))
                .build()) {
            var request = HttpRequest.newBuilder(URI.create(door + "/api/v1/operator/session"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + token + "\"}"));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
