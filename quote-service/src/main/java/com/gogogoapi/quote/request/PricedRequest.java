package com.gogogoapi.quote.request;

import com.gogogoapi.contracts.ledger.intake.OnInsufficientCredit;
import com.gogogoapi.contracts.quote.RequestProtocol;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A request, checked as far as its price depends on it.
 *
 * @param protocol in which it comes
 * @param model as the caller calls it, until {@link #of} has the route's own name put in its place
 * @param body the whole of it
 * @param prompt what of it is counted: {@code messages}, {@code tools} and the like in chat's words, or {@code prompt} and
 *     {@code suffix}
 * @param firstImage where the first of its images is, if it has any: only a route with vision takes them
 * @param expectedCompletionTokens what the caller expects, if it said
 * @param completionLimit the smallest limit the caller set, if it set one
 * @param quoteId the quote that it executes, if it names one
 */
public record PricedRequest(
        RequestProtocol protocol,
        String model,
        JsonNode body,
        JsonNode prompt,
        Optional<String> firstImage,
        OptionalLong expectedCompletionTokens,
        OptionalLong completionLimit,
        OnInsufficientCredit onInsufficientCredit,
        Optional<String> quoteId) {

    /** The same, asking for the route by its own name: whichever name the caller used, it is the same request. */
    public PricedRequest of(String route) {
        if (route.equals(model)) {
            return this;
        }
        var renamed = JsonNodeFactory.instance.objectNode();
        body.properties().forEach(property -> renamed.set(property.getKey(), property.getValue()));
        renamed.put("model", route);
        return new PricedRequest(
                protocol,
                route,
                renamed,
                prompt,
                firstImage,
                expectedCompletionTokens,
                completionLimit,
                onInsufficientCredit,
                quoteId);
    }

    /** The same with another wish for when the credit does not suffice. */
    PricedRequest onInsufficientCredit(OnInsufficientCredit wish) {
        return new PricedRequest(
                protocol, model, body, prompt, firstImage, expectedCompletionTokens, completionLimit, wish, quoteId);
    }
}
