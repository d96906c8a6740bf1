package com.gogogoapi.pricing.page;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.Route;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A form that asks the quote-service itself, and what it answered. */
final class EstimateForm {

    /** As much as fits an address, in which a form without scripts carries it. */
    static final int MAX_PROMPT_CHARS = 1_000;

    private static final BigDecimal MANY = BigDecimal.valueOf(1_000);

    private EstimateForm() {}

    static String html(List<Route> routes, Estimate estimate) {
        var options = new StringBuilder();
        for (var route : routes) {
            options.append("<option%s>%s</option>"
                    .formatted(route.model().equals(estimate.model()) ? " selected" : "", Html.escaped(route.model())));
        }
        return """
                <section id="estimate" aria-labelledby="estimate-title">
                <h2 id="estimate-title">Estimate a request</h2>
                <p>Counted and priced by the same calculation that quotes real requests. Nothing is sent to a model, kept or charged.</p>
                <form method="get" action="/pricing#estimate">
                <label for="model">Model</label>
                <select id="model" name="model">%s</select>
                <label for="prompt">Your prompt <span class="hint">(up to %d characters)</span></label>
                <textarea id="prompt" name="prompt" rows="4" maxlength="%d" required>%s</textarea>
                <label for="completion">Tokens you expect back <span class="hint">(empty: the model’s default limit)</span></label>
                <input id="completion" name="completion_tokens" type="number" inputmode="numeric" min="1" step="1" value="%s">
                <button type="submit">Estimate</button>
                </form>
                %s
                </section>
                """.formatted(
                        options,
                        MAX_PROMPT_CHARS,
                        MAX_PROMPT_CHARS,
                        Html.escaped(estimate.prompt()),
                        Html.escaped(estimate.completionTokens()),
                        result(estimate));
    }

    private static String result(Estimate estimate) {
        if (estimate.error() != null) {
            return "<p class=\"error\" role=\"alert\">" + Html.escaped(estimate.error()) + "</p>";
        }
        var quote = estimate.quote();
        return quote == null ? "" : quoted(quote);
    }

    private static String quoted(JsonNode quote) {
        var expected = Usd.parse(quote.path("expected_cost_usd").asString("0"));
        var most = Usd.parse(quote.path("max_cost_usd").asString("0"));
        var window = quote.path("price").path("window").asString("");
        return """
                <div class="result" role="status">
                <p><strong>$%s</strong> expected for %s; at most <strong>$%s</strong>.</p>
                <dl>
                <dt>Prompt</dt><dd>%d tokens</dd>
                <dt>Completion</dt><dd>%d tokens expected, at most %d</dd>
                <dt>A thousand such requests</dt><dd>$%s</dd>
                <dt>Price version</dt><dd>%s%s</dd>
                </dl>
                </div>
                """.formatted(
                        expected,
                        Html.escaped(quote.path("model").asString("")),
                        most,
                        quote.path("prompt_tokens").asLong(),
                        quote.path("expected_completion_tokens").asLong(),
                        quote.path("max_completion_tokens").asLong(),
                        new Usd(expected.amount().multiply(MANY)),
                        Html.escaped(quote.path("price").path("price_version").asString("")),
                        window.isEmpty() ? "" : " (" + Html.escaped(window) + ")");
    }
}
