package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.acceptance.chaos.Corruption.Altered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks themselves: a small real log is right, and each copy of it that was tampered with is told by its name. */
@Tag("chaos")
@Tag("long")
class BooksTest {

    private static final int ANSWERS = 300;
    private static final long SEED = 1;

    /** Only ends a wait that nothing will end any more. */
    private static final Duration SOON = Duration.ofMinutes(3);

    private static Evidence evidence;

    @BeforeAll
    static void collect(@TempDir Path folder) throws Exception {
        try (var cluster = Cluster.start("books", folder)) {
            cluster.startLedger().ready();
            try (var load = Load.start(cluster, SEED)) {
                load.awaitAnswers(ANSWERS, SOON);
                load.stop();
            }
            evidence = cluster.awaitRest(SOON);
        }
    }

    @Test
    void anHonestLogIsRight() {
        assertThatCode(() -> new Books(evidence).assertRight()).doesNotThrowAnyException();
    }

    @Test
    void publishingAgainWhatWasPublishedIsRight() {
        assertThat(new Books(new Altered(evidence).published(list -> {
                            list.addAll(list.subList(list.size() / 2, list.size()));
                            return list;
                        }))
                        .violations())
                .isEmpty();
    }

    static Stream<Corruption> everyCorruptionIsToldByItsName() {
        return Arrays.stream(Corruption.values());
    }

    @ParameterizedTest
    @MethodSource
    void everyCorruptionIsToldByItsName(Corruption corruption) {
        var corrupted = corruption.of(evidence);

        assertThat(new Books(corrupted).violations()).containsKey(corruption.seenBy());
        assertThatThrownBy(() -> new Books(corrupted).assertRight())
                .hasMessageContaining(corruption.seenBy().toString());
    }

    @Test
    void everyCheckSeesSomething() {
        assertThat(Arrays.stream(Corruption.values()).map(Corruption::seenBy))
                .containsAll(Arrays.asList(Check.values()));
    }
}
