package com.gogogoapi.proxy.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedQuoteTest {

    private static final UUID QUOTE = UUID.fromString("01a20aff-64b8-7efa-a55b-89b2773c6008");
    private static final String ID = "h." + base64("{\"account\":\"acct_1\",\"quote\":\"" + QUOTE + "\"}") + ".s";

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void isInTheHeaderOrTheBody() {
        var expected = new PresentedQuote(ID, QUOTE);
        assertThat(PresentedQuote.of(ID, bytes("{}"))).contains(expected);
        assertThat(PresentedQuote.of(null, bytes("{'messages':[{'a':[1]}],'quote_id':'" + ID + "'}")))
                .contains(expected);
        assertThat(PresentedQuote.of(ID, bytes("{'quote_id':'" + ID + "'}"))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'messages':[{'quote_id':'x'}]}",
                "{'messages':'a quote_id in a text'}",
                "{'quote_id':null}",
                "['quote_id']",
                "{'a':1,'quote_id'",
                "",
            })
    void isNowhere(String body) {
        assertThat(PresentedQuote.of(null, bytes(body))).isEmpty();
    }

    @Test
    void isOneOnly() {
        assertThatThrownBy(() -> PresentedQuote.of(ID, bytes("{'quote_id':'another'}")))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "a.e30.c", "a.bnVsbA.c", "..", "a.b.c.d", ""})
    void isNoneOfOursAtFirstSight(String id) {
        assertThatThrownBy(() -> PresentedQuote.of(id, bytes("{}"))).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(422);
            assertThat(error.code()).isEqualTo("quote_mismatch");
        });
    }

    @Test
    void isOfBoundedLength() {
        assertThatThrownBy(() -> PresentedQuote.of("a.".repeat(1_000_000), bytes("{}")))
                .isInstanceOf(ApiError.class);
    }
}
