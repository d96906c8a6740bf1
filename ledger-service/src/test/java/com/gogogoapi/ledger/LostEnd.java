package com.gogogoapi.ledger;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a power cut leaves of a partition whose last batches were acknowledged and not on disk yet. */
final class LostEnd {

    /** Of a batch: its first offset (8 bytes), and the length (4 bytes) of what follows these two. */
    private static final int BATCH_HEAD = 12;

    private LostEnd() {}

    /** @param firstLost the first offset that is no longer there; a batch is lost as a whole */
    static void cut(Path kafka, String partition, long firstLost) throws IOException {
        // Otherwise the broker would not look at what is there.
        Files.deleteIfExists(kafka.resolve(".kafka_cleanshutdown"));
        try (var files = Files.list(kafka.resolve(partition))) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(".log")) {
                    cut(file, firstLost);
                } else if (name.endsWith("index") || name.endsWith(".snapshot")) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void cut(Path segment, long firstLost) throws IOException {
        try (var channel = FileChannel.open(segment, READ, WRITE)) {
            var head = ByteBuffer.allocate(BATCH_HEAD);
            var end = 0L;
            while (channel.read(head.clear(), end) == BATCH_HEAD && head.getLong(0) < firstLost) {
                end += BATCH_HEAD + head.getInt(Long.BYTES);
            }
            if (end == channel.size()) {
                throw new IllegalStateException(segment + " must have offset " + firstLost + ".");
            }
            channel.truncate(end);
        }
    }
}
