package com.gogogoapi.chassis.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.chassis.requestid.RequestIdFilter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The request id that an answer names finds the log's lines of that request, as a service logs that nobody told how. */
@ExtendWith(OutputCaptureExtension.class)
class ServiceLogTest {

    private static final Logger log = LoggerFactory.getLogger(ServiceLogTest.class);

    @Configuration
    @EnableAutoConfiguration
    @Import({RequestIdFilter.class, Routes.class})
    static class Service {}

    @RestController
    static class Routes {

        @GetMapping("/")
        String say() {
            log.warn("something is said");
            return "done";
        }
    }

    @Test
    void everyLineOfARequestHasItsId(CapturedOutput output) throws Exception {
        try (var service = new SpringApplicationBuilder(Service.class)
                .run(
                        "--spring.application.name=test",
                        "--gogogoapi.required-settings=server.port",
                        "--server.port=0",
                        // As a jar logs: the tests' own pattern is not used.
                        "--logging.config=")) {
            var port = ((WebServerApplicationContext) service).getWebServer().getPort();
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                                    .build(),
                            BodyHandlers.ofString());
            var requestId = answer.headers().firstValue(RequestIdFilter.HEADER).orElseThrow();
            assertThat(output.getAll().lines().filter(line -> line.contains("something is said")))
                    .singleElement()
                    .asString()
                    .contains(requestId);
        }
    }
}
