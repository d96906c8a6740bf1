package com.gogogoapi.ledger.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SignedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Checkpoints as JSON lines in a file outside the database, which backups and auditors can take away. */
final class CheckpointFile {

    private final Path file;
    private long last;

    /** Opens the file and finds the last checkpoint in it; a line that a crash cut short is dropped. */
    CheckpointFile(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            var text = Files.readString(file);
            var complete = text.substring(0, text.lastIndexOf('\n') + 1);
            if (complete.length() < text.length()) {
                Files.writeString(file, complete, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            }
            if (!complete.isEmpty()) {
                var lastLine = complete.substring(complete.lastIndexOf('\n', complete.length() - 2) + 1);
                last = Checkpoint.parse(EventJson.mapper()
                                .readValue(lastLine, SignedText.class)
                                .payload())
                        .number();
            }
        }
    }

    long last() {
        return last;
    }

    void append(long number, SignedText signed) throws IOException {
        Files.write(
                file,
                (EventJson.mapper().writeValueAsString(signed) + "\n").getBytes(UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.DSYNC);
        last = number;
    }
}
