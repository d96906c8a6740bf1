package com.gogogoapi.proxy.idempotency;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is recorded on its way to the client. A client that leaves does not end it while it can be kept, since that
 * is what the client will ask for again; and who has seen its end finds it kept, since what is written once the request has
 * ended waits for that.
 */
final class RecordedResponse extends HttpServletResponseWrapper {

    private static final Logger log = LoggerFactory.getLogger(RecordedResponse.class);

    private final Recording recording;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream heldBack = new ByteArrayOutputStream(0);
    private final ServletOutputStream out = new Out();
    private boolean holdsBack;
    private boolean clientLeft;

    RecordedResponse(HttpServletResponse response, Recording recording) {
        super(response);
        this.recording = recording;
    }

    /** From here on nothing more goes to the client before {@link #release}. */
    void holdBack() {
        holdsBack = true;
    }

    /** What was held back goes to the client, if it is still there. */
    void release() {
        holdsBack = false;
        if (clientLeft || heldBack.size() == 0) {
            // Where nothing was written, an error may yet be.
            return;
        }
        try {
            var client = getResponse().getOutputStream();
            heldBack.writeTo(client);
            client.flush();
        } catch (IOException e) {
            log.debug("the client left before the end of its answer, which is kept: {}", e.toString());
        }
    }

    /** As it stands; it must not be too large. */
    KeptAnswer answer() {
        return new KeptAnswer(getStatus(), Map.copyOf(headers), recording.gzipped());
    }

    /** Whether there is no way back to another answer. */
    boolean isBegun() {
        return isCommitted() || heldBack.size() > 0;
    }

    @Override
    public void setHeader(String name, String value) {
        headers.put(name, value);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        setHeader(name, value);
    }

    @Override
    public void setContentType(String type) {
        headers.put("Content-Type", type);
        super.setContentType(type);
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        headers.put("Content-Length", Long.toString(length));
        super.setContentLengthLong(length);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return out;
    }

    @Override
    public PrintWriter getWriter() {
        throw new UnsupportedOperationException("An answer must be written as bytes.");
    }

    @Override
    public void flushBuffer() throws IOException {
        out.flush();
    }

    private final class Out extends ServletOutputStream {

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            recording.add(from, offset, length);
            if (holdsBack) {
                heldBack.write(from, offset, length);
            } else {
                pass(() -> getResponse().getOutputStream().write(from, offset, length));
            }
        }

        @Override
        public void flush() throws IOException {
            if (!holdsBack) {
                pass(() -> getResponse().getOutputStream().flush());
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("An answer must be written by the thread that makes it.");
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void pass(Writing writing) throws IOException {
        if (!clientLeft) {
            try {
                writing.run();
                return;
            } catch (IOException e) {
                log.debug("the client left its answer, which goes on to be kept: {}", e.toString());
                clientLeft = true;
            }
        }
        if (recording.isTooLarge()) {
            throw new IOException("The client left, and its answer is too large to be kept.");
        }
    }
}
