package com.gogogoapi.usage.requests;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.requests.RequestRow.Charge;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as customers see it: in a list, by itself, and in the words of another gateway. */
final class RequestView {

    private RequestView() {}

    /** A line of a list. */
    static Map<String, @Nullable Object> line(RequestRow row) {
        var asked = row.asked();
        var by = asked.by();
        var end = row.end();
        var charge = row.charge();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", row.requestId());
        view.put("object", "request");
        view.put("status", end == null ? "held" : "ended");
        view.put("model", asked.model());
        view.put("price_version", asked.priceVersion());
        view.put("key_id", by == null ? null : Parameters.keyId(by.keyId()));
        view.put("member_id", by == null ? null : by.memberId());
        view.put("tags", by == null ? List.of() : by.tags());
        view.put("quote_id", asked.quoteId());
        view.put("rule", row.rule());
        view.put("started_at", row.held().at());
        view.put("ended_at", charge != null ? charge.at() : end == null ? null : end.at());
        view.putAll(tokens(charge));
        view.put("held_usd", row.held().amount());
        view.put("charged_usd", charge == null ? end == null ? null : Usd.ZERO : charge.charged());
        view.put("refunded_usd", end == null ? null : end.refunded());
        view.put("written_off_usd", charge == null ? end == null ? null : Usd.ZERO : charge.writtenOff());
        view.put("late", charge != null && charge.late());
        view.put("shard", row.shard());
        view.put("held_sequence", row.held().sequence());
        view.put("ended_sequence", end == null ? null : end.sequence());
        view.put("charged_sequence", charge == null ? null : charge.sequence());
        return view;
    }

    private static Map<String, @Nullable Object> tokens(@Nullable Charge charge) {
        var tokens = new LinkedHashMap<String, @Nullable Object>();
        var usage = charge == null ? null : charge.usage();
        tokens.put("prompt_tokens", usage == null ? null : usage.promptTokens());
        tokens.put("cached_prompt_tokens", usage == null ? null : usage.cachedPromptTokens());
        tokens.put("completion_tokens", usage == null ? null : usage.completionTokens());
        tokens.put("reasoning_tokens", charge == null ? null : charge.reasoningTokens());
        tokens.put("usage_estimated", charge == null ? null : charge.estimated());
        return tokens;
    }

    /** All that is known of one: quote, hold, end at the upstream, usage, charge and refund. */
    static Map<String, @Nullable Object> whole(RequestRow row) {
        var asked = row.asked();
        var held = row.held();
        var end = row.end();
        var charge = row.charge();
        var view = line(row);
        view.put(
                "quote",
                fields(
                        "quote_id", asked.quoteId(),
                        "attempt_id", asked.attemptId(),
                        "prompt_tokens", asked.promptTokens(),
                        "max_completion_tokens", asked.maxCompletionTokens(),
                        "expected_usd", asked.expected(),
                        "price_version", asked.priceVersion(),
                        "input_usd_per_million", asked.prices().input(),
                        "cached_input_usd_per_million", asked.prices().cachedInput(),
                        "output_usd_per_million", asked.prices().output()));
        view.put("hold", step(held.at(), held.sequence(), "amount_usd", held.amount(), "expires_at", held.expiresAt()));
        view.put(
                "upstream",
                end == null ? null : step(end.at(), end.sequence(), "rule", end.rule(), "late_rule", lateRule(charge)));
        view.put("usage", charge == null ? null : tokens(charge));
        view.put(
                "charge",
                charge == null
                        ? null
                        : step(
                                charge.at(),
                                charge.sequence(),
                                "amount_usd",
                                charge.charged(),
                                "written_off_usd",
                                charge.writtenOff(),
                                "above_hold_usd",
                                charge.aboveHold(),
                                "late",
                                charge.late()));
        view.put("refund", end == null ? null : step(end.at(), end.sequence(), "amount_usd", end.refunded()));
        view.put("receipt", end == null ? null : "/api/v1/requests/" + row.requestId() + "/receipt");
        return view;
    }

    private static @Nullable Object lateRule(@Nullable Charge charge) {
        return charge != null && charge.late() ? charge.rule() : null;
    }

    private static Map<String, @Nullable Object> step(Instant at, long sequence, @Nullable Object... more) {
        var step = new LinkedHashMap<String, @Nullable Object>();
        step.put("at", at);
        step.put("sequence", sequence);
        step.putAll(fields(more));
        return step;
    }

    private static Map<String, @Nullable Object> fields(@Nullable Object... more) {
        var step = new LinkedHashMap<String, @Nullable Object>();
        for (var i = 0; i < more.length; i += 2) {
            step.put(String.valueOf(more[i]), more[i + 1]);
        }
        return step;
    }
}
