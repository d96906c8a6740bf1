package com.gogogoapi.auditor.verify;

import com.gogogoapi.contracts.pricing.TokenPrices;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a late charge has in common with the hold that expired before it. */
record LateTerms(String accountId, String model, String priceVersion, TokenPrices prices) {

    /** All of it; each part with its length before it, since a forger may call a model or a version anything. */
    String text() {
        return Stream.of(accountId, model, priceVersion, prices.input(), prices.cachedInput(), prices.output())
                .map(Object::toString)
                .map(part -> part.length() + ":" + part)
                .collect(Collectors.joining());
    }
}
