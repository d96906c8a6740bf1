package com.gogogoapi.contracts.pricing;

/**
 * The tokens of one request, by the class they are charged in.
 *
 * @param promptTokens all tokens of the prompt, cached or not
 * @param cachedPromptTokens how many of the prompt's tokens the upstream served from its cache, at most {@code
 *     promptTokens}
 * @param completionTokens generated tokens, reasoning tokens included
 */
public record TokenUsage(long promptTokens, long cachedPromptTokens, long completionTokens) {

    /** The most tokens of one class that one request can have: beyond any context window, a guard against nonsense. */
    public static final long MAX_TOKENS = 1_000_000_000L;

    /** @throws IllegalArgumentException if a count is negative, beyond {@link #MAX_TOKENS}, or more is cached than sent */
    public TokenUsage {
        requireCount("promptTokens", promptTokens);
        requireCount("cachedPromptTokens", cachedPromptTokens);
        requireCount("completionTokens", completionTokens);
        if (cachedPromptTokens > promptTokens) {
            throw new IllegalArgumentException("No more prompt tokens can be cached than were sent.");
        }
    }

    static void requireCount(String name, long tokens) {
        if (tokens < 0 || tokens > MAX_TOKENS) {
            throw new IllegalArgumentException(name + " must be from 0 to " + MAX_TOKENS + ".");
        }
    }
}
