package com.gogogoapi.proxy.upstream;

import com.gogogoapi.proxy.outcome.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer with status 200 on its way. Closing it tells the upstream to stop, and gives the place in its bulkhead back.
 */
public final class UpstreamAnswer implements AutoCloseable {

    private final InputStream body;
    private final StreamWatch watch;
    private final Consumer<Boolean> ended;
    private volatile boolean well;
    private volatile @Nullable Ending cutOff;
    private boolean closed;

    UpstreamAnswer(InputStream body, StreamWatch watch, Consumer<Boolean> ended) {
        this.body = body;
        this.watch = watch;
        this.ended = ended;
    }

    public InputStream body() {
        return body;
    }

    /** Something came that is content. */
    public void progressed() {
        watch.progressed();
    }

    /** Something came that is none: it still waits for its turn there, for which there is a limit of its own. */
    public void isAlive() {
        watch.isAlive();
    }

    /** From here on it is the client that is waited for. */
    public void pauseWatch() {
        watch.pause();
    }

    public void resumeWatch() {
        watch.resume();
    }

    /** Its reader fails, and is told this ending. */
    void cutOff(Ending why) {
        cutOff = why;
        // Not the upstream's fault.
        well = true;
        closeBody();
    }

    /**
     * How reading ended, where the upstream did not bring its answer to its end: it failed, or it took too long, or it was
     * not let.
     */
    public Ending brokenOff() {
        var why = cutOff;
        if (why != null) {
            return why;
        }
        return watch.expired() ? Ending.TIMED_OUT : Ending.UPSTREAM_FAILED;
    }

    /** The upstream did its part, whatever else happens. */
    public void servedWell() {
        well = true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        watch.close();
        closeBody();
        ended.accept(well);
    }

    private void closeBody() {
        try {
            body.close();
        } catch (IOException e) {
            // The connection is given up either way.
            org.slf4j.LoggerFactory.getLogger(UpstreamAnswer.class).debug("closing an upstream answer", e);
        }
    }
}
