package com.gogogoapi.proxy.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.ProxyProperties.UpstreamProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Compressed bodies are what they were, within the bounds of those that come as they are. */
class CompressedBodiesTest {

    private static final int MIB = 1024 * 1024;
    private static final String TEXT = "{\"model\":\"m\",\"messages\":[]}";
    private static final AccountId ACCOUNT = new AccountId("acct_one");
    private static final BudgetScope KEY = BudgetScope.ofKey(new UUID(7, 1));

    /** 900,000 times the letter a. */
    private static final byte[] DENSE_BROTLI = Base64.getDecoder().decode("W5+7jV8iLB4LBLJmGwA=");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Admission admission =
            new Admission(new AdmissionProperties(3 * MIB, 2 * MIB, 3, 1_000, Duration.ZERO), proxy(), meters);

    private static ProxyProperties proxy() {
        var nowhere = URI.create("http://localhost:1");
        var second = Duration.ofSeconds(1);
        return new ProxyProperties(
                nowhere,
                nowhere,
                nowhere,
                nowhere,
                nowhere,
                nowhere,
                "an operator token of 32 characters or more",
                "",
                MIB,
                second,
                new UpstreamProperties(nowhere, "key", second, second, second, second, Map.of(), 1, 1));
    }

    private Place place() {
        return admission.enter(ACCOUNT, KEY, List.of());
    }

    private static MockHttpServletRequest request(String encoding, byte[] body) {
        var request = new MockHttpServletRequest();
        request.addHeader("Content-Encoding", encoding);
        request.setContent(body);
        return request;
    }

    private String received(String encoding, byte[] body) throws IOException {
        try (var place = place()) {
            return new String(place.receive(request(encoding, body)).bytes(), UTF_8);
        }
    }

    private double free() {
        return meters.get("gogogoapi.proxy.admission.free").gauge().value();
    }

    private static byte[] gzip(byte[] text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream compressed = new GZIPOutputStream(out)) {
            compressed.write(text);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, H4sIAAAAAAAAA6tWys1PSc1RslLKVdJRyk0tLk5MTy1WsoqOrQUAtiIpWhsAAAA=",
        "x-gzip, H4sIAAAAAAAAA6tWys1PSc1RslLKVdJRyk0tLk5MTy1WsoqOrQUAtiIpWhsAAAA=",
        "GZIP, H4sIAAAAAAAAA6tWys1PSc1RslLKVdJRyk0tLk5MTy1WsoqOrQUAtiIpWhsAAAA=",
        "deflate, eJyrVsrNT0nNUbJSylXSUcpNLS5OTE8tVrKKjq0FAHrmCPM=",
        "deflate, q1bKzU9JzVGyUspV0lHKTS0uTkxPLVayio6tBQA=",
        "br, Cw2AeyJtb2RlbCI6Im0iLCJtZXNzYWdlcyI6W119Aw==",
        "zstd, KLUv/QRY2QAAeyJtb2RlbCI6Im0iLCJtZXNzYWdlcyI6W119ubCY6Q==",
        "'identity, gzip', H4sIAAAAAAAAA6tWys1PSc1RslLKVdJRyk0tLk5MTy1WsoqOrQUAtiIpWhsAAAA="
    })
    void isWhatItWas(String encoding, String base64) throws IOException {
        assertThat(received(encoding, Base64.getDecoder().decode(base64))).isEqualTo(TEXT);
    }

    @Test
    void isTheSameWhereItsSizeIsNotSaid() throws IOException {
        var unsaid = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        unsaid.addHeader("Content-Encoding", "gzip");
        unsaid.setContent(gzip(TEXT.getBytes(UTF_8)));
        try (var place = place()) {
            assertThat(new String(place.receive(unsaid).bytes(), UTF_8)).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress", "gzip, br", "gzip, gzip", "aws-chunked", "*"})
    void whatIsNotKnownIsRefusedWithWhatIs(String encoding) {
        assertThatThrownBy(() -> received(encoding, TEXT.getBytes(UTF_8)))
                .isInstanceOfSatisfying(ApiError.class, error -> {
                    assertThat(error.status()).isEqualTo(415);
                    assertThat(error.getMessage()).startsWith("Content-Encoding must");
                    assertThat(error.headers()).containsEntry("Accept-Encoding", "gzip, deflate, br, zstd");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void whatIsNotCompressedAsItSaysIsRefused(String encoding) {
        for (var body : new byte[][] {TEXT.getBytes(UTF_8), {}, {1, 2, 3}, new byte[1_000]}) {
            assertThatThrownBy(() -> received(encoding, body))
                    .isInstanceOfSatisfying(
                            ApiError.class, error -> assertThat(error.status()).isEqualTo(400));
        }
    }

    @Test
    void whatIsCutOffIsRefused() throws IOException {
        var whole = gzip(TEXT.getBytes(UTF_8));
        assertThatThrownBy(() -> received("gzip", java.util.Arrays.copyOf(whole, whole.length - 12)))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("no gzip");
    }

    @Test
    void whatIsMuchLargerThanItCameIsRefusedBeforeItIsThere() {
        assertThatThrownBy(() -> received("br", DENSE_BROTLI)).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(413);
            assertThat(error.getMessage()).contains("at most 100 times");
        });
        assertThatThrownBy(() -> received("zstd", Zstd.compress(new byte[16 * MIB])))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.status()).isEqualTo(413));
        assertThat(free()).isEqualTo(3 * MIB);
    }

    @Test
    void whatIsTooLargeOnceItIsDecodedIsRefusedAsAnyOther() throws IOException {
        var large = new byte[MIB + 1];
        new Random(1).nextBytes(large);
        for (var i = 0; i < large.length; i++) {
            large[i] = (byte) ('a' + (large[i] & 7));
        }
        var compressed = gzip(large);
        assertThat(compressed.length).isLessThan(MIB);
        assertThatThrownBy(() -> received("gzip", compressed)).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(413);
            assertThat(error.getMessage()).contains("at most " + MIB);
        });
        assertThat(free()).isEqualTo(3 * MIB);
    }

    @Test
    void roomIsTakenForWhatItIsDecodedAndGivenBack() throws IOException {
        var text = new byte[MIB / 2];
        new Random(2).nextBytes(text);
        for (var i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + (text[i] & 1));
        }
        var out = new ByteArrayOutputStream();
        try (var compressed = new DeflaterOutputStream(out, new Deflater(9))) {
            compressed.write(text);
        }
        var before = free();
        try (var place = place()) {
            var body = place.receive(request("deflate", out.toByteArray()));
            assertThat(body.bytes()).isEqualTo(text);
            assertThat(before - free()).isGreaterThanOrEqualTo(text.length);
            body.release();
            assertThat(free()).isEqualTo(before);
        }
        assertThat(free()).isEqualTo(before);
        assertThat(admission.accountsInFlight()).isZero();
    }
}
