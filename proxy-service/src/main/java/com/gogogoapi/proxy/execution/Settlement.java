package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.decisions.Ledger;
import com.gogogoapi.proxy.outcome.Ending;
import com.gogogoapi.proxy.outcome.OutcomeRule;
import com.gogogoapi.proxy.outcome.OutcomeRule.Delivered;
import com.gogogoapi.proxy.outcome.OutcomeRule.StatedUsage;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Ends a hold, whichever way the request ended: {@link OutcomeRule} says by which outcome and with what charge. */
@Component
class Settlement {

    /** How long an answer is held back so that the client finds its charge in the books. */
    private static final Duration SETTLEMENT_WAIT = Duration.ofSeconds(3);

    private final Ledger ledger;
    private final DeliveredTokens deliveredTokens;
    private final EarlyLeavings earlyLeavings;
    private final MeterRegistry meters;
    private final Clock clock;

    Settlement(
            Ledger ledger,
            DeliveredTokens deliveredTokens,
            EarlyLeavings earlyLeavings,
            MeterRegistry meters,
            Clock clock) {
        this.ledger = ledger;
        this.deliveredTokens = deliveredTokens;
        this.earlyLeavings = earlyLeavings;
        this.meters = meters;
        this.clock = clock;
    }

    /** What the ledger is told to charge. */
    private record Charged(
            @Nullable TokenUsage usage,
            boolean estimated,
            @Nullable String upstreamRequestId,
            @Nullable Long reasoningTokens) {

        static final Charged NOTHING = new Charged(null, false, null, null);

        /** What the upstream said of a usage's reasoning, should it be a part of it. */
        static Charged of(TokenUsage usage, boolean estimated, Served served) {
            var reasoning = served.reasoningTokens();
            var known = reasoning != null && reasoning <= usage.completionTokens();
            return new Charged(usage, estimated, served.upstreamRequestId(), known ? reasoning : null);
        }
    }

    /** @return how the ledger ended it; empty if that is not known in time, which changes nothing of it */
    Optional<LedgerEvent> end(HeldRequest hold, Ending ending, Served served) {
        var completed = completion(
                hold, counted(hold, ending, served), served, () -> deliveredTokens.estimate(hold, served.text()));
        hold.ended(completed.outcome(), ending);
        return tell(completed, SETTLEMENT_WAIT);
    }

    /**
     * Ends the hold of an answer that is whole and that nobody got, since its client left a moment ago: free as often as
     * leaving early is, with the upstream's bill being ours, and then charged as what it is.
     */
    void endUnread(HeldRequest hold, Served served) {
        if (earlyLeavings.isFree(hold.reserved().accountId())) {
            var completed = completion(hold, Ending.CLIENT_LEFT, Served.nothing(), () -> new TokenUsage(0, 0, 0));
            hold.ended(completed.outcome(), Ending.CLIENT_LEFT);
            tell(completed, SETTLEMENT_WAIT);
        } else {
            end(hold, Ending.CLIENT_LEFT, served);
        }
    }

    /** Only what was left before anything came of it counts as such. */
    private Ending counted(HeldRequest hold, Ending ending, Served served) {
        var gotNothing = served.delivered() == Delivered.NOTHING && served.statedUsage() == StatedUsage.NONE;
        return ending == Ending.CLIENT_LEFT
                        && gotNothing
                        && !earlyLeavings.isFree(hold.reserved().accountId())
                ? Ending.CLIENT_LEFT_AGAIN
                : ending;
    }

    /**
     * What the ledger is to be told of a request that ended so.
     *
     * @param counted the usage by what was delivered, asked for where the rule wants it
     */
    UpstreamCompleted completion(HeldRequest hold, Ending ending, Served served, Supplier<TokenUsage> counted) {
        var rule = OutcomeRule.of(ending, served.delivered(), served.statedUsage());
        var charged =
                switch (rule.charge()) {
                    case NOTHING -> Charged.NOTHING;
                    case STATED_USAGE -> Charged.of(served.usage().orElseThrow(), false, served);
                    case COUNTED_DELIVERY -> Charged.of(counted.get(), true, served);
                    case COUNTED_PROMPT ->
                        Charged.of(new TokenUsage(hold.reserved().promptTokens(), 0, 0), true, served);
                    case LARGER_OF_BOTH -> larger(served, counted.get());
                };
        var reserved = hold.reserved();
        return completion(reserved.accountId(), reserved.requestId(), rule.outcome(), charged);
    }

    private static Charged larger(Served served, TokenUsage counted) {
        var stated = served.usage().orElseThrow();
        var prompt = Math.max(stated.promptTokens(), counted.promptTokens());
        var completion = Math.max(stated.completionTokens(), counted.completionTokens());
        var usage = new TokenUsage(prompt, stated.cachedPromptTokens(), completion);
        return Charged.of(usage, !usage.equals(stated), served);
    }

    /** Gives up a hold that was not decided in time, and may still come: it is not to wait for its expiry then. */
    void giveUp(AccountId account, UUID requestId) {
        var rule = OutcomeRule.of(Ending.NOT_SENT, Delivered.NOTHING, StatedUsage.NONE);
        tell(completion(account, requestId, rule.outcome(), Charged.NOTHING), Duration.ZERO);
    }

    private UpstreamCompleted completion(AccountId account, UUID requestId, Outcome outcome, Charged charged) {
        return new UpstreamCompleted(
                account,
                requestId,
                outcome,
                charged.usage(),
                charged.estimated(),
                charged.upstreamRequestId(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                charged.reasoningTokens());
    }

    private Optional<LedgerEvent> tell(UpstreamCompleted completed, Duration wait) {
        meters.counter(
                        "gogogoapi.proxy.requests",
                        "outcome",
                        completed.outcome().name())
                .increment();
        return ledger.end(completed, wait);
    }
}
