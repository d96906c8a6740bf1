package com.gogogoapi.proxy.protocol.completions;

import static com.gogogoapi.proxy.protocol.Relayed.ofStream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.protocol.Relayed;
import org.junit.jupiter.api.Test;

class CompletionsStreamTest {

    private static final String WORDS = "data: {\"id\":\"c\",\"choices\":[{\"text\":\"def f(\",\"index\":0}]}\n\n"
            + "data: {\"id\":\"c\",\"choices\":[{\"text\":\"x):\",\"index\":0,\"finish_reason\":null}]}\n\n";
    private static final String FINISH =
            "data: {\"id\":\"c\",\"choices\":[{\"text\":\"\",\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE =
            "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":3}}\n\n";

    @Test
    void textIsContentAndUsageIsHiddenUnlessAskedFor() {
        var relayed =
                ofStream(new CompletionsStream(false, 0, Relayed.COSTS), WORDS + FINISH + USAGE + "data: [DONE]\n\n");
        assertThat(relayed.sent()).isEqualTo(WORDS + FINISH);
        assertThat(relayed.isDone()).isTrue();
        assertThat(relayed.stream().served().usage()).contains(new TokenUsage(4, 0, 3));
        assertThat(Relayed.text(relayed.stream())).isEqualTo("def f(x):");
        assertThat(ofStream(new CompletionsStream(true, 0, Relayed.COSTS), USAGE)
                        .sent())
                .contains("\"cost_usd\":");
    }

    /** It was not generated, and is not charged where the upstream does not say what was. */
    @Test
    void whatIsEchoedIsNotCounted() throws NotAnAnswer {
        var stream = new CompletionsStream(false, "def f(".length() + 1, Relayed.COSTS);
        assertThat(Relayed.text(ofStream(stream, WORDS).stream())).isEqualTo("):");
        assertThat(Relayed.text(CompletionsAnswer.served(
                        "{\"choices\":[{\"text\":\"def f(x):\"}]}".getBytes(UTF_8), "def f(".length())))
                .isEqualTo("x):");
    }

    @Test
    void anAnswerWithoutChoicesIsNone() {
        assertThatThrownBy(() -> CompletionsAnswer.served("{\"id\":\"c\"}".getBytes(UTF_8), 0))
                .isInstanceOf(NotAnAnswer.class);
    }
}
