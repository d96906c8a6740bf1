package com.gogogoapi.proxy.execution;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's end of a stream; its answer's head is sent with the first line. */
final class ClientStream {

    private static final Logger log = LoggerFactory.getLogger(ClientStream.class);

    private final HttpServletResponse response;
    private boolean started;
    private boolean pending;

    ClientStream(HttpServletResponse response) {
        this.response = response;
    }

    /** The client cannot be written to. */
    static final class ClientLeft extends Exception {
        private static final long serialVersionUID = 1L;

        ClientLeft(IOException cause) {
            super(cause);
        }
    }

    boolean hasStarted() {
        return started;
    }

    void send(byte[] line) throws ClientLeft {
        try {
            var out = out();
            out.write(line);
            pending = true;
            // An event ends with its blank line; only then is there something a client can use.
            if (line.length <= 2 || line[0] == ':') {
                out.flush();
                pending = false;
            }
        } catch (IOException e) {
            throw new ClientLeft(e);
        }
    }

    void finish(byte[] lastLines) {
        try {
            var out = out();
            if (pending) {
                out.flush();
            }
            out.write(lastLines);
            out.flush();
        } catch (IOException e) {
            log.debug("the client left before the last line", e);
        }
    }

    private OutputStream out() throws IOException {
        if (!started) {
            started = true;
            response.setContentType("text/event-stream;charset=utf-8");
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("X-Accel-Buffering", "no");
        }
        return response.getOutputStream();
    }
}
