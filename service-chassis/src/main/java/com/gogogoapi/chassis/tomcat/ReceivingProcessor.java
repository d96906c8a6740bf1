package com.gogogoapi.chassis.tomcat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request that arrives too slowly: the server itself only limits how long it waits for the next byte, which one byte
 * now and then satisfies for ever.
 *
 * <pre>
 * first byte ──head──▶ service ──body──▶ answered ──what nobody has read of the body──▶ next request
 *      └────── closed ──────┘ └─ 408 ──┘          └────────────── closed ────────────┘
 * </pre>
 *
 * <p>It is looked at whenever something arrives; for silence there is the server's own limit.
 */
final class ReceivingProcessor extends Http11Processor {

    /** What of a refused request's body is waited for at most, so that its client gets to read why. */
    private static final long MAX_DISCARDED_BYTES = 64L * 1024 * 1024;

    private final Duration atMost;
    private @Nullable SocketWrapperBase<?> receiving;
    private long sinceNanos;

    ReceivingProcessor(Http11NioProtocol protocol, Adapter service, Duration atMost) {
        this(protocol, new Discarding(service), atMost);
    }

    private ReceivingProcessor(Http11NioProtocol protocol, Discarding discarding, Duration atMost) {
        super(protocol, discarding);
        this.atMost = atMost;
        discarding.processor = this;
        request.setInputBuffer(new InTime(request.getInputBuffer()));
    }

    @Override
    public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        if (!connection.equals(receiving)) {
            receiving = connection;
            sinceNanos = System.nanoTime();
        } else if (isTooLate()) {
            return SocketState.CLOSED;
        }
        var state = super.service(connection);
        if (state != SocketState.LONG || isAsync()) {
            receiving = null;
        }
        return state;
    }

    private boolean isTooLate() {
        return System.nanoTime() - sinceNanos > atMost.toNanos();
    }

    private final class InTime implements InputBuffer {

        private final InputBuffer input;

        InTime(InputBuffer input) {
            this.input = input;
        }

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            if (isTooLate()) {
                throw new SocketTimeoutException("The request must be received within " + atMost + ".");
            }
            return input.doRead(handler);
        }

        @Override
        public int available() {
            return input.available();
        }
    }

    /** After its answer a request's body is read to its end, in time; the server would do it for as long as it takes. */
    private void discardRest(Response response) {
        try {
            var discarded = 0L;
            var piece = new Piece();
            while (discarded < MAX_DISCARDED_BYTES) {
                var read = request.doRead(piece);
                if (read < 0) {
                    return;
                }
                discarded += read;
            }
        } catch (IOException e) {
            getLog().debug("what was left of a body did not come", e);
        }
        response.action(ActionCode.CLOSE_NOW, null);
    }

    /**
     * Behind a body that was read whole there is the next request, or the end. Of the connection one byte is looked at, if
     * there is one, and put back: the server's own buffer of this request is left alone.
     */
    private boolean isClosedByClient() {
        var connection = receiving;
        if (connection == null || !isRequestBodyFullyRead()) {
            return false;
        }
        try {
            var next = ByteBuffer.allocate(1);
            var read = connection.read(false, next);
            if (read > 0) {
                connection.unRead(next.flip());
            }
            return read < 0;
        } catch (IOException e) {
            getLog().debug("a connection broke", e);
            return true;
        }
    }

    private boolean isUnread() {
        return !isAsync() && getErrorState().isIoAllowed() && !request.hasExpectation() && !isRequestBodyFullyRead();
    }

    private static final class Piece implements ApplicationBufferHandler {

        private ByteBuffer bytes = EMPTY_BUFFER;

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // Whatever the size, it is thrown away.
        }
    }

    /** The service, and after it what is left of the body. */
    private static final class Discarding implements Adapter {

        private final Adapter service;
        private @Nullable ReceivingProcessor processor;

        Discarding(Adapter service) {
            this.service = service;
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            if (processor != null) {
                ClientConnection connection = processor::isClosedByClient;
                request.setAttribute(ClientConnection.ATTRIBUTE, connection);
            }
            service.service(request, response);
            if (processor != null) {
                if (processor.isUnread()) {
                    processor.discardRest(response);
                }
                // What comes next on this connection is another request.
                processor.sinceNanos = System.nanoTime();
            }
        }

        @Override
        public boolean prepare(Request request, Response response) throws Exception {
            return service.prepare(request, response);
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
            return service.asyncDispatch(request, response, status);
        }

        @Override
        public void log(Request request, Response response, long time) {
            service.log(request, response, time);
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            service.checkRecycled(request, response);
        }

        @Override
        public String getDomain() {
            return service.getDomain();
        }
    }
}
