package com.gogogoapi.ledger.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

/** A statement's JSON to the byte, as the service's own mapper writes it: every field, in this order, also where it is null. */
class StatementLineTest {

    @Test
    void everyTypeOfEventFillsItsFields() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .run(context -> {
                    var mapper = context.getBean(JsonMapper.class);
                    assertThat(MadeStory.events())
                            .extracting(event -> mapper.writeValueAsString(StatementLine.of(event)))
                            .containsExactlyElementsOf(written());
                });
    }

    private static List<String> written() throws IOException {
        try (var lines = StatementLineTest.class.getResourceAsStream("/statement-lines.jsonl")) {
            return new String(lines.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
