package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records of four numbers, kept by part in a temporary file that is gone when the process is, however that ends. Memory holds
 * a page of each part, and of what is in the file only where its pages are: 8 bytes for every {@value #PAGE_BYTES}. May be
 * added to from several threads.
 */
final class Spill implements AutoCloseable {

    static final int RECORD_BYTES = 4 * Long.BYTES;

    private static final int PAGE_BYTES = 16 * 1024;

    /** Reads a record. */
    interface Each {
        void record(long first, long second, long third, long fourth);
    }

    private static final class Part {

        private final ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
        private long[] pages = new long[4];
        private int inFile;

        private void wasWrittenTo(long position) {
            if (inFile == pages.length) {
                pages = Arrays.copyOf(pages, 2 * inFile);
            }
            pages[inFile++] = position;
            page.clear();
        }
    }

    private final Path folder;
    private final Part[] parts;
    private final AtomicLong end = new AtomicLong();
    private @Nullable FileChannel file;

    /** @param folder where there is room for all of it */
    Spill(Path folder, int parts) {
        this.folder = folder;
        this.parts = new Part[parts];
        for (var part = 0; part < parts; part++) {
            this.parts[part] = new Part();
        }
    }

    void add(int part, long first, long second, long third, long fourth) {
        var to = parts[part];
        synchronized (to) {
            if (!to.page.hasRemaining()) {
                write(to);
            }
            to.page.putLong(first).putLong(second).putLong(third).putLong(fourth);
        }
    }

    private void write(Part part) {
        var position = end.getAndAdd(PAGE_BYTES);
        part.page.flip();
        try {
            var channel = file();
            while (part.page.hasRemaining()) {
                channel.write(part.page, position + part.page.position());
            }
        } catch (IOException e) {
            throw new SourceException("The temporary folder " + folder + " must have room", e);
        }
        part.wasWrittenTo(position);
    }

    /** Made when it is first needed; small logs never do. Its name goes at once where the system can, else when it closes. */
    private synchronized FileChannel file() throws IOException {
        if (file == null) {
            var path = Files.createTempFile(folder, "gogogoapi-audit-", ".tmp");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }
        return file;
    }

    /** How many records a part has. */
    long size(int part) {
        var of = parts[part];
        synchronized (of) {
            return ((long) of.inFile * PAGE_BYTES + of.page.position()) / RECORD_BYTES;
        }
    }

    /** All records of a part, in the order in which they came. */
    void read(int part, Each each) {
        var of = parts[part];
        synchronized (of) {
            var page = ByteBuffer.allocate(PAGE_BYTES);
            for (var at = 0; at < of.inFile; at++) {
                page.clear();
                fill(page, of.pages[at]);
                records(page.flip(), each);
            }
            records(of.page.duplicate().flip(), each);
        }
    }

    private void fill(ByteBuffer page, long position) {
        try {
            var channel = file();
            while (page.hasRemaining()) {
                if (channel.read(page, position + page.position()) < 0) {
                    throw new SourceException("The temporary file in " + folder + " must stay as it was written.");
                }
            }
        } catch (IOException e) {
            throw new SourceException("The temporary file in " + folder + " must be readable", e);
        }
    }

    private static void records(ByteBuffer page, Each each) {
        while (page.hasRemaining()) {
            each.record(page.getLong(), page.getLong(), page.getLong(), page.getLong());
        }
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new SourceException("The temporary file in " + folder + " must close", e);
            }
        }
    }
}
