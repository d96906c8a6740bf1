package com.gogogoapi.evidence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.checkpoint.Checkpoint.ShardCheckpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static Checkpoint checkpoint(String format, @Nullable Long perEventAfter) {
        return new Checkpoint(
                format,
                1,
                Checkpoint.NONE,
                Instant.EPOCH,
                "key",
                List.of(new ShardCheckpoint(0, 1, 2, "head", "root", TrialBalance.EMPTY, perEventAfter)),
                TrialBalance.EMPTY);
    }

    @Test
    void saysWhereLinksBeginToBeOfOneEvent() {
        var payload = checkpoint(Checkpoint.FORMAT, 7L).payload();
        assertThat(payload).contains("\"perEventAfter\":7");
        assertThat(Checkpoint.parse(payload).payload()).isEqualTo(payload);
    }

    @Test
    void theFirstFormatSaysNothingOfIt() {
        var payload = checkpoint(Checkpoint.FIRST_FORMAT, null).payload();
        assertThat(payload).doesNotContain("perEventAfter");
        assertThat(Checkpoint.parse(payload).payload()).isEqualTo(payload);
    }

    @Test
    void refusesWhatIsNeither() {
        assertThatThrownBy(() -> checkpoint(Checkpoint.FORMAT, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> checkpoint(Checkpoint.FIRST_FORMAT, 7L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> checkpoint("gogogoapi-checkpoint-v3", 7L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be");
    }
}
