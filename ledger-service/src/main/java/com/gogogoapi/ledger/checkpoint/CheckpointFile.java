package com.gogogoapi.ledger.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SignedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints as JSON lines in a file outside the database, which backups and auditors can take away. It grows for as long as
 * the installation lives, so only its end is read when it is opened.
 */
final class CheckpointFile implements Witness {

    private static final int FIRST_TAIL = 1 << 16;

    /** A line is about 700 bytes a shard, and one a route more for its revenue. */
    static final int MAX_LINE = 1 << 24;

    private final Path file;
    private @Nullable SignedText found;
    private long last;
    private @Nullable BufferedReader reading;

    /** Opens the file and finds the last checkpoint in it; a line that a crash cut short is dropped. */
    CheckpointFile(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                var line = lastLine(channel);
                if (!line.isEmpty()) {
                    var signed = EventJson.mapper().readValue(line, SignedText.class);
                    found = signed;
                    last = numberOf(signed);
                }
            }
        }
    }

    /** The last complete line, or nothing if there is none; what stands behind it is cut off. */
    private String lastLine(FileChannel channel) throws IOException {
        for (var size = (long) FIRST_TAIL; ; size *= 4) {
            var from = Math.max(0, channel.size() - size);
            var tail = read(channel, from);
            var end = lastIndexOf(tail, tail.length);
            var begin = end < 0 ? -1 : lastIndexOf(tail, end);
            if (from == 0 || begin >= 0) {
                channel.truncate(from + end + 1);
                return end < 0 ? "" : new String(tail, begin + 1, end - begin - 1, UTF_8);
            }
            if (size >= MAX_LINE) {
                throw new IOException("The lines of " + file + " must have less than " + MAX_LINE + " bytes.");
            }
        }
    }

    private static byte[] read(FileChannel channel, long from) throws IOException {
        var tail = ByteBuffer.allocate((int) (channel.size() - from));
        while (tail.hasRemaining()) {
            if (channel.read(tail, from + tail.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return tail.array();
    }

    private static int lastIndexOf(byte[] bytes, int before) {
        for (var i = before - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static long numberOf(SignedText signed) {
        return Checkpoint.parse(signed.payload()).number();
    }

    /** The number of the last one; 0 for none. */
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

    @Override
    public String name() {
        return "the file " + file.getFileName();
    }

    /** What was there when it was opened; all that came since is this instance's own. */
    @Override
    public List<SignedText> news() {
        var news = found;
        found = null;
        return news == null ? List.of() : List.of(news);
    }

    /** Reads on from the last one that was asked for: after a backup was restored, the whole file once. */
    @Override
    public Optional<SignedText> numbered(long number) throws IOException {
        for (var again = reading == null ? 1 : 0; again < 2; again++) {
            if (reading == null) {
                reading = Files.newBufferedReader(file, UTF_8);
            }
            for (var line = reading.readLine(); line != null; line = reading.readLine()) {
                var signed = EventJson.mapper().readValue(line, SignedText.class);
                if (numberOf(signed) == number) {
                    return Optional.of(signed);
                }
            }
            close();
        }
        return Optional.empty();
    }

    @Override
    public void adopted(long number) {
        // It is written by what comes after its last one in the database.
    }

    @Override
    public void close() {
        try {
            if (reading != null) {
                reading.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            reading = null;
        }
    }
}
