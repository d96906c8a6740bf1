package com.gogogoapi.usage.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an upstream counts as failing: {@code .} is a request that went well, {@code x} one that failed, {@code |} five minutes. */
class UpstreamWindowTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ',',
            value = {
                "xxxx, false",
                "xxxxx, true",
                "x.x.x.x.x, true",
                "..x.x.x.x.x, false",
                "xxx|xxx, false",
                "xxxxx....., true",
                "xxxxx|...., true",
                "xxxxx|....., false",
                "xxxxx|x....., true",
                "xxxxx|x.....|....., false",
                "xxxxx|.....xxxxx, true"
            })
    void isFailing(String requests, boolean failing) {
        var window = UpstreamWindow.NONE;
        var second = 1_000_000_000L;
        for (var request : requests.toCharArray()) {
            if (request == '|') {
                second += UpstreamWindow.SECONDS;
            } else {
                window = window.after(second, request == 'x');
            }
        }
        assertThat(window.isFailing()).isEqualTo(failing);
    }
}
