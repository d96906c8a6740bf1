package com.gogogoapi.ledger.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A shard of which everything up to event 5 is in Kafka. */
class PublishedUntilTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final PublishedUntil published = new PublishedUntil(5);

    private void handOver(long... positions) {
        for (var pos : positions) {
            assertThat(published.begin(pos)).as("may be handed over: " + pos).isTrue();
        }
    }

    @Test
    void handsOverExactlyTheNext() {
        assertThat(published.begin(5)).isFalse();
        assertThat(published.begin(7)).isFalse();
        handOver(6, 7);
        assertThat(published.begin(7)).isFalse();
    }

    @Test
    void neverPassesASendThatFailed() {
        handOver(6, 7, 8);
        published.sent(0, 6);
        assertThat(published.failed(0, 7)).as("8 is behind it").isTrue();
        published.sent(0, 8);
        assertThat(published.pos()).isEqualTo(6);

        assertThat(published.restart()).isTrue();
        handOver(7);
        published.sent(1, 7);
        handOver(8);
        published.sent(1, 8);
        assertThat(published.pos()).isEqualTo(8);
    }

    @Test
    void handsNothingNewerOverWhileASendThatFailedIsNotMadeGood() {
        handOver(6, 7);
        published.failed(0, 6);
        assertThat(published.begin(8)).isFalse();
        assertThat(published.restart()).as("7 is not answered yet").isFalse();
        published.failed(0, 7);
        assertThat(published.begin(8)).isFalse();

        assertThat(published.restart()).isTrue();
        assertThat(published.handedOver()).isEqualTo(5);
        handOver(6);
        assertThat(published.begin(7)).as("6 is tried alone").isFalse();
        published.sent(1, 6);
        handOver(7, 8);
    }

    @Test
    void theLastThatFailedHasNothingBehindIt() {
        handOver(6);
        assertThat(published.failed(0, 6)).isFalse();
        assertThat(published.restart()).isTrue();
        handOver(6);
        assertThat(published.failed(1, 6)).as("tried alone").isFalse();
        assertThat(published.pos()).isEqualTo(5);
    }

    @Test
    void whatIsStillHeardOfAnEarlierAttemptProvesNothing() {
        handOver(6, 7);
        published.abandon();
        published.sent(0, 6);
        assertThat(published.failed(0, 7)).isFalse();
        assertThat(published.pos()).isEqualTo(5);
        handOver(6);
        published.sent(1, 6);
        assertThat(published.pos()).isEqualTo(6);
    }

    @Test
    void anAnswerOutOfTurnIsNoProof() {
        handOver(6, 7);
        published.sent(0, 7);
        assertThat(published.pos()).isEqualTo(5);
        published.sent(0, 6);
        assertThat(published.pos()).isEqualTo(6);
        assertThat(published.restart()).as("7 is sent again").isTrue();
        handOver(7);
    }

    @Test
    void noticesThatNothingWillEverBeHeard() {
        var late = NOON.plus(PublishedUntil.SILENT_AFTER).plusSeconds(1);
        assertThat(published.isSilent(NOON)).isFalse();
        assertThat(published.isSilent(late)).as("nothing is under way").isFalse();

        handOver(6, 7);
        assertThat(published.isSilent(NOON)).isFalse();
        published.sent(0, 6);
        assertThat(published.isSilent(late)).as("6 was heard of").isFalse();
        assertThat(published.isSilent(late.plus(PublishedUntil.SILENT_AFTER))).isFalse();
        assertThat(published.isSilent(late.plus(PublishedUntil.SILENT_AFTER).plusSeconds(1)))
                .isTrue();
    }
}
