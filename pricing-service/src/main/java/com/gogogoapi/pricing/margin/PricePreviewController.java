package com.gogogoapi.pricing.margin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.bodies.StrictJson;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.ModelName;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.pricing.book.NewVersion.Kind;
import com.gogogoapi.pricing.book.PriceBook;
import com.gogogoapi.pricing.margin.PricePreview.Quarter;
import com.gogogoapi.pricing.routefile.VersionReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Tries a price before it is published, on what was used; changes nothing. */
@RestController
class PricePreviewController {

    /** A month of quarters, and the version. */
    private static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

    private static final int MAX_QUARTERS = 31 * 96 + 1;

    private final PriceBook book;
    private final Clock clock;

    PricePreviewController(PriceBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /**
     * The answer.
     *
     * @param validFrom when it would begin
     * @param cost what the upstream would charge, and with it both margins; absent where no cost is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Preview(
            String object,
            String model,
            @JsonProperty("valid_from") Instant validFrom,
            long requests,
            @JsonProperty("prompt_tokens") long promptTokens,
            @JsonProperty("cached_prompt_tokens") long cachedPromptTokens,
            @JsonProperty("completion_tokens") long completionTokens,
            @JsonProperty("charged_usd") Usd charged,
            @JsonProperty("proposed_usd") Usd proposed,
            @JsonProperty("cost_usd") @Nullable Usd cost,
            @JsonProperty("charged_margin_usd") @Nullable Usd chargedMargin,
            @JsonProperty("proposed_margin_usd") @Nullable Usd proposedMargin,
            List<MarginController.Loss> losses) {

        static Preview of(String model, Instant start, PricePreview preview) {
            var cost = preview.cost();
            return new Preview(
                    "price_preview",
                    model,
                    start,
                    preview.requests(),
                    preview.promptTokens(),
                    preview.cachedPromptTokens(),
                    preview.completionTokens(),
                    preview.charged(),
                    preview.proposed(),
                    cost,
                    cost == null ? null : preview.charged().minus(cost),
                    cost == null ? null : preview.proposed().minus(cost),
                    preview.losses().stream()
                            .limit(MarginController.MAX_SHOWN)
                            .map(MarginController.Loss::of)
                            .toList());
        }
    }

    /** {@code {"version","usage"}}: a version as it would be published, and what was used, quarter by quarter of an hour. */
    @PostMapping("/internal/routes/{model}/price-preview")
    Preview preview(
            @PathVariable String model,
            @RequestHeader(ServiceHeaders.OPERATOR) String operator,
            @RequestBody byte[] json) {
        if (!ModelName.isValid(model)) {
            throw ApiError.invalidRequest("model", "model must be " + ModelName.FORM + ".");
        }
        if (json.length > MAX_BODY_BYTES) {
            throw ApiError.bodyTooLarge(MAX_BODY_BYTES);
        }
        var body = StrictJson.read(json);
        var asked = VersionReader.read(Kind.PRICE, model, operator, body.path("version"));
        var used = BodyFields.of(body, "body", "version", "usage").list("usage", MAX_QUARTERS).stream()
                .map(PricePreviewController::quarter)
                .toList();
        var now = clock.instant();
        var start = asked.validFrom() == null || asked.validFrom().isBefore(now) ? now : asked.validFrom();
        return Preview.of(
                model, start, PricePreview.of(asked, start, book.route(model).costs(), used));
    }

    private static Quarter quarter(JsonNode line) {
        return new Quarter(
                Instant.parse(line.path("at").asString()),
                line.path("requests").asLong(),
                line.path("prompt_tokens").asLong(),
                line.path("cached_prompt_tokens").asLong(),
                line.path("completion_tokens").asLong(),
                Usd.parse(line.path("charged_usd").asString()));
    }
}
