package com.gogogoapi.proxy.upstream;

import com.gogogoapi.proxy.outcome.Ending;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** By which a request is ended from outside: the upstream is stopped, and whoever waits for it is told this ending. */
public final class Cancellation {

    private @Nullable Ending ending;
    private @Nullable Consumer<Ending> cut;

    /** Ends it, if nothing has yet. */
    public synchronized void cancel(Ending why) {
        if (ending == null) {
            ending = why;
            if (cut != null) {
                cut.accept(why);
            }
        }
    }

    /** How it is cut off from here on; done at once if it was cancelled before. */
    synchronized void by(Consumer<Ending> how) {
        cut = how;
        if (ending != null) {
            how.accept(ending);
        }
    }

    synchronized Optional<Ending> ending() {
        return Optional.ofNullable(ending);
    }
}
