package com.gogogoapi.acceptance.chaos;

import static org.assertj.core.api.Assertions.fail;

import com.gogogoapi.acceptance.ServiceProcess;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Holds what each client was given against what it was charged. */
final class Delivered {

    /** Two seconds of delivery are promised; the rest is for a machine that is busy with something else. */
    static final Duration BOUND = Duration.ofSeconds(10);

    private static final int MOST_TOLD = 8;

    private final Map<UUID, List<LedgerEvent>> byRequest;
    private final Map<ServiceProcess, Instant> killed;
    private final List<String> wrong = new ArrayList<>();
    private int charged;
    private int toldOfAStop;
    private int cutByAKill;
    private int chargedLate;
    private int refused;
    private long deliveredAndNotCharged;
    private Duration longestUnnoted = Duration.ZERO;

    Delivered(Evidence evidence, Map<ServiceProcess, Instant> killed) {
        this.byRequest = evidence.shards().stream()
                .flatMap(shard -> shard.log().stream())
                .map(stored -> stored.event())
                .collect(Collectors.groupingBy(LedgerEvent::requestId));
        this.killed = killed;
    }

    void assertChargedAsDelivered(List<StreamLoad.Begun> streams) {
        streams.forEach(this::check);
        if (!wrong.isEmpty()) {
            fail("%d streams were not charged as they were delivered:%n%s"
                    .formatted(
                            wrong.size(),
                            wrong.stream().limit(MOST_TOLD).collect(Collectors.joining(System.lineSeparator()))));
        }
    }

    private void check(StreamLoad.Begun one) {
        var stream = one.stream();
        if (!stream.isServed()) {
            // Refused, or broken before it was known what it would be: the books know of its hold, if it had one.
            refused++;
            if (!stream.requestId().isEmpty()
                    && settlementOf(stream.requestId()).isPresent()) {
                report(one, "was refused and charged");
            }
            return;
        }
        var settlement = settlementOf(stream.requestId());
        settlement.ifPresent(settled -> neverMoreThanHeld(one, settled));
        if (one.cameToItsEnd()) {
            charged++;
            if (settlement.isEmpty() || settlement.get().outcome() != Outcome.COMPLETED) {
                report(one, "came to its end, and the ledger has " + endOf(one));
            } else if (tokens(settlement) != stream.pieces()) {
                report(one, "was charged for " + tokens(settlement) + " tokens");
            }
        } else if (stream.soFar().contains("\"code\":\"service_stopping\"")) {
            toldOfAStop++;
            if (tokens(settlement) != stream.pieces()) {
                report(one, "was cut off by SIGTERM and charged for " + tokens(settlement) + " tokens");
            }
        } else if (killed.containsKey(one.proxy())) {
            cutByAKill++;
            noMoreIsLostThanStated(one, tokens(settlement), killed.get(one.proxy()));
        } else {
            report(one, "broke though nothing was done to " + one.proxy() + ": " + lastLine(stream.soFar()));
        }
        chargedLate += settlement.isPresent() && settlement.get().late() ? 1 : 0;
    }

    private void noMoreIsLostThanStated(StreamLoad.Begun one, long tokens, Instant killedAt) {
        var stream = one.stream();
        deliveredAndNotCharged += Math.max(0, stream.pieces() - tokens);
        if (tokens < stream.pieces()) {
            stream.timeOf(tokens + 1).ifPresent(at -> {
                var unnoted = Duration.between(at, killedAt);
                longestUnnoted = unnoted.compareTo(longestUnnoted) > 0 ? unnoted : longestUnnoted;
            });
        }
        if (tokens < stream.piecesUntil(killedAt.minus(BOUND))) {
            report(
                    one,
                    "had %d pieces %s before its proxy was killed and was charged for %d tokens"
                            .formatted(stream.piecesUntil(killedAt.minus(BOUND)), BOUND, tokens));
        }
        if (tokens > one.tokens()) {
            report(one, "was charged for " + tokens + " tokens");
        }
    }

    private void neverMoreThanHeld(StreamLoad.Begun one, CreditSettled settled) {
        var held = eventsOf(one.stream().requestId()).stream()
                .filter(CreditReserved.class::isInstance)
                .map(CreditReserved.class::cast)
                .findFirst();
        if (held.isEmpty()
                || settled.chargedUsd().amount().compareTo(held.get().heldUsd().amount()) > 0) {
            report(one, "was charged more than was held for it: " + settled.chargedUsd());
        }
    }

    private List<LedgerEvent> eventsOf(String request) {
        return byRequest.getOrDefault(UUID.fromString(request), List.of());
    }

    private Optional<CreditSettled> settlementOf(String request) {
        return eventsOf(request).stream()
                .filter(CreditSettled.class::isInstance)
                .map(CreditSettled.class::cast)
                .findFirst();
    }

    private static long tokens(Optional<CreditSettled> settlement) {
        return settlement.map(settled -> settled.usage().completionTokens()).orElse(0L);
    }

    private String endOf(StreamLoad.Begun one) {
        return eventsOf(one.stream().requestId()).stream()
                .map(event -> event instanceof CreditSettled settled
                        ? settled.outcome().toString()
                        : event instanceof CreditReleased released
                                ? released.outcome().toString()
                                : event.getClass().getSimpleName())
                .collect(Collectors.joining(", "));
    }

    private static String lastLine(String text) {
        var line = text.strip().lines().reduce((one, next) -> next).orElse("nothing was read");
        return line.substring(0, Math.min(line.length(), 160));
    }

    private void report(StreamLoad.Begun one, String what) {
        wrong.add("- request %s of %d tokens at %s, %d read, %s"
                .formatted(
                        one.stream().requestId(),
                        one.tokens(),
                        one.proxy(),
                        one.stream().pieces(),
                        what));
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
