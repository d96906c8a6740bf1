package com.gogogoapi.ledger.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SignedText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("checkpoints.jsonl");
    }

    private static SignedText checkpoint(long number) {
        var checkpoint = new Checkpoint(
                Checkpoint.FORMAT, number, Checkpoint.NONE, Instant.EPOCH, "key", List.of(), TrialBalance.EMPTY);
        return new SignedText(checkpoint.payload(), "signature " + number);
    }

    private void write(long first, long last) throws IOException {
        try (var open = new CheckpointFile(file)) {
            for (var number = first; number <= last; number++) {
                open.append(number, checkpoint(number));
            }
        }
    }

    @Test
    void beginsWhereThereIsNone() throws IOException {
        try (var open = new CheckpointFile(file)) {
            assertThat(open.last()).isZero();
            assertThat(open.news()).isEmpty();
        }
    }

    @Test
    void findsTheLastOneAndGoesOn() throws IOException {
        write(1, 3);
        try (var open = new CheckpointFile(file)) {
            assertThat(open.last()).isEqualTo(3);
            assertThat(open.news()).containsExactly(checkpoint(3));
            assertThat(open.news()).isEmpty();
        }
    }

    @Test
    void dropsALineThatACrashCutShort() throws IOException {
        write(1, 2);
        var whole = Files.readString(file);
        Files.writeString(file, "{\"payload\":\"{\\\"number", StandardOpenOption.APPEND);
        try (var open = new CheckpointFile(file)) {
            assertThat(open.last()).isEqualTo(2);
        }
        assertThat(Files.readString(file)).isEqualTo(whole);

        Files.writeString(file, "cut short before its end");
        try (var open = new CheckpointFile(file)) {
            assertThat(open.last()).isZero();
        }
        assertThat(Files.size(file)).isZero();
    }

    /** What is before the end is never read: it may be larger than the memory. */
    @Test
    void readsOnlyTheEnd() throws IOException {
        var beyondAnArray = 3L << 30;
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(beyondAnArray);
        }
        for (var number : LongStream.of(7, 8).toArray()) {
            Files.writeString(
                    file,
                    "\n" + EventJson.mapper().writeValueAsString(checkpoint(number)) + (number == 8 ? "\n" : ""),
                    StandardOpenOption.APPEND);
        }
        Files.write(file, new byte[1 << 18], StandardOpenOption.APPEND);
        try (var open = new CheckpointFile(file)) {
            assertThat(open.last()).isEqualTo(8);
        }
        assertThat(Files.size(file)).isLessThan(beyondAnArray + 10_000);
    }

    @Test
    void refusesALineWithoutEnd() throws IOException {
        Files.write(file, new byte[CheckpointFile.MAX_LINE + 1]);
        assertThatThrownBy(() -> new CheckpointFile(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must have less than");
        assertThat(Files.size(file)).as("nothing was cut off").isEqualTo(CheckpointFile.MAX_LINE + 1L);
    }

    @Test
    void findsANumberAgain() throws IOException {
        write(1, 20);
        try (var open = new CheckpointFile(file)) {
            for (var number : LongStream.of(5, 6, 6, 20, 2).toArray()) {
                assertThat(open.numbered(number)).contains(checkpoint(number));
            }
            assertThat(open.numbered(21)).isEmpty();
        }
    }

    @Test
    void writesPlainLines() throws IOException {
        write(1, 1);
        assertThat(new String(Files.readAllBytes(file), UTF_8))
                .startsWith("{\"payload\":\"{\\\"format\\\":\\\"gogogoapi-checkpoint-v2\\\"")
                .endsWith("\"signature\":\"signature 1\"}\n");
    }
}
