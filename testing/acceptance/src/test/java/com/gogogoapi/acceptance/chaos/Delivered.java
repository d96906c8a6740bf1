package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.fail;

import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what each client was given against what it was charged. */
final class Delivered {

    /** Two seconds of delivery are promised; the rest is for a machine that is busy with something else. */
    static final Duration BOUND = Duration.ofSeconds(10);

    private static final int MOST_TOLD = 8;
    private static final int MOST_CHARS = 160;

    private final Map<UUID, List<LedgerEvent>> byRequest;
    private final List<String> wrong = new ArrayList<>();
    private int charged;
    private int toldOfAStop;
    private int cutByAKill;
    private int chargedLate;
    private int refused;
    private long deliveredAndNotCharged;
    private Duration longestUnnoted = Duration.ZERO;

    /**
     * What a client was given.
     *
     * @param requestId empty if its answer never began
     * @param isServed false if it was refused
     * @param tokens that the upstream was to say
     * @param pieces when each token was read
     * @param text all that was read
     * @param proxyKilledAt null if it lives, or was stopped in order
     */
    record Given(
            String requestId,
            boolean isServed,
            long tokens,
            List<Instant> pieces,
            String text,
            String proxy,
            @Nullable Instant proxyKilledAt) {

        private long piecesUntil(Instant until) {
            return pieces.stream().filter(piece -> piece.isBefore(until)).count();
        }
    }

    Delivered(Stream<LedgerEvent> events) {
        this.byRequest = events.collect(Collectors.groupingBy(LedgerEvent::requestId));
    }

    void assertChargedAsDelivered(Collection<Given> streams) {
        streams.forEach(this::check);
        if (!wrong.isEmpty()) {
            fail("%d streams were not charged as they were delivered:%n%s"
                    .formatted(
                            wrong.size(),
                            wrong.stream().limit(MOST_TOLD).collect(Collectors.joining(System.lineSeparator()))));
        }
    }

    private void check(Given one) {
        var events = one.requestId().isEmpty()
                ? List.<LedgerEvent>of()
                : byRequest.getOrDefault(UUID.fromString(one.requestId()), List.of());
        var settlement = events.stream()
                .filter(CreditSettled.class::isInstance)
                .map(CreditSettled.class::cast)
                .findFirst()
                .orElse(null);
        if (!one.isServed()) {
            // Of one that broke before its answer began the books alone know whether it had a hold, and how that ended.
            refused++;
            if (settlement != null) {
                report(one, "was refused and charged");
            }
            return;
        }
        var tokens = settlement == null ? 0 : settlement.usage().completionTokens();
        var read = one.pieces().size();
        if (settlement != null) {
            chargedLate += settlement.late() ? 1 : 0;
            neverMoreThanHeld(one, events, settlement);
        }
        if (one.text().contains("data: [DONE]")) {
            charged++;
            if (settlement == null || settlement.outcome() != Outcome.COMPLETED || tokens != read) {
                report(
                        one,
                        "came to its end and was charged for %d tokens as %s"
                                .formatted(tokens, settlement == null ? "nothing" : settlement.outcome()));
            }
        } else if (one.text().contains("\"code\":\"service_stopping\"")) {
            toldOfAStop++;
            if (tokens != read) {
                report(one, "was cut off by SIGTERM and charged for " + tokens + " tokens");
            }
        } else if (one.proxyKilledAt() != null) {
            cutByAKill++;
            noMoreIsLostThanStated(one, tokens, one.proxyKilledAt());
        } else {
            report(one, "broke though nothing was done to its proxy: " + lastLine(one.text()));
        }
    }

    private void noMoreIsLostThanStated(Given one, long tokens, Instant killedAt) {
        var read = one.pieces().size();
        if (tokens < read) {
            deliveredAndNotCharged += read - tokens;
            var unnoted = Duration.between(one.pieces().get((int) tokens), killedAt);
            longestUnnoted = unnoted.compareTo(longestUnnoted) > 0 ? unnoted : longestUnnoted;
        }
        var certain = one.piecesUntil(killedAt.minus(BOUND));
        if (tokens < certain) {
            report(
                    one,
                    "had %d of them %s before its proxy was killed and was charged for %d tokens"
                            .formatted(certain, BOUND, tokens));
        }
        if (tokens > one.tokens()) {
            report(one, "was charged for " + tokens + " tokens");
        }
    }

    private void neverMoreThanHeld(Given one, List<LedgerEvent> events, CreditSettled settled) {
        var isHeld = events.stream()
                .anyMatch(event -> event instanceof CreditReserved hold
                        && settled.chargedUsd()
                                        .amount()
                                        .compareTo(hold.heldUsd().amount())
                                <= 0);
        if (!isHeld) {
            report(one, "was charged more than was held for it: " + settled.chargedUsd());
        }
    }

    private static String lastLine(String text) {
        var line = text.strip().lines().reduce((one, next) -> next).orElse("nothing was read");
        return line.substring(0, Math.min(line.length(), MOST_CHARS));
    }

    private void report(Given one, String what) {
        wrong.add("- request %s of %d tokens at %s, %d read, %s"
                .formatted(
                        one.requestId(), one.tokens(), one.proxy(), one.pieces().size(), what));
    }

    @Override
    public String toString() {
        return ("%d streams came to their end, %d were cut off by SIGTERM, %d by kill -9 (%d tokens of them not charged, all"
                        + " of the last %d ms), %d not served; %d charged late")
                .formatted(
                        charged,
                        toldOfAStop,
                        cutByAKill,
                        deliveredAndNotCharged,
                        longestUnnoted.toMillis(),
                        refused,
                        chargedLate);
    }
}
