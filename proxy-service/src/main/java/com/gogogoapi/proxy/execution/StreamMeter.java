package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.pricing.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a streamed answer settling will need, in whichever protocol it comes: what was delivered, and the last usage stated
 * that says something. One thread tells it; another may ask, which notes how far the stream is.
 */
public final class StreamMeter {

    private final DeliveredText text = new DeliveredText();
    private volatile Optional<TokenUsage> usage = Optional.empty();
    private volatile @Nullable Long reasoningTokens;
    private volatile @Nullable String upstreamId;

    /** Where what was generated goes, piece by piece. */
    public DeliveredText text() {
        return text;
    }

    /** The upstream's own name for the answer; the first that it says. */
    public void named(@Nullable String id) {
        if (upstreamId == null) {
            upstreamId = id;
        }
    }

    /** The upstream states what it used. Explicit zeros are a usage, but replace none that was stated before. */
    public void stated(UpstreamUsage stated) {
        if (usage.isEmpty() || !stated.isAllZero()) {
            reasoningTokens = stated.reasoningTokens();
            usage = Optional.of(stated.tokens());
        }
    }

    /** What came so far. */
    public Served served() {
        return new Served(upstreamId, usage, reasoningTokens, text);
    }
}
