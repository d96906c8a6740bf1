package com.gogogoapi.pricing.wording;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;

/** Unit prices under the names that our answers give them. */
public record StatedPrices(
        @JsonProperty("input_usd_per_million") UsdPerMillion input,
        @JsonProperty("cached_input_usd_per_million") UsdPerMillion cachedInput,
        @JsonProperty("output_usd_per_million") UsdPerMillion output) {

    public static StatedPrices of(TokenPrices prices) {
        return new StatedPrices(prices.input(), prices.cachedInput(), prices.output());
    }
}
