package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever has the address of an installation has its description, without a key. */
@Tag("acceptance")
class OpenApiDocumentTest {

    private static HttpResponse<String> get(String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(RunningSystem.shared().url("/openapi.yaml")));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void theDocumentIsServedAsItStandsInTheRepository() throws Exception {
        var answer = get();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Files.readString(Path.of("..", "..", "docs", "openapi.yaml")));
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/yaml");
        assertThat(answer.headers().firstValue("cache-control").orElseThrow()).contains("max-age=300", "public");
    }

    @Test
    void whoHasItIsToldThatItIsTheSame() throws Exception {
        var tag = get().headers().firstValue("etag").orElseThrow();
        var again = get("If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }
}
