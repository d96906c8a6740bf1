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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators on a port of their own, and what becomes of who guesses their token. */
@Tag("acceptance")
class OperatorDoorTest {

    /** All of 127.0.0.0/8 is this machine: somebody else who calls from it. */
    private static final String GUESSER = "127.0.0.2";

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
                    door + "/v1/models",
                    door + "/pricing")) {
                var answer = get("127.0.0.1", elsewhere, token);
                assertThat(answer.statusCode()).as(elsewhere).isEqualTo(404);
                assertThat(answer.body()).contains("\"code\":\"not_found\"");
            }
            assertThat(get("127.0.0.1", system.url("/v1/models"), "").statusCode())
                    .isEqualTo(200);

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

            assertThat(Files.readAllLines(system.data().resolve("logs/gogogoapi.log")).stream()
                            .filter(line -> line.contains("a wrong operator token came from " + GUESSER)))
                    .hasSize(2)
                    .noneMatch(line -> line.contains("guess-"));
        }
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
}
