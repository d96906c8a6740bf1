package com.gogogoapi.quote.quoting;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.OnInsufficientCredit;
import com.gogogoapi.contracts.pricing.Offer;
import com.gogogoapi.contracts.pricing.PriceAt;
import com.gogogoapi.quote.pricebook.PriceBook;
import com.gogogoapi.quote.prompt.PromptCounter;
import com.gogogoapi.quote.quoting.CompletionLimits.Length;
import com.gogogoapi.quote.quoting.Quote.ExpectedFrom;
import com.gogogoapi.quote.request.PricedRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes quotes: counts the prompt, finds the price, and says what it will probably cost and what it can cost at most. */
final class Quoting {

    private final PriceBook book;
    private final QuoteSigner signer;
    private final PromptCounter counter;
    private final CompletionLimits expectations;
    private final QuoteProperties properties;
    private final Clock clock;

    Quoting(
            PriceBook book,
            QuoteSigner signer,
            CompletionLimits expectations,
            QuoteProperties properties,
            Clock clock) {
        this.book = book;
        this.signer = signer;
        this.counter = PromptCounter.deepSeek();
        this.expectations = expectations;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A quote with all that executing it needs.
     *
     * @param answer what the client reads
     */
    record Made(Quote answer, QuoteClaims claims, OnInsufficientCredit onInsufficientCredit) {}

    /** A quote to look at: without a limit of its own, what it expects is its limit. */
    Made quote(AccountId account, PricedRequest asked) {
        var request = withRoute(asked);
        var limit =
                request.completionLimit().isPresent() ? request.completionLimit() : request.expectedCompletionTokens();
        return make(account, request, limit, null);
    }

    /** The request as it is priced, quoted and charged: by the name of the route itself. */
    PricedRequest withRoute(PricedRequest request) {
        return request.of(routeOf(request.model()));
    }

    /** The route's own name, whichever of its names that is. */
    String routeOf(String name) {
        return book.routeOf(name);
    }

    /** A quote that is executed as it is made: without a limit of its own, a learned one or its route's is enforced. */
    Made quoteToExecute(AccountId account, PricedRequest request, UUID requestId) {
        return make(account, request, request.completionLimit(), requestId);
    }

    /** The tokens of a prompt for a route that is sold. */
    long promptTokens(PricedRequest request) {
        requireVision(request, book.sold(withRoute(request).model(), clock.instant()));
        return counter.promptTokens(request.prompt());
    }

    private Made make(AccountId account, PricedRequest request, OptionalLong limit, @Nullable UUID requestId) {
        // Whatever happens to the price while a long prompt is counted, one instant decides.
        var now = clock.instant();
        var sold = book.sold(request.model(), now);
        requireVision(request, sold);
        var price = sold.price();
        var counted = counter.count(request.prompt());
        var bound = expectations.promptBound(request.model(), counted.bound());
        var max = expectations.enforcedLimit(account, sold.version(), request.protocol(), bound, limit);
        var expected = expectations.length(account, request.model(), request.expectedCompletionTokens(), max);
        var claims = new QuoteClaims(
                // What is executed at once is named after itself, so that its quote, should it come back, is used up.
                requestId == null ? TimeOrderedIds.next() : requestId,
                account,
                request.protocol().wireName(),
                sold.version().model(),
                price.version(),
                price.window(),
                price.prices(),
                counted.tokens(),
                bound,
                expected.tokens(),
                max,
                PricedBody.sha256(request.body()),
                now.plus(properties.validity()).truncatedTo(ChronoUnit.SECONDS));
        var alternative = requestId == null ? cheapestBeside(account, request, claims, now) : null;
        return new Made(
                answer(
                        request,
                        signer.sign(claims),
                        claims,
                        Quote.Price.of(price),
                        expected.from(),
                        alternative,
                        requestId),
                claims,
                request.onInsufficientCredit());
    }

    private static void requireVision(PricedRequest request, Offer.Sold route) {
        var image = request.firstImage();
        if (image.isPresent() && !route.version().limits().hasVision()) {
            throw ApiError.invalidRequest(
                    image.get(),
                    image.get() + " must be text, not an image: "
                            + route.version().model() + " has no vision.");
        }
    }

    /** The answer to one who executes a quote that was made before: as it was made, or with a lower limit of his own. */
    Made executed(String quoteId, QuoteClaims claims, PricedRequest request, UUID requestId) {
        var price = Quote.Price.of(claims.priceVersion(), claims.prices(), claims.window(), null);
        return new Made(
                answer(request, quoteId, claims, price, null, null, requestId), claims, request.onInsufficientCredit());
    }

    private static Quote answer(
            PricedRequest request,
            String quoteId,
            QuoteClaims claims,
            Quote.Price price,
            @Nullable ExpectedFrom expectedFrom,
            Quote.@Nullable Alternative alternative,
            @Nullable UUID requestId) {
        return new Quote(
                quoteId,
                "quote",
                request.protocol().wireName(),
                claims.model(),
                claims.promptTokens(),
                claims.maxPromptTokens(),
                claims.expectedCompletionTokens(),
                expectedFrom,
                claims.maxCompletionTokens(),
                claims.expectedUsd(),
                claims.mostUsd(),
                claims.mostUsd(),
                price,
                alternative,
                claims.expiresAt(),
                requestId);
    }

    /** The other route that will probably cost least, of those that can serve the request with the same limit. */
    private Quote.@Nullable Alternative cheapestBeside(
            AccountId account, PricedRequest request, QuoteClaims claims, Instant at) {
        return book.soldBeside(claims.model(), at).stream()
                .filter(other -> serves(other, request, claims))
                .map(other ->
                        alternative(account, request, claims, other.version().model(), other.price()))
                .min(Comparator.comparing(Quote.Alternative::expectedCostUsd)
                        .thenComparing(Quote.Alternative::maxCostUsd)
                        .thenComparing(Quote.Alternative::model))
                .orElse(null);
    }

    private static boolean serves(Offer.Sold route, PricedRequest request, QuoteClaims claims) {
        var limits = route.version().limits();
        return (request.firstImage().isEmpty() || limits.hasVision())
                && claims.maxCompletionTokens() <= limits.maxCompletionTokens()
                && claims.maxPromptTokens() + claims.maxCompletionTokens() <= limits.contextTokens();
    }

    private Quote.Alternative alternative(
            AccountId account, PricedRequest request, QuoteClaims claims, String model, PriceAt price) {
        var max = claims.maxCompletionTokens();
        var expected = Optional.of(expectations.length(account, model, request.expectedCompletionTokens(), max))
                .filter(length -> length.from() != ExpectedFrom.LIMIT)
                .map(Length::tokens)
                .orElse(claims.expectedCompletionTokens());
        return new Quote.Alternative(
                model,
                price.prices().uncachedCostOf(claims.promptTokens(), expected),
                price.prices().uncachedCostOf(claims.maxPromptTokens(), max),
                Quote.Price.of(price));
    }
}
