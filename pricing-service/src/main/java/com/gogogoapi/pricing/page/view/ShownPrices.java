package com.gogogoapi.pricing.page.view;

import com.gogogoapi.contracts.pricing.TokenPrices;

/** Prices per million tokens as people read them: {@code $0.14}. */
public record ShownPrices(String input, String cachedInput, String output) {

    static ShownPrices of(TokenPrices prices) {
        return new ShownPrices("$" + prices.input(), "$" + prices.cachedInput(), "$" + prices.output());
    }

    public String inWords() {
        return input + " input, " + cachedInput + " cached input, " + output + " output";
    }
}
