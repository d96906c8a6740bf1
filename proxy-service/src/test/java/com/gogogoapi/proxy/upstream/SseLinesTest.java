package com.gogogoapi.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class SseLinesTest {

    @Test
    void aLineHasALimit() {
        var endless = new SseLines(new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        });
        assertThatThrownBy(endless::next).isInstanceOf(IOException.class);
    }
}
