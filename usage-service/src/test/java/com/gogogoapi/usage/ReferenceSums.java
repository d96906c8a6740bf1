package com.gogogoapi.usage;

import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.fixtures.MadeHistory.Made;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The sums once more, as simply as it can be said: each event is put where it belongs, and all there is added. */
final class ReferenceSums {

    private long requests;
    private long prompt;
    private long cached;
    private long completion;
    private long reasoning;
    private Usd charged = Usd.ZERO;
    private Usd refunded = Usd.ZERO;
    private Usd writtenOff = Usd.ZERO;
    private long sequence;

    private ReferenceSums() {}

    static SortedMap<String, String> of(
            List<Made> history, String account, String groupBy, String zone, Instant from, Instant to) {
        var holds = new HashMap<UUID, CreditReserved>();
        var sums = new TreeMap<String, ReferenceSums>();
        for (var made : history) {
            var event = made.event();
            if (!event.accountId().value().equals(account)) {
                continue;
            }
            if (event instanceof CreditReserved hold) {
                holds.put(hold.requestId(), hold);
            }
            if (event.decidedAt().isBefore(from) || !event.decidedAt().isBefore(to)) {
                continue;
            }
            if (event instanceof CreditSettled || event instanceof CreditReleased) {
                for (var key : keys(holds.get(event.requestId()), made, groupBy, ZoneId.of(zone))) {
                    sums.computeIfAbsent(key, first -> new ReferenceSums()).add(made);
                }
            }
        }
        var lines = new TreeMap<String, String>();
        sums.forEach((key, sum) -> lines.put(key, sum.toString()));
        return lines;
    }

    private static List<String> keys(CreditReserved hold, Made made, String groupBy, ZoneId zone) {
        var by = hold.requestedBy();
        var at = made.event().decidedAt().atZone(zone);
        List<String> keys = List.of("");
        for (var dimension : groupBy.split(",")) {
            var values =
                    switch (dimension) {
                        case "day" -> List.of(at.toLocalDate().toString());
                        case "hour" -> List.of(hour(at));
                        case "route" -> List.of(hold.model());
                        case "rule" -> List.of(ruleOf(made));
                        case "key" ->
                            List.of(
                                    by == null
                                            ? "-"
                                            : "key_" + by.keyId().toString().replace("-", ""));
                        case "member" ->
                            List.of(
                                    by == null || by.memberId() == null
                                            ? "-"
                                            : by.memberId().toString());
                        case "tag" -> by == null || by.tags().isEmpty() ? List.of("-") : by.tags();
                        default -> throw new IllegalArgumentException(dimension);
                    };
            var more = new ArrayList<String>();
            for (var key : keys) {
                values.forEach(value -> more.add(key + value + " "));
            }
            keys = more;
        }
        return keys;
    }

    private static String hour(ZonedDateTime at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mmXXX").format(at.truncatedTo(ChronoUnit.HOURS));
    }

    private static String ruleOf(Made made) {
        return switch (made.event()) {
            case CreditSettled settled -> settled.outcome().name();
            case CreditReleased released -> released.outcome().name();
            default -> throw new IllegalArgumentException();
        };
    }

    private void add(Made made) {
        sequence = Math.max(sequence, made.sequence());
        switch (made.event()) {
            case CreditSettled settled -> {
                requests += settled.late() ? 0 : 1;
                prompt += settled.usage().promptTokens();
                cached += settled.usage().cachedPromptTokens();
                completion += settled.usage().completionTokens();
                reasoning += settled.reasoningTokens() == null ? 0 : settled.reasoningTokens();
                charged = charged.plus(settled.chargedUsd());
                refunded = refunded.plus(settled.releasedUsd());
                writtenOff = writtenOff.plus(settled.overrunUsd());
            }
            case CreditReleased released -> {
                requests++;
                refunded = refunded.plus(released.releasedUsd());
            }
            default -> throw new IllegalArgumentException();
        }
    }

    @Override
    public String toString() {
        return String.join(
                " ",
                Long.toString(requests),
                Long.toString(prompt),
                Long.toString(cached),
                Long.toString(completion),
                Long.toString(reasoning),
                charged.toString(),
                refunded.toString(),
                writtenOff.toString(),
                Long.toString(sequence));
    }
}
