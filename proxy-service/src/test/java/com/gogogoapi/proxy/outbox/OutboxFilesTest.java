package com.gogogoapi.proxy.outbox;

import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxFilesTest {

    private static final int MANY = 10;
    private static final int ROOM_FOR_ONE = 400;

    private final UpstreamCompleted one = theCompletionOf(newRequest(), usage(1, 0, 2));
    private final UpstreamCompleted other = theCompletionOf(newRequest(), usage(3, 0, 4));

    @TempDir
    private Path folder;

    private OutboxFiles process() {
        return process(1_000_000);
    }

    private OutboxFiles process(long maxBytes) {
        return new OutboxFiles(new OutboxProperties(
                folder.resolve("outbox"), Duration.ofSeconds(1), Duration.ofSeconds(30), maxBytes));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder.resolve("outbox"))) {
            return files.toList();
        }
    }

    @Test
    void whatADeadProcessKeptIsTakenOverOnce() throws IOException {
        var dead = process();
        assertThat(dead.keep(one)).isTrue();
        assertThat(dead.keep(other)).isTrue();
        dead.close();

        var next = process();
        next.adopt();
        var third = process();
        third.adopt();

        assertThat(next.waiting(MANY)).containsExactly(one, other);
        assertThat(third.waiting(MANY)).isEmpty();
    }

    @Test
    void theFileOfALivingProcessIsItsOwn() {
        var living = process();
        living.keep(one);
        var other = process();
        other.adopt();
        assertThat(other.waiting(MANY)).isEmpty();
        assertThat(living.waiting(MANY)).containsExactly(one);
    }

    @Test
    void aFileGoesWhenAllInItIsSafeElsewhereAndNotBefore() throws IOException {
        var files = process();
        files.keep(one);
        files.keep(other);

        files.remove(List.of(one.requestId()));
        assertThat(files.waiting(MANY)).containsExactly(other);
        assertThat(files()).hasSize(1);

        files.remove(List.of(other.requestId()));
        assertThat(files()).isEmpty();
        assertThat(files.keep(one)).as("and comes again").isTrue();
        assertThat(files()).hasSize(1);
    }

    @Test
    void aLineThatWasCutOffOrAlteredCostsNoOther() throws IOException {
        var dead = process();
        dead.keep(one);
        dead.close();
        var file = files().getFirst();
        var line = Files.readString(file).strip();
        Files.writeString(file, line.replace("\"completionTokens\":2", "\"completionTokens\":3"));
        Files.writeString(file, "\n" + line.substring(0, line.length() / 2), StandardOpenOption.APPEND);

        var next = process();
        next.adopt();
        assertThat(next.waiting(MANY)).isEmpty();

        var after = process();
        after.keep(other);
        after.close();
        var last = process();
        last.adopt();
        assertThat(last.waiting(MANY)).containsExactly(other);
    }

    @Test
    void aFileThatIsFullTakesNothingMoreAndSaysSo() {
        var files = process(ROOM_FOR_ONE);
        assertThat(files.keep(one)).isTrue();
        assertThat(files.isWritable()).isTrue();
        assertThat(files.keep(other)).isFalse();
        assertThat(files.isWritable()).isFalse();
        assertThat(files.waiting(MANY)).containsExactly(one);
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidToBeSo() throws IOException {
        Files.writeString(folder.resolve("outbox"), "a file where a folder should be");
        var files = process();
        assertThat(files.isWritable()).isFalse();
        assertThat(files.keep(one)).isFalse();
    }
}
