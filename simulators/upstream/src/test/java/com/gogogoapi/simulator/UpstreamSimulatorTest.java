package com.gogogoapi.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamSimulatorTest {

    private static UpstreamSimulator simulator;

    @BeforeAll
    static void start() throws IOException {
        simulator = UpstreamSimulator.start(0);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    private static HttpResponse<String> chat(String text, boolean stream) throws Exception {
        var body = """
                {"model":"deepseek-v4-flash","stream":%s,"stream_options":{"include_usage":true},"max_tokens":10,
                 "messages":[{"role":"user","content":"%s"}]}""".formatted(stream, text);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/chat/completions"))
                                .header("Authorization", "Bearer k")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void statesAUsageInDeepSeeksFormat() throws Exception {
        assertThat(chat("hello [[sim: tokens=5, cached=3]]", false).body())
                .contains("\"completion_tokens\":5", "\"prompt_cache_hit_tokens\":3", "\"finish_reason\":\"stop\"");
    }

    @Test
    void stopsAtTheLimit() throws Exception {
        assertThat(chat("hello [[sim: tokens=50]]", false).body())
                .contains("\"completion_tokens\":10", "\"finish_reason\":\"length\"");
    }

    @Test
    void streamsChunksThenUsageThenDone() throws Exception {
        var body = chat("hello [[sim: tokens=3]]", true).body();
        assertThat(body.lines().filter(line -> line.startsWith("data: {")).count())
                .isEqualTo(6);
        assertThat(body).contains("\"choices\":[]").endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 422, 429, 500, 503})
    void failsAsAsked(int status) throws Exception {
        assertThat(chat("[[sim: fail=" + status + "]]", true).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "cut-after=2"})
    void breaksOffAsAsked(String fault) {
        assertThatThrownBy(() -> chat("[[sim: " + fault + "]]", true)).isInstanceOf(IOException.class);
    }

    @Test
    void tellsAnErrorAfterAllThatCameBefore() throws Exception {
        var body = chat("[[sim: tokens=5, error-after=2]]", true).body();
        // Who speaks, and the two pieces.
        assertThat(body.lines().filter(line -> line.contains("\"choices\""))).hasSize(3);
        assertThat(body).contains("\"error\"").doesNotContain("[DONE]");
    }

    @Test
    void keepsWhatAskedForAScriptedAnswer() throws Exception {
        control("PUT", "{\"pieces\":[{\"text\":\"scripted\"}]}");
        assertThat(control("GET", "").statusCode()).isEqualTo(404);
        assertThat(chat("first [[sim: script=s]]", false).body()).isEqualTo("scripted");
        assertThat(chat("second [[sim: script=s]]", false).body()).isEqualTo("scripted");
        assertThat(control("GET", "").body())
                .startsWith("{\"model\"")
                .contains("second")
                .endsWith("]}");
    }

    private static HttpResponse<String> control(String method, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/simulator/scripts/s"))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
