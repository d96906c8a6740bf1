package com.gogogoapi.usage.requests;

import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.money.Usd;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as OpenRouter's clients ask for it: its fields, null where nobody here knows; amounts as numbers and as text. */
final class GenerationView {

    private GenerationView() {}

    static Map<String, @Nullable Object> of(RequestRow row) {
        var charge = row.charge();
        var usage = charge == null ? null : charge.usage();
        var end = row.end();
        var cost = charge == null ? Usd.ZERO : charge.charged();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", row.requestId());
        view.put("upstream_id", null);
        view.put("total_cost", cost.amount());
        view.put("total_cost_usd", cost);
        view.put("usage", cost.amount());
        view.put("cache_discount", usage == null ? null : cacheDiscount(row).amount());
        view.put("upstream_inference_cost", null);
        view.put("is_byok", false);
        view.put("created_at", row.held().at());
        view.put("model", row.asked().model());
        view.put("provider_name", null);
        view.put("app_id", null);
        view.put("api_type", "completions");
        view.put("router", null);
        view.put("origin", "");
        view.put("external_user", null);
        view.put("streamed", null);
        view.put("cancelled", isCancelled(row.rule()));
        view.put("finish_reason", null);
        view.put("native_finish_reason", null);
        view.put("latency", null);
        view.put("moderation_latency", null);
        view.put(
                "generation_time",
                end == null ? null : Duration.between(row.held().at(), end.at()).toMillis());
        view.put("tokens_prompt", usage == null ? null : usage.promptTokens());
        view.put("tokens_completion", usage == null ? null : usage.completionTokens());
        view.put("native_tokens_prompt", usage == null ? null : usage.promptTokens());
        view.put("native_tokens_completion", usage == null ? null : usage.completionTokens());
        view.put("native_tokens_reasoning", charge == null ? null : charge.reasoningTokens());
        view.put("native_tokens_cached", usage == null ? null : usage.cachedPromptTokens());
        view.put("native_tokens_completion_images", null);
        view.put("num_media_prompt", null);
        view.put("num_media_completion", null);
        view.put("num_input_audio_prompt", null);
        view.put("num_search_results", null);
        return view;
    }

    /** What the cached tokens would have cost more without the cache. */
    private static Usd cacheDiscount(RequestRow row) {
        var charge = row.charge();
        if (charge == null) {
            return Usd.ZERO;
        }
        var usage = charge.usage();
        var prices = row.asked().prices();
        return prices.uncachedCostOf(usage.promptTokens(), usage.completionTokens())
                .minus(prices.costOf(usage));
    }

    private static boolean isCancelled(@Nullable Outcome rule) {
        return rule == Outcome.CLIENT_LEFT || rule == Outcome.CLIENT_LEFT_AGAIN || rule == Outcome.CLIENT_LEFT_EARLY;
    }
}
