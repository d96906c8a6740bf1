package com.gogogoapi.proxy.execution;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's end of a stream; its answer's head is sent with the first event. */
final class ClientStream {

    private static final Logger log = LoggerFactory.getLogger(ClientStream.class);

    private final HttpServletResponse response;
    private boolean started;

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

    /** @param event whole, so that the client can use it at once */
    void send(byte[] event) throws ClientLeft {
        try {
            var out = out();
            out.write(event);
            out.flush();
        } catch (IOException e) {
            throw new ClientLeft(e);
        }
    }

    void finish(byte[] lastEvent) {
        try {
            var out = out();
            out.write(lastEvent);
            out.flush();
        } catch (IOException e) {
            log.debug("the client left before the last event", e);
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
