package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.tomcat.ClientConnection;
import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.proxy.outcome.Ending;
import com.gogogoapi.proxy.upstream.Cancellation;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Notices clients that go while nothing is written to them: an upstream that is silent, or an answer in one piece, would
 * otherwise be paid for and read by nobody. Each connection is looked at twice a second, without waiting for anything.
 */
@Component
class ClientWatch implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ClientWatch.class);

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final Turns turns = Turns.atRate("client-watch", EVERY, () -> all.forEach(Watched::look));

    /** Ends the request should its client go, until this is closed. */
    Watched begin(ClientConnection connection, Cancellation cancellation) {
        var watched = new Watched(connection, cancellation);
        all.add(watched);
        return watched;
    }

    /** One client, until its request is answered: after that its connection is another request's. */
    final class Watched implements AutoCloseable {

        private final ClientConnection connection;
        private final Cancellation cancellation;
        private boolean over;
        private boolean gone;

        private Watched(ClientConnection connection, Cancellation cancellation) {
            this.connection = connection;
            this.cancellation = cancellation;
        }

        private synchronized void look() {
            try {
                if (!over && connection.isClosedByClient()) {
                    gone = true;
                    close();
                    cancellation.cancel(Ending.CLIENT_LEFT);
                }
            } catch (RuntimeException e) {
                // Whatever is wrong with one must not end the watch over all.
                log.warn("a client's connection cannot be looked at", e);
                close();
            }
        }

        /** Whether the client is gone by now. */
        synchronized boolean isGone() {
            look();
            return gone;
        }

        @Override
        public synchronized void close() {
            over = true;
            all.remove(this);
        }
    }

    @Override
    public void destroy() {
        turns.stop(all::clear, STOP_WITHIN);
    }
}
