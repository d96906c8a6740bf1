package com.gogogoapi.usage;

import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.fixtures.MadeHistory.Made;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What events add up to, reckoned without anything of the service: every event is put where clocks of its zone showed it, and the
 * credit is what the last one states.
 */
final class LedgerSums {

    static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"), ZoneId.of("Asia/Kolkata"));

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mmXXX");

    private final Map<UUID, String> models = new HashMap<>();
    private final Map<String, BigDecimal[]> sums = new HashMap<>();

    /** The last event's balance before each of these, which are in order. */
    private final TreeMap<Instant, @Nullable LedgerEvent> before = new TreeMap<>();

    LedgerSums(List<Instant> instants) {
        instants.forEach(instant -> before.put(instant, null));
    }

    void add(Made made) {
        var event = made.event();
        before.tailMap(event.decidedAt(), false).replaceAll((at, last) -> event);
        switch (event) {
            case CreditReserved hold -> models.put(hold.requestId(), hold.model());
            case CreditSettled settled ->
                add(
                        settled,
                        settled.chargedUsd().amount(),
                        settled.releasedUsd().amount());
            case CreditReleased released ->
                add(released, BigDecimal.ZERO, released.releasedUsd().amount());
            default -> {}
        }
    }

    private void add(LedgerEvent event, BigDecimal charged, BigDecimal refunded) {
        var model = models.remove(event.requestId());
        for (var zone : ZONES) {
            var at = event.decidedAt().atZone(zone);
            for (var label : List.of(
                    "day " + at.toLocalDate(),
                    "hour " + HOUR.format(at.truncatedTo(ChronoUnit.HOURS)),
                    "route " + at.toLocalDate() + " " + model)) {
                var sum = sums.computeIfAbsent(zone + " " + label, first ->
                        new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO});
                sum[0] = sum[0].add(charged);
                sum[1] = sum[1].add(refunded);
                sum[2] = sum[2].add(BigDecimal.ONE);
            }
        }
    }

    /** Requests, what was charged and what was refunded in each place of that kind whose label begins so. */
    TreeMap<String, String> of(ZoneId zone, String kind, String month) {
        var found = new TreeMap<String, String>();
        var prefix = zone + " " + kind + " ";
        sums.forEach((label, sum) -> {
            if (label.startsWith(prefix + month)) {
                found.put(label.substring(prefix.length()), line(sum[2], sum[0], sum[1]));
            }
        });
        return found;
    }

    static String line(BigDecimal requests, BigDecimal charged, BigDecimal refunded) {
        return requests + " " + charged.stripTrailingZeros().toPlainString() + " "
                + refunded.stripTrailingZeros().toPlainString();
    }

    /** What the ledger states right before an instant: all credit, available and held. */
    BigDecimal creditBefore(Instant at) {
        var last = before.get(at);
        return last == null
                ? BigDecimal.ZERO
                : last.balance()
                        .availableUsd()
                        .amount()
                        .add(last.balance().heldUsd().amount());
    }
}
