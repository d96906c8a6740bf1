package com.gogogoapi.proxy.upstream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is open at the upstream, so that all of it can be cut off. */
final class OpenRequests {

    private final Map<Object, Runnable> cuts = new ConcurrentHashMap<>();
    private volatile boolean cutOff;

    /** Remembers how to cut something off; done at once if everything is being cut off. */
    void add(Object what, Runnable cut) {
        cuts.put(what, cut);
        if (cutOff) {
            cut.run();
        }
    }

    /** It is over. */
    void remove(Object what) {
        cuts.remove(what);
    }

    boolean isCutOff() {
        return cutOff;
    }

    void cutOff() {
        cutOff = true;
        cuts.values().forEach(Runnable::run);
    }
}
