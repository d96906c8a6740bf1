package com.gogogoapi.proxy.protocol.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.upstream.EventStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatStreamTest {

    private static final TokenPrices FLASH =
            new TokenPrices(UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28"));
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":256," + "\"prompt_cache_hit_tokens\":10}";

    /** What the client gets of this stream. */
    private static String relayed(ChatStream chat, String stream) throws IOException {
        var out = new StringBuilder();
        var events = new EventStream(new ByteArrayInputStream(stream.getBytes(UTF_8)));
        for (var event = events.next(); event != null; event = events.next()) {
            if (chat.look(event) instanceof Verdict.Forward(var bytes, var content)) {
                out.append(new String(bytes, UTF_8));
            }
        }
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"id\":\"a\",\"choices\":[{\"delta\":{\"content\":\"hé\"}}],\"x\":1.000}\n\n",
                "data:{\"choices\":[{\"delta\":{}}]}\r\n\r\n",
                ": keep-alive\n\n",
                "event: ping\ndata: {}\n\n",
                "\n\n",
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]," + USAGE + "}\n\n",
            })
    void passesOnByteForByte(String stream) throws IOException {
        assertThat(relayed(new ChatStream(false, FLASH::costOf), stream)).isEqualTo(stream);
    }

    @Test
    void hidesTheTrailingUsageUnlessAskedForIt() throws IOException {
        var chat = new ChatStream(false, FLASH::costOf);
        assertThat(relayed(chat, "data: {\"choices\":[]," + USAGE + "}\n\ndata: {\"choices\":[{}]}\n\n"))
                .isEqualTo("data: {\"choices\":[{}]}\n\n");
        assertThat(chat.served().usage()).contains(new TokenUsage(12, 10, 256));
    }

    @Test
    void addsTheCostWhereUsageWasAskedFor() throws IOException {
        assertThat(relayed(new ChatStream(true, FLASH::costOf), "data: {\"choices\":[]," + USAGE + "}\n\n"))
                .contains("\"cost\":0.000071988", "\"cost_usd\":\"0.000071988\"")
                .endsWith("\n\n");
    }

    @Test
    void takesTheLastUsageThatSaysSomethingAndKnowsNullFromZero() throws IOException {
        var chat = new ChatStream(false, FLASH::costOf);
        relayed(chat, "data: {\"choices\":[{}],\"usage\":null}\n\n");
        assertThat(chat.served().usage()).isEmpty();
        relayed(chat, "data: {\"choices\":[{}]," + USAGE + "}\n\n");
        relayed(chat, "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}\n\n");
        assertThat(chat.served().usage()).contains(new TokenUsage(12, 10, 256));
    }

    /** What no number of tokens can be is no usage, whatever its size; what was delivered is counted then. */
    @ParameterizedTest
    @ValueSource(strings = {"1000000000000000000000000000000", "-1", "9223372036854775807", "1.5", "\"12\""})
    void anAbsurdUsageIsNone(String tokens) throws IOException {
        var chat = new ChatStream(false, FLASH::costOf);
        relayed(
                chat,
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":" + tokens + ",\"completion_tokens\":5}}\n\n");
        assertThat(chat.served().usage()).isEmpty();
    }

    @Test
    void anExplicitZeroIsAUsageWhereNothingElseWasStated() throws IOException {
        var chat = new ChatStream(false, FLASH::costOf);
        relayed(chat, "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}\n\n");
        assertThat(chat.served().usage()).contains(new TokenUsage(0, 0, 0));
    }

    @Test
    void tellsWhatOfTheCompletionIsReasoning() throws IOException {
        var chat = new ChatStream(false, FLASH::costOf);
        relayed(chat, "data: {\"choices\":[]," + USAGE + "}\n\n");
        assertThat(chat.served().reasoningTokens()).isNull();
        var details = "\"completion_tokens_details\":{\"reasoning_tokens\":200}";
        relayed(
                chat,
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":256," + details
                        + "}}\n\n");
        assertThat(chat.served().reasoningTokens()).isEqualTo(200L);
    }

    private static Protocol.Verdict look(ChatStream chat, String event) throws IOException {
        return chat.look(new EventStream(new ByteArrayInputStream(event.getBytes(UTF_8))).next());
    }

    @Test
    void tellsProgressFromSignsOfLife() throws IOException {
        var chat = new ChatStream(false, FLASH::costOf);
        assertThat(look(chat, ": keep-alive\n"))
                .isInstanceOfSatisfying(Verdict.Forward.class, line -> assertThat(line.content())
                        .isFalse());
        assertThat(look(chat, "data: {\"choices\":[{}]}\n\n"))
                .isInstanceOfSatisfying(Verdict.Forward.class, line -> assertThat(line.content())
                        .isTrue());
    }

    @Test
    void knowsTheEndAndWhatIsBroken() throws IOException {
        var chat = new ChatStream(false, FLASH::costOf);
        assertThat(chat.cameToItsEnd()).isFalse();
        assertThat(look(chat, "data: {\"error\":{\"message\":\"x\"}}\n\n")).isInstanceOf(Verdict.Broken.class);
        assertThat(look(chat, "data: {half\n\n")).isInstanceOf(Verdict.Broken.class);
        assertThat(look(chat, "data: [DONE]\n")).isInstanceOf(Verdict.Done.class);
        assertThat(chat.cameToItsEnd()).isTrue();
    }
}
