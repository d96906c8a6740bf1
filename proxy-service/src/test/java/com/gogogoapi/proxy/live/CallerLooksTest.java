package com.gogogoapi.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Who may no more is let go within what clients are promised, however the interval is set. */
class CallerLooksTest {

    private static final Duration EVERY = settings().callerLookedAtEvery();
    private static final long BEGAN = Long.MAX_VALUE - 5;

    private final AtomicBoolean may = new AtomicBoolean(true);
    private final AtomicInteger looked = new AtomicInteger();
    private final CallerLooks looks = new CallerLooks(
            EVERY,
            () -> {
                looked.incrementAndGet();
                return may.get();
            },
            BEGAN);

    private static EventsProperties settings() {
        return new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("gogogoapi.proxy.events", EventsProperties.class);
    }

    @Test
    void whoMayNoMoreIsLetGoAtTheNextLook() {
        assertThat(looks.stillMay(BEGAN + EVERY.toNanos())).isTrue();
        may.set(false);
        assertThat(looks.stillMay(BEGAN + 2 * EVERY.toNanos() - 1))
                .as("before the next look")
                .isTrue();
        assertThat(looks.stillMay(BEGAN + 2 * EVERY.toNanos())).isFalse();
    }

    @Test
    void onceInThatTimeIsEnough() {
        for (var nanos = 0L; nanos <= EVERY.toNanos() * 3; nanos += EVERY.toNanos() / 10) {
            assertThat(looks.stillMay(BEGAN + nanos)).isTrue();
        }
        assertThat(looked).hasValue(3);
    }

    @Test
    void noSettingBreaksWhatIsPromised() {
        assertThat(EVERY.multipliedBy(2)).isLessThanOrEqualTo(EventsProperties.ENDS_WITHIN);
        assertThatThrownBy(() -> new EventsProperties(Duration.ofSeconds(6)))
                .hasMessageContaining("must be from 100ms to 5s");
        assertThatThrownBy(() -> new EventsProperties(Duration.ofMillis(99)))
                .hasMessageContaining("must be from 100ms to 5s");
    }
}
