package com.gogogoapi.usage.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address to which nothing would ever be sent is refused when it is written down. */
class EndpointFieldsTest {

    private static String read(String url, boolean allowPrivate) {
        var fields = new EndpointFields(new WebhookProperties(allowPrivate, Duration.ofSeconds(1), List.of(), 10));
        return fields.url(BodyFields.of(("{\"url\":\"" + url + "\"}").getBytes(StandardCharsets.UTF_8), "url"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://10.0.0.1:8443/hook",
                "https://172.16.0.1/",
                "https://192.168.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fe80::1]/",
                "https://2130706433/"
            })
    void oneInsideIsRefused(String url) {
        assertThatThrownBy(() -> read(url, false))
                .isInstanceOf(ApiError.class)
                .hasMessage("url must lead to a public address.");
        assertThat(read(url, true)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://1.1.1.1/",
                "ftp://1.1.1.1/",
                "https:///",
                "https://127.1/",
                "https://a b/",
                "file:///etc/passwd"
            })
    void oneThatIsNoneIsRefused(String url) {
        assertThatThrownBy(() -> read(url, false))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("url must be an address that begins with https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://1.1.1.1/hook?x=1", "https://[2606:4700::1111]/", "https://not-known-yet.invalid/"})
    void anyOtherIsTaken(String url) {
        assertThat(read(url, false)).isEqualTo(url);
    }
}
