package com.gogogoapi.contracts.quote;

/** A quote's id as it is presented to be executed: the signed text that its maker was given. */
public final class QuoteId {

    /** Several times what any of ours has. */
    public static final int MAX_CHARS = 4_096;

    /** What a refusal says of one that is none. */
    public static final String MUST_BE_OURS = "The quote must be one of ours, unaltered.";

    /** What a refusal says of two. */
    public static final String MUST_BE_ONE = "The body and the header must name the same quote.";

    private QuoteId() {}
}
