package com.gogogoapi.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder that keeps everything, for one process at a time. The lock goes with the process, however it ends. */
final class DataFolder implements AutoCloseable {

    private final FileChannel lock;

    private DataFolder(FileChannel lock) {
        this.lock = lock;
    }

    /** @throws IllegalStateException if another process has it */
    static DataFolder lock(Path folder) throws IOException {
        // With it all that is in it: what is kept here is nobody else's to read.
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var file = folder.resolve("lock");
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                channel.truncate(0);
                channel.write(
                        ByteBuffer.wrap(
                                Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)),
                        0);
                return new DataFolder(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IllegalStateException("One process at a time must use " + folder + "; this one does already.", e);
        }
        var owner = Files.readString(file).trim();
        channel.close();
        throw new IllegalStateException(
                "One process at a time must use " + folder + "; stop process " + owner + ", or choose another --data.");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
