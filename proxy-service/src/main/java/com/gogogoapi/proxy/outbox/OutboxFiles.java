package com.gogogoapi.proxy.outbox;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The outbox where the database is away too: a file of this process, and those of dead ones in the same folder, which it
 * adopts. A process's file is there while something is in it.
 */
@Component
class OutboxFiles implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OutboxFiles.class);
    private static final String SUFFIX = ".outbox";

    private final OutboxProperties properties;
    private final List<OutboxFile> adopted = new ArrayList<>();
    private @Nullable OutboxFile own;
    private boolean writable = true;

    OutboxFiles(OutboxProperties properties) {
        this.properties = properties;
    }

    /** @return whether it is on the disk */
    synchronized boolean keep(UpstreamCompleted completed) {
        try {
            var file = own;
            if (file == null) {
                Files.createDirectories(properties.folder());
                file = OutboxFile.create(
                        properties.folder().resolve(TimeOrderedIds.next() + SUFFIX), properties.maxFileBytes());
                own = file;
            }
            writable = file.append(completed);
            if (!writable) {
                log.error("the end of request {} cannot be kept: its file is full", completed.requestId());
            }
        } catch (IOException e) {
            log.error("the end of request {} cannot be kept in a file", completed.requestId(), e);
            writable = false;
            giveUpOwn();
        }
        return writable;
    }

    /** A file that failed, or was closed by an interrupt, is adopted like that of a dead process; the next is a new one. */
    private void giveUpOwn() {
        var file = own;
        own = null;
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            log.debug("a file that failed cannot be closed", e);
        }
    }

    /** Whether the last that was to be kept could be, and the next can, as far as one sees. */
    synchronized boolean isWritable() {
        try {
            Files.createDirectories(properties.folder());
            return writable && Files.isWritable(properties.folder());
        } catch (IOException e) {
            log.debug("the folder of the outbox's files cannot be made", e);
            return false;
        }
    }

    /** Takes the files of dead processes. */
    synchronized void adopt() {
        if (!Files.isDirectory(properties.folder())) {
            return;
        }
        try (var files = Files.list(properties.folder())) {
            for (var path :
                    files.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
                adopt(path);
            }
        } catch (IOException e) {
            log.warn("{} cannot be listed", properties.folder(), e);
        }
    }

    private void adopt(Path path) {
        // Not even looked into: to close any channel of a file gives up this process's lock on it.
        if (all().stream().anyMatch(file -> file.isAt(path))) {
            return;
        }
        try {
            var found = OutboxFile.ofTheDead(path, properties.maxFileBytes());
            if (found.isPresent() && found.get().size() == 0) {
                found.get().close();
            } else if (found.isPresent()) {
                log.info(
                        "{} ends of requests are taken over from {}",
                        found.get().size(),
                        path);
                adopted.add(found.get());
            }
        } catch (IOException e) {
            log.warn("{} cannot be read", path, e);
        }
    }

    synchronized List<UpstreamCompleted> waiting(int atMost) {
        // One may be in two files, should the first have failed after it was written.
        var waiting = new LinkedHashMap<UUID, UpstreamCompleted>();
        all().stream().flatMap(file -> file.waiting(atMost).stream()).forEach(one -> waiting.put(one.requestId(), one));
        return waiting.values().stream().limit(atMost).toList();
    }

    synchronized int size() {
        return all().stream().mapToInt(OutboxFile::size).sum();
    }

    /** These are safe elsewhere: a file that is empty then is deleted. */
    synchronized void remove(Collection<UUID> requests) {
        for (var file : all()) {
            try {
                file.remove(requests);
                if (file.size() == 0) {
                    file.close();
                    adopted.remove(file);
                    own = file == own ? null : own;
                }
            } catch (IOException e) {
                log.warn("what is safe elsewhere cannot be removed from a file, and may be sent again", e);
            }
        }
    }

    private List<OutboxFile> all() {
        var all = new ArrayList<>(adopted);
        if (own != null) {
            all.add(own);
        }
        return all;
    }

    /** What is in them waits for the next process. */
    @Override
    public synchronized void close() throws IOException {
        for (var file : all()) {
            file.close();
        }
        adopted.clear();
        own = null;
    }
}
