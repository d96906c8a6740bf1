package com.gogogoapi.proxy.outcome;

import com.gogogoapi.contracts.ledger.intake.Outcome;

/**
 * What an outcome means to whoever reads it in a statement: the words of {@code docs/outcomes.md}, kept here alone.
 *
 * @param decidedBy who says that a request ended so
 * @param when it comes about
 */
public record OutcomeMeaning(DecidedBy decidedBy, String when) {

    /** Who decides an outcome. */
    public enum DecidedBy {
        /** {@link OutcomeRule}, when the answer ends. */
        PROXY,
        /** The ledger by itself. */
        LEDGER
    }

    public static OutcomeMeaning of(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> byProxy("the upstream finished and stated its usage");
            case USAGE_MISSING -> byProxy("the upstream finished without stating its usage");
            case CLIENT_LEFT -> byProxy("the client left after the first content; the upstream is stopped");
            case CLIENT_LEFT_AGAIN ->
                byProxy(
                        "the client left before any content, and the account's clients had done so 20 times within an hour"
                                + " already; the upstream is stopped");
            case UPSTREAM_FAILED_MIDWAY -> byProxy("the upstream failed after its first content");
            case TIMED_OUT_MIDWAY -> byProxy("the upstream stalled or ran over its time after its first content");
            case INTERRUPTED_MIDWAY ->
                byProxy(
                        "this service was stopped, or died, after the first content; of what it delivered before it died,"
                                + " the last two seconds may be missing");
            case INTERRUPTED -> byProxy("this service was stopped before any content");
            case UPSTREAM_FAILED ->
                byProxy("the upstream failed, refused or was unreachable before any content, or was never asked,"
                        + " because the request could not be sent or there was no capacity for it");
            case TIMED_OUT -> byProxy("the upstream gave no content in time");
            case NOTHING_SERVED -> byProxy("the upstream answered well, but generated and stated nothing");
            case CLIENT_LEFT_EARLY -> byProxy("the client left before any content; the upstream is stopped");
            case HOLD_EXPIRED ->
                new OutcomeMeaning(
                        DecidedBy.LEDGER,
                        "nobody completed the request within the life of its hold (15 minutes), because a proxy died before any content was noted;"
                                + " a completion that surfaces later is charged by its own rule");
        };
    }

    private static OutcomeMeaning byProxy(String when) {
        return new OutcomeMeaning(DecidedBy.PROXY, when);
    }
}
