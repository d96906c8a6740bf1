package com.gogogoapi.ledger.publication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublishedUntilTest {

    @Test
    void neverPassesASendThatFailed() {
        var published = new PublishedUntil(5);
        var first = published.attempt();
        published.sent(first, 6);
        published.failed(first, 7);
        published.sent(first, 8);
        assertThat(published.pos()).isEqualTo(6);
        assertThat(published.hasFailed()).isTrue();

        assertThat(published.restart()).isEqualTo(6);
        var second = published.attempt();
        published.sent(second, 7);
        published.sent(second, 8);
        assertThat(published.pos()).isEqualTo(8);
        assertThat(published.hasFailed()).isFalse();
    }

    @Test
    void aSendOfBeforeTheRestartProvesNothingAfterIt() {
        var published = new PublishedUntil(5);
        var first = published.attempt();
        published.failed(first, 6);
        published.restart();

        // 6 is on its way again and not there yet; 7 was still on its way for the first time.
        published.sent(first, 7);
        assertThat(published.pos()).isEqualTo(5);

        published.failed(first, 8);
        assertThat(published.hasFailed()).isFalse();
    }
}
