package com.gogogoapi.quote.quoting;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.quote.learning.Experience;
import com.gogogoapi.quote.quoting.Quote.ExpectedFrom;
import java.util.OptionalLong;

/** How long a completion will be, and how long it may be: as the caller says, else as was learned, else as published. */
final class CompletionLimits {

    /** No learned limit is lower, however short the completions were: being cut off costs more than a hold. */
    static final long LEAST_LEARNED_LIMIT = 4_096;

    /** A learned limit leaves room for twice of what nearly all completions needed. */
    private static final long ROOM = 2;

    private final Experience experience;

    CompletionLimits(Experience experience) {
        this.experience = experience;
    }

    /** A number of completion tokens, and who expects it. */
    record Length(long tokens, ExpectedFrom from) {}

    /** @throws ApiError 400 if the caller expects more than the limit */
    Length length(AccountId account, String model, OptionalLong saidByCaller, long limit) {
        if (saidByCaller.isPresent()) {
            var expected = saidByCaller.getAsLong();
            if (expected > limit) {
                throw ApiError.invalidRequest(
                        RequestFields.EXPECTED_COMPLETION_TOKENS,
                        RequestFields.EXPECTED_COMPLETION_TOKENS + " (" + expected
                                + ") must be at most the completion limit (" + limit + ").");
            }
            return new Length(expected, ExpectedFrom.REQUEST);
        }
        return experience
                .expectedCompletion(account, model)
                .map(learned -> new Length(
                        Math.min(learned.tokens(), limit),
                        switch (learned.from()) {
                            case ACCOUNT -> ExpectedFrom.ACCOUNT;
                            case ROUTE -> ExpectedFrom.ROUTE;
                        }))
                .orElse(new Length(limit, ExpectedFrom.LIMIT));
    }

    long promptBound(String model, long bound) {
        return experience.promptBound(model, bound);
    }

    /**
     * The limit asked for, else a learned one, else the route's; never more than the route allows or the context has room
     * for.
     */
    long enforcedLimit(
            AccountId account,
            RoutePricePublished route,
            RequestProtocol protocol,
            long promptTokens,
            OptionalLong asked) {
        var limits = route.limits();
        var room = limits.contextTokens() - promptTokens;
        if (room < 1) {
            throw ApiError.refused(
                    400,
                    "context_length_exceeded",
                    protocol.promptField(),
                    "This model's maximum context length is " + limits.contextTokens()
                            + " tokens, and the prompt must leave room in it; it has up to " + promptTokens
                            + " tokens.");
        }
        if (asked.isPresent() && asked.getAsLong() > limits.maxCompletionTokens()) {
            throw ApiError.invalidRequest(
                    protocol.limitField(),
                    protocol.limitField() + " must be at most " + limits.maxCompletionTokens() + " with this model.");
        }
        return Math.min(
                asked.orElseGet(() -> defaultLimit(account, route.model(), limits.defaultMaxCompletionTokens())), room);
    }

    /** Learned between the least and the published one, which is the most that is held unasked. */
    private long defaultLimit(AccountId account, String model, long published) {
        return experience
                .longestLikelyCompletion(account, model)
                .map(learned ->
                        Math.clamp(learned.tokens() * ROOM, Math.min(LEAST_LEARNED_LIMIT, published), published))
                .orElse(published);
    }
}
