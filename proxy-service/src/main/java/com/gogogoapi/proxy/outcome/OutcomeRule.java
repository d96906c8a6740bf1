package com.gogogoapi.proxy.outcome;

import static com.gogogoapi.contracts.ledger.intake.Outcome.CLIENT_LEFT_EARLY;
import static com.gogogoapi.contracts.ledger.intake.Outcome.COMPLETED;
import static com.gogogoapi.contracts.ledger.intake.Outcome.NOTHING_SERVED;
import static com.gogogoapi.contracts.ledger.intake.Outcome.TIMED_OUT_MIDWAY;
import static com.gogogoapi.contracts.ledger.intake.Outcome.UPSTREAM_FAILED_MIDWAY;
import static com.gogogoapi.contracts.ledger.intake.Outcome.USAGE_MISSING;

import com.gogogoapi.contracts.ledger.intake.Outcome;

/**
 * The rule by which every request ends: what is charged follows from what the upstream stated and delivered, and the
 * outcome from that and from how the reading ended. The ledger takes both as they are.
 *
 * <p>What each outcome means, in words, is in {@link OutcomeMeaning}; {@code docs/outcomes.md} is made of both.
 */
public record OutcomeRule(Outcome outcome, Charge charge) {

    /** Whether anything of the answer's content was delivered. Of an answer in one piece that broke off, nothing was. */
    public enum Delivered {
        NOTHING,
        SOMETHING
    }

    /** Whether the upstream said what it used; explicit zeros are said. */
    public enum StatedUsage {
        NONE,
        STATED
    }

    /** What is charged. */
    public enum Charge {
        NOTHING,
        STATED_USAGE,
        COUNTED_DELIVERY,
        /** What was sent, though nothing came of it. */
        COUNTED_PROMPT,
        /** An answer that did not come to its end may have gone on after what was stated, or have been stated too low. */
        LARGER_OF_BOTH
    }

    /** The outcomes of one ending, by what is charged. */
    private record Row(Outcome nothing, Outcome statedUsage, Outcome countedDelivery) {

        Outcome by(Charge charge) {
            return switch (charge) {
                case NOTHING -> nothing;
                case STATED_USAGE, LARGER_OF_BOTH -> statedUsage;
                case COUNTED_DELIVERY, COUNTED_PROMPT -> countedDelivery;
            };
        }
    }

    public OutcomeRule {
        if (outcome.isCharged() != (charge != Charge.NOTHING)) {
            throw new IllegalArgumentException(outcome + " must not go with a charge of " + charge);
        }
    }

    public static OutcomeRule of(Ending ending, Delivered delivered, StatedUsage usage) {
        var charge = charge(ending, delivered, usage);
        var row =
                switch (ending) {
                    case IN_ORDER -> new Row(NOTHING_SERVED, COMPLETED, USAGE_MISSING);
                    case UPSTREAM_FAILED ->
                        new Row(Outcome.UPSTREAM_FAILED, UPSTREAM_FAILED_MIDWAY, UPSTREAM_FAILED_MIDWAY);
                    case TIMED_OUT -> new Row(Outcome.TIMED_OUT, TIMED_OUT_MIDWAY, TIMED_OUT_MIDWAY);
                    case INTERRUPTED ->
                        new Row(Outcome.INTERRUPTED, Outcome.INTERRUPTED_MIDWAY, Outcome.INTERRUPTED_MIDWAY);
                    case CLIENT_LEFT -> new Row(CLIENT_LEFT_EARLY, Outcome.CLIENT_LEFT, Outcome.CLIENT_LEFT);
                    case CLIENT_LEFT_AGAIN ->
                        delivered == Delivered.NOTHING && usage == StatedUsage.NONE
                                ? new Row(CLIENT_LEFT_EARLY, Outcome.CLIENT_LEFT_AGAIN, Outcome.CLIENT_LEFT_AGAIN)
                                : new Row(CLIENT_LEFT_EARLY, Outcome.CLIENT_LEFT, Outcome.CLIENT_LEFT);
                    case NOT_SENT -> new Row(Outcome.UPSTREAM_FAILED, Outcome.UPSTREAM_FAILED, Outcome.UPSTREAM_FAILED);
                };
        return new OutcomeRule(row.by(charge), charge);
    }

    private static Charge charge(Ending ending, Delivered delivered, StatedUsage usage) {
        if (ending == Ending.NOT_SENT) {
            return Charge.NOTHING;
        }
        return switch (usage) {
            case STATED ->
                ending == Ending.IN_ORDER || delivered == Delivered.NOTHING
                        ? Charge.STATED_USAGE
                        : Charge.LARGER_OF_BOTH;
            case NONE ->
                switch (delivered) {
                    case SOMETHING -> Charge.COUNTED_DELIVERY;
                    case NOTHING -> ending == Ending.CLIENT_LEFT_AGAIN ? Charge.COUNTED_PROMPT : Charge.NOTHING;
                };
        };
    }
}
