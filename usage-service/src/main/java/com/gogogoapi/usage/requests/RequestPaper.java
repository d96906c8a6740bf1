package com.gogogoapi.usage.requests;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.papers.Paper;
import com.gogogoapi.usage.papers.Paper.Fact;
import com.gogogoapi.usage.requests.RequestRow.Charge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The receipt of what one request was charged, as people file it. */
final class RequestPaper {

    private RequestPaper() {}

    /** @param row of a request that has ended */
    static Paper of(RequestRow row, Paper.Parties parties) {
        var end = row.end();
        if (end == null) {
            throw new IllegalArgumentException("The request must have ended.");
        }
        var asked = row.asked();
        var charge = row.charge();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Request", row.requestId().toString()));
        facts.add(new Fact("Route", asked.model()));
        facts.add(new Fact("Price version", asked.priceVersion()));
        if (asked.by() != null) {
            facts.add(new Fact("Key", Parameters.keyId(asked.by().keyId())));
        }
        facts.add(new Fact("Began", row.held().at() + ", event " + row.held().sequence() + " of shard " + row.shard()));
        facts.add(new Fact("Ended", end.at() + ", event " + end.sequence()));
        facts.add(new Fact("Decided by the rule", String.valueOf(row.rule())));
        facts.add(new Fact("Held, USD", row.held().amount().toString()));
        facts.add(new Fact("Released, USD", end.refunded().toString()));
        var blocks = new ArrayList<Paper.Block>();
        blocks.add(parties);
        blocks.add(new Paper.Facts("Request", facts));
        if (charge != null) {
            blocks.add(usage(asked, charge));
        }
        var charged = charge == null ? Usd.ZERO : charge.charged();
        blocks.add(new Paper.Facts(
                "Charge",
                List.of(
                        new Fact(
                                "Written off, owed by nobody, USD",
                                writtenOff(charge).toString()),
                        new Fact("Charged, USD", charged.toString(), true))));
        blocks.add(
                new Paper.Text(
                        "It was paid from the account’s credit. The receipt that proves it, signed and with its place in a checkpoint:"));
        blocks.add(new Paper.Typed("GET /api/v1/requests/" + row.requestId() + "/receipt"));
        blocks.add(new Paper.Typed("./gogogo audit receipt verify receipt.json --key key.pem"));
        return new Paper("Receipt for a request", charge == null ? end.at() : charge.at(), blocks);
    }

    private static Usd writtenOff(@Nullable Charge charge) {
        return charge == null ? Usd.ZERO : charge.writtenOff();
    }

    /** Tokens times price, each to the last digit. */
    private static Paper.Table usage(RequestRow.Asked asked, Charge charge) {
        var usage = charge.usage();
        var prices = asked.prices();
        var uncached = usage.promptTokens() - usage.cachedPromptTokens();
        return new Paper.Table(
                charge.estimated() ? "Usage, estimated, since the upstream did not state it" : "Usage",
                List.of(
                        Paper.Column.text("What"),
                        Paper.Column.number("Tokens"),
                        Paper.Column.number("USD a million"),
                        Paper.Column.number("USD")),
                List.of(
                        line("Prompt", uncached, prices.input().toString(), prices.uncachedCostOf(uncached, 0)),
                        line(
                                "Prompt, cached",
                                usage.cachedPromptTokens(),
                                prices.cachedInput().toString(),
                                prices.costOf(
                                        new TokenUsage(usage.cachedPromptTokens(), usage.cachedPromptTokens(), 0))),
                        line(
                                "Completion",
                                usage.completionTokens(),
                                prices.output().toString(),
                                prices.uncachedCostOf(0, usage.completionTokens()))),
                List.of("Cost", "", "", prices.costOf(usage).toString()));
    }

    private static List<String> line(String what, long tokens, String price, Usd cost) {
        return List.of(what, Long.toString(tokens), price, cost.toString());
    }
}
