package com.gogogoapi.ledger.publication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublishedUntilTest {

    @Test
    void neverPassesASendThatFailed() {
        var published = new PublishedUntil(5);
        published.sent(6);
        published.failed(7);
        published.sent(8);
        assertThat(published.pos()).isEqualTo(6);
        assertThat(published.hasFailed()).isTrue();

        assertThat(published.restart()).isEqualTo(6);
        published.sent(7);
        published.sent(8);
        assertThat(published.pos()).isEqualTo(8);
        assertThat(published.hasFailed()).isFalse();
    }
}
