package com.gogogoapi.quote.quoting;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.route.PriceAt;
import com.gogogoapi.contracts.route.RouteLimits;
import com.gogogoapi.quote.pricebook.PriceBook;
import com.gogogoapi.quote.prompt.PromptCounter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.UUID;

/** Makes quotes. */
final class Quoting {

    private final PriceBook book;
    private final QuoteSigner signer;
    private final CountingRoom room;
    private final PromptCounter counter;
    private final QuoteProperties properties;
    private final Clock clock;

    Quoting(PriceBook book, QuoteSigner signer, CountingRoom room, QuoteProperties properties, Clock clock) {
        this.book = book;
        this.signer = signer;
        this.room = room;
        this.counter = PromptCounter.deepSeek();
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A quote with all that executing it needs.
     *
     * @param answer what the client reads
     */
    record Made(Quote answer, QuoteClaims claims) {}

    /** A quote to look at: without a limit of its own, what it expects is its limit. */
    Made quote(AccountId account, byte[] body) {
        return room.count(body.length, () -> {
            var request = ChatRequests.read(body);
            var limit = request.completionLimit().isPresent()
                    ? request.completionLimit()
                    : request.expectedCompletionTokens();
            return make(account, body, request, limit, null);
        });
    }

    /** A quote to be executed: without a limit of its own, its route's default is enforced. */
    Made quoteToExecute(AccountId account, byte[] body, UUID requestId) {
        return room.count(body.length, () -> {
            var request = ChatRequests.read(body);
            return make(account, body, request, request.completionLimit(), requestId);
        });
    }

    private Made make(
            AccountId account,
            byte[] body,
            ChatRequest request,
            OptionalLong limit,
            @org.jspecify.annotations.Nullable UUID requestId) {
        var now = clock.instant();
        var sold = book.sold(request.model(), now);
        var route = sold.version();
        var promptTokens = counter.promptTokens(request.body());
        var max = enforcedLimit(route.limits(), promptTokens, limit);
        var expected = request.expectedCompletionTokens().orElse(max);
        if (expected > max) {
            throw ApiError.invalidRequest(
                    "expectedCompletionTokens",
                    "expectedCompletionTokens (" + expected + ") is above the completion limit (" + max + ").");
        }
        var expiresAt = now.plus(properties.validity()).truncatedTo(ChronoUnit.SECONDS);
        var claims = new QuoteClaims(
                TimeOrderedIds.next(),
                account,
                route.model(),
                route.priceVersion(),
                sold.price().prices(),
                promptTokens,
                max,
                QuoteSigner.sha256(body),
                expiresAt);
        return new Made(answer(sold.price(), claims, expected, expiresAt, requestId), claims);
    }

    private Quote answer(
            PriceAt price,
            QuoteClaims claims,
            long expected,
            Instant expiresAt,
            @org.jspecify.annotations.Nullable UUID requestId) {
        var prices = price.prices();
        var most = prices.uncachedCostOf(claims.promptTokens(), claims.maxCompletionTokens());
        return new Quote(
                signer.sign(claims),
                "quote",
                claims.model(),
                claims.promptTokens(),
                expected,
                claims.maxCompletionTokens(),
                prices.uncachedCostOf(claims.promptTokens(), expected),
                most,
                most,
                new Quote.Price(
                        price.version(),
                        prices.input(),
                        prices.cachedInput(),
                        prices.output(),
                        price.window(),
                        price.validUntil()),
                expiresAt,
                requestId);
    }

    /** The limit asked for, or the route's default; never more than the route allows or the context has room for. */
    private static long enforcedLimit(RouteLimits limits, long promptTokens, OptionalLong asked) {
        var room = limits.contextTokens() - promptTokens;
        if (room < 1) {
            throw ApiError.invalidRequest(
                    "messages",
                    "The prompt has up to " + promptTokens + " tokens; the context of this model has "
                            + limits.contextTokens() + ".");
        }
        if (asked.isPresent() && asked.getAsLong() > limits.maxCompletionTokens()) {
            throw ApiError.invalidRequest(
                    "max_tokens", "This model completes at most " + limits.maxCompletionTokens() + " tokens.");
        }
        return Math.min(asked.orElse(limits.defaultMaxCompletionTokens()), room);
    }
}
