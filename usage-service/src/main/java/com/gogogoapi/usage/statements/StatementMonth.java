package com.gogogoapi.usage.statements;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.rollup.Grain;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A month of a zone, from its first instant to that of the next one. */
record StatementMonth(YearMonth month, ZoneId zone, Instant from, Instant to) {

    /** Before it there were no requests, and some zones had odd offsets. */
    private static final YearMonth FIRST = YearMonth.of(2020, 1);

    /** @throws ApiError 400 that names what must be otherwise */
    static StatementMonth read(String month, @Nullable String zone, Instant now) {
        var there = Parameters.zone(zone);
        var asked = month(month);
        var from = asked.atDay(1).atStartOfDay(there).toInstant();
        var to = asked.plusMonths(1).atDay(1).atStartOfDay(there).toInstant();
        if (asked.isBefore(FIRST) || from.isAfter(now)) {
            throw ApiError.invalidRequest("month", "month must be from " + FIRST + " to the current one.");
        }
        if (!isOnQuarter(from) || !isOnQuarter(to)) {
            throw ApiError.invalidRequest("zone", "zone must have months that begin on a quarter of an hour.");
        }
        return new StatementMonth(asked, there, from, to);
    }

    private static YearMonth month(String text) {
        try {
            if (text.matches("[0-9]{4}-[0-9]{2}")) {
                return YearMonth.parse(text);
            }
        } catch (DateTimeException e) {
            throw ApiError.invalidRequest("month", "month must be a month such as 2026-11.")
                    .becauseOf(e);
        }
        throw ApiError.invalidRequest("month", "month must be a month such as 2026-11.");
    }

    private static boolean isOnQuarter(Instant at) {
        return Grain.QUARTER.bucketOf(at) == at.getEpochSecond();
    }
}
