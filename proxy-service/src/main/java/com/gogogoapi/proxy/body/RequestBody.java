package com.gogogoapi.proxy.body;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A body in memory, until it is let go. */
public final class RequestBody {

    /** Read by the threads that send it, too. */
    private volatile byte @Nullable [] bytes;

    private final Runnable released;
    private volatile @Nullable RequestBody inItsPlace;

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

    /** What the upstream gets in place of it, to be let go with it. */
    public RequestBody replacedBy(byte[] other) {
        var replacement = RequestBody.of(other);
        inItsPlace = replacement;
        return replacement;
    }

    /** It has been sent and is not needed any more, though its answer may take minutes; again changes nothing. */
    public void release() {
        if (bytes != null) {
            bytes = null;
            if (inItsPlace != null) {
                inItsPlace.release();
            }
            released.run();
        }
    }
}
