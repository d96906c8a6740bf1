package com.gogogoapi.proxy.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** An answer is recorded on its way, also past a client that leaves. */
class RecordedResponseTest {

    private static final int MOST = 20;
    private static final UUID SHOWN = new UUID(7, 1);

    /** A client that can leave. */
    private static final class Client extends MockHttpServletResponse {

        private boolean isGone;

        @Override
        public ServletOutputStream getOutputStream() {
            var out = super.getOutputStream();
            return new ServletOutputStream() {
                @Override
                public void write(int one) throws IOException {
                    if (isGone) {
                        throw new IOException("Broken pipe");
                    }
                    out.write(one);
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {}
            };
        }

        String got() {
            return new String(getContentAsByteArray(), UTF_8);
        }
    }

    private final Client client = new Client();
    private final Recording recording = new Recording(MOST);
    private final RecordedResponse response = new RecordedResponse(client, recording);

    private void send(String text) throws IOException {
        response.getOutputStream().write(text.getBytes(UTF_8));
        response.getOutputStream().flush();
    }

    private static MockHttpServletResponse replayed(KeptAnswer answer) throws IOException {
        var again = new MockHttpServletResponse();
        answer.write(again, SHOWN);
        return again;
    }

    @Test
    void whatWentToTheClientIsWhatIsReplayed() throws IOException {
        client.setHeader("x-ratelimit-remaining-requests", "3");
        response.setHeader("x-cost-usd", "0.01");
        response.setContentType("application/json");
        send("one ");
        send("two");
        var again = replayed(response.answer());
        assertThat(again.getContentAsString()).isEqualTo("one two").isEqualTo(client.got());
        assertThat(again.getStatus()).isEqualTo(200);
        assertThat(again.getContentType()).isEqualTo("application/json");
        assertThat(again.getHeader("x-cost-usd")).isEqualTo("0.01").isEqualTo(client.getHeader("x-cost-usd"));
        assertThat(again.getHeader("x-ratelimit-remaining-requests"))
                .as("what is of the moment is not kept")
                .isNull();
        assertThat(again.getHeader("idempotency-replayed")).isEqualTo("true");
        assertThat(again.getHeader("x-original-request-id")).isEqualTo(SHOWN.toString());
    }

    @Test
    void theEndWaitsUntilItIsKept() throws IOException {
        send("one ");
        response.holdBack();
        send("two");
        assertThat(client.got()).isEqualTo("one ");
        response.release();
        assertThat(client.got()).isEqualTo("one two");
    }

    @Test
    void aClientThatLeavesIsWrittenForAllTheSame() throws IOException {
        send("one ");
        client.isGone = true;
        send("two ");
        client.isGone = false;
        send("three");
        response.holdBack();
        response.release();
        assertThat(client.got()).as("nothing behind a gap").isEqualTo("one ");
        assertThat(replayed(response.answer()).getContentAsString()).isEqualTo("one two three");
    }

    @Test
    void butNotForAnAnswerThatIsTooLargeToBeKept() throws IOException {
        client.isGone = true;
        send("x".repeat(MOST));
        assertThat(recording.isTooLarge()).isFalse();
        assertThatThrownBy(() -> send("x")).isInstanceOf(IOException.class).hasMessageContaining("too large");
        assertThat(recording.isTooLarge()).isTrue();
    }

    @Test
    void anAnswerThatIsTooLargeStillReachesItsClient() throws IOException {
        send("x".repeat(MOST + 1));
        send("y");
        assertThat(client.got()).hasSize(MOST + 2);
        assertThat(recording.isTooLarge()).isTrue();
    }

    @Test
    void anAnswerWithoutABodyIsOneToo() throws IOException {
        response.setStatus(502);
        var again = replayed(response.answer());
        assertThat(again.getStatus()).isEqualTo(502);
        assertThat(again.getContentAsByteArray()).isEmpty();
        assertThat(response.answer().headers()).isEqualTo(Map.of());
    }
}
