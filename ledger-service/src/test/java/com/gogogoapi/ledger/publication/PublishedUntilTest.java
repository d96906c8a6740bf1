package com.gogogoapi.ledger.publication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublishedUntilTest {

    @Test
    void neverPassesASendThatFailed() {
        var published = new PublishedUntil(5);
        published.sent(0, 6);
        published.failed(0, 7);
        published.sent(0, 8);
        assertThat(published.pos()).isEqualTo(6);
        assertThat(published.hasFailed()).isTrue();

        assertThat(published.restart()).isEqualTo(6);
        published.sent(1, 7);
        published.sent(1, 8);
        assertThat(published.pos()).isEqualTo(8);
        assertThat(published.hasFailed()).isFalse();
    }

    @Test
    void whatIsStillHeardOfAnEarlierAttemptProvesNothing() {
        var published = new PublishedUntil(5);
        published.failed(0, 6);
        published.restart();
        published.sent(0, 7);
        assertThat(published.pos()).as("6 is not in Kafka").isEqualTo(5);
        published.failed(0, 8);
        assertThat(published.hasFailed()).as("8 is sent again anyhow").isFalse();
    }
}
