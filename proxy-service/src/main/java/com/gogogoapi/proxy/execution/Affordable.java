package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import tools.jackson.databind.JsonNode;

/** What would have fitted into what is left. */
final class Affordable {

    private Affordable() {}

    /** The completion limit with which the prompt of that quote would have been held; 0 if not even the prompt would. */
    static long tokens(Usd left, JsonNode quote) {
        var price = quote.path("price");
        var prompt = UsdPerMillion.parse(price.path("input_usd_per_million").asString(""))
                .costOf(quote.path("max_prompt_tokens").asLong());
        var rest = left.minus(prompt);
        return rest.isNegative()
                ? 0
                : UsdPerMillion.parse(price.path("output_usd_per_million").asString(""))
                        .tokensAffordableWith(
                                rest, quote.path("max_completion_tokens").asLong());
    }
}
