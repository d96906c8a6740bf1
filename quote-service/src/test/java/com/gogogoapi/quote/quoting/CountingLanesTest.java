package com.gogogoapi.quote.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.errors.ApiError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountingLanesTest {

    private static final int LARGE = 8 * 1024 * 1024;

    private final CountingLanes room = new CountingLanes();
    private final CountDownLatch finish = new CountDownLatch(1);

    @AfterEach
    void close() {
        finish.countDown();
        room.close();
    }

    private int waitForTheEnd() {
        try {
            finish.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    /** More large ones than there are places, all of which take for ever: small and middling ones do not notice. */
    @Test
    void largePromptsNeverStandInTheWayOfOthers() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var started = new AtomicInteger();
            var large = new ArrayList<Future<Integer>>();
            for (var i = 0; i < 20; i++) {
                large.add(clients.submit(() -> {
                    try (var place = room.enter(LARGE)) {
                        return place.count(() -> {
                            started.incrementAndGet();
                            return waitForTheEnd();
                        });
                    }
                }));
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> started.get() > 0);
            for (var bytes : new int[] {0, 100, CountingLanes.SMALL_BYTES, CountingLanes.MIDDLE_BYTES}) {
                assertThat(clients.submit(() -> {
                                    try (var place = room.enter(bytes)) {
                                        return place.count(() -> bytes);
                                    }
                                })
                                .get())
                        .isEqualTo(bytes);
            }
            assertThat(started.get()).isLessThanOrEqualTo(4);
            finish.countDown();
            for (var one : large) {
                assertThat(one.get()).isOne();
            }
        }
    }

    @Test
    void largerOnesAreCountedOnThreadsThatTheOperatingSystemShares() {
        for (var bytes : new int[] {CountingLanes.SMALL_BYTES + 1, LARGE}) {
            try (var place = room.enter(bytes)) {
                assertThat(place.count(() -> Thread.currentThread().getName())).startsWith("counting-");
            }
        }
    }

    @Test
    void whatCountingThrowsIsThrown() {
        try (var place = room.enter(LARGE)) {
            assertThatThrownBy(() -> place.count(() -> {
                        throw ApiError.invalidRequest("messages", "Too long.");
                    }))
                    .isInstanceOf(ApiError.class)
                    .hasMessage("Too long.");
        }
    }

    @Test
    void aPlaceIsGivenBack() {
        for (var i = 0; i < 100; i++) {
            try (var place = room.enter(LARGE)) {
                assertThat(place.count(() -> 1)).isOne();
            }
        }
    }
}
