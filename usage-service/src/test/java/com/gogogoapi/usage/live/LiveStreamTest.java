package com.gogogoapi.usage.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.live.Told.Ready;
import com.gogogoapi.usage.live.Told.Resync;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveStreamTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private final LiveStream stream = new LiveStream(new Asker(new AccountId("acct_slow"), null), 3);

    @Test
    void whatIsToldComesInOrder() throws InterruptedException {
        stream.tell(1, new Ready(3, 1));
        stream.tell(2, new Ready(3, 2));
        assertThat(stream.next(AT_ONCE)).isEqualTo(new Ready(3, 1));
        assertThat(stream.next(AT_ONCE)).isEqualTo(new Ready(3, 2));
        assertThat(stream.next(AT_ONCE)).isNull();
    }

    @Test
    void whoIsTooSlowIsToldToAskAnewAndTakesNoMoreRoom() throws InterruptedException {
        for (var sequence = 1; sequence <= LiveStream.MAX_WAITING + 2; sequence++) {
            stream.tell(sequence, new Ready(3, sequence));
        }
        assertThat(stream.next(AT_ONCE)).isEqualTo(new Resync(3, LiveStream.MAX_WAITING + 1));
        assertThat(stream.next(AT_ONCE)).isEqualTo(new Ready(3, LiveStream.MAX_WAITING + 2));
        assertThat(stream.next(AT_ONCE)).isNull();
    }

    @Test
    void nothingComesOnceItIsOver() throws InterruptedException {
        stream.tell(1, new Ready(3, 1));
        stream.end();
        assertThat(stream.isOver()).isTrue();
        assertThat(stream.next(AT_ONCE)).isNull();
    }
}
