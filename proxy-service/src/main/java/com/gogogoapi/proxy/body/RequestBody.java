package com.gogogoapi.proxy.body;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A body in memory, until it is let go. */
public final class RequestBody {

    /** Read by the threads that send it, too. */
    private volatile byte @Nullable [] bytes;

    private final Runnable released;

    RequestBody(byte[] bytes, Runnable released) {
        this.bytes = bytes;
        this.released = released;
    }

    /** One that nobody waits to have room from. */
    public static RequestBody of(byte[] bytes) {
        return new RequestBody(bytes, () -> {});
    }

    /** @throws NullPointerException once it has been let go */
    public byte[] bytes() {
        return Objects.requireNonNull(bytes, "A body that was let go must not be read.");
    }

    /** It has been sent and is not needed any more, though its answer may take minutes; again changes nothing. */
    public void release() {
        if (bytes != null) {
            bytes = null;
            released.run();
        }
    }
}
