package com.gogogoapi.proxy.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.messaging.EventJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Completions in a file, one a line with its checksum, locked by the process that has it: a file that can be locked is one
 * of a process that is gone. It is emptied when nothing in it is wanted any more, and not before.
 */
final class OutboxFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OutboxFile.class);

    private final Path path;
    private final FileChannel channel;
    private final long maxBytes;
    private final Map<UUID, UpstreamCompleted> waiting = new LinkedHashMap<>();

    private OutboxFile(Path path, FileChannel channel, long maxBytes) {
        this.path = path;
        this.channel = channel;
        this.maxBytes = maxBytes;
    }

    /** A new file; it has its name only once it is locked, so that nobody takes it for a dead process's. */
    static OutboxFile create(Path path, long maxBytes) throws IOException {
        var unnamed = path.resolveSibling(path.getFileName() + ".new");
        var channel = FileChannel.open(
                unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            channel.lock();
            Files.move(unnamed, path);
            return new OutboxFile(path, channel, maxBytes);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The file of a process that is gone; empty if it is not, or the file is. */
    static Optional<OutboxFile> ofTheDead(Path path, long maxBytes) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!isLocked(channel, path)) {
            channel.close();
            return Optional.empty();
        }
        var file = new OutboxFile(path, channel, maxBytes);
        file.read();
        return Optional.of(file);
    }

    private static boolean isLocked(FileChannel channel, Path path) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            log.debug("{} is another's of this process", path);
            return false;
        }
    }

    private void read() throws IOException {
        // Through the channel that holds the lock, which ends when any other of this file is closed.
        channel.position(0);
        var bytes = Channels.newInputStream(channel).readAllBytes();
        for (var line : new String(bytes, UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            try {
                var space = line.indexOf(' ');
                var json = line.substring(space + 1);
                if (space < 0 || !line.substring(0, space).equals(checksum(json))) {
                    throw new IllegalArgumentException("A line must begin with its checksum.");
                }
                var completed = EventJson.read(json.getBytes(UTF_8), UpstreamCompleted.class);
                waiting.put(completed.requestId(), completed);
            } catch (IllegalArgumentException | JacksonException e) {
                // The last line of a process that was killed while writing: it was not told that it was kept.
                log.warn("a line of {} is not whole and is passed over: {}", path, e.getMessage());
            }
        }
    }

    /**
     * @return whether there is room for it
     * @throws IOException if it is not on the disk then; nothing more can be appended
     */
    synchronized boolean append(UpstreamCompleted completed) throws IOException {
        var json = new String(EventJson.write(completed), UTF_8);
        // The newline before it too, since the line before may be a part of one.
        var line = ByteBuffer.wrap(("\n" + checksum(json) + " " + json + "\n").getBytes(UTF_8));
        var end = channel.size();
        if (end + line.remaining() > maxBytes) {
            return false;
        }
        channel.position(end);
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
        waiting.put(completed.requestId(), completed);
        return true;
    }

    synchronized List<UpstreamCompleted> waiting(int atMost) {
        return waiting.values().stream().limit(atMost).toList();
    }

    boolean isAt(Path other) {
        return path.toAbsolutePath().equals(other.toAbsolutePath());
    }

    synchronized int size() {
        return waiting.size();
    }

    /** These are safe elsewhere. */
    synchronized void remove(Collection<UUID> requests) throws IOException {
        if (waiting.keySet().removeAll(requests) && waiting.isEmpty()) {
            channel.truncate(0);
            channel.force(true);
        }
    }

    /** Gives the file back, and deletes it if there is nothing in it. */
    @Override
    public synchronized void close() throws IOException {
        if (waiting.isEmpty()) {
            Files.deleteIfExists(path);
        }
        channel.close();
    }

    private static String checksum(String json) {
        var crc = new CRC32C();
        crc.update(json.getBytes(UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
