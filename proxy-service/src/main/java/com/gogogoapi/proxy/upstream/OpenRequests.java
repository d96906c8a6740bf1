package com.gogogoapi.proxy.upstream;

import com.gogogoapi.proxy.outcome.Ending;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is open at the upstream, so that all of it can be cut off. */
final class OpenRequests {

    private final Set<Cancellation> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cutOff;

    /** Remembers a request; it is cut off at once if everything is being cut off. */
    void add(Cancellation request) {
        open.add(request);
        if (cutOff) {
            request.cancel(Ending.INTERRUPTED);
        }
    }

    /** It is over. */
    void remove(Cancellation request) {
        open.remove(request);
    }

    void cutOff() {
        cutOff = true;
        open.forEach(request -> request.cancel(Ending.INTERRUPTED));
    }
}
