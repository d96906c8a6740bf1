package com.gogogoapi.usage.rollup;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.api.Readings;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What all accounts together used of a route, quarter by quarter of an hour: what a new price is tried on. */
@RestController
class RouteUsageController {

    private static final int USUAL_DAYS = 7;
    private static final int MAX_DAYS = 31;

    /** The accounts that there are, one look into the key's index each, and of each its quarters: never the whole table. */
    private static final String SUMS = """
        with recursive account (account_id) as (
            (select account_id from rollup order by account_id limit 1)
            union all
            select (select min(r.account_id) from rollup r where r.account_id > account.account_id)
              from account where account.account_id is not null)
        select part.bucket, sum(part.requests) as requests, sum(part.prompt_tokens) as prompt_tokens,
               sum(part.cached_prompt_tokens) as cached_prompt_tokens, sum(part.completion_tokens) as completion_tokens,
               sum(part.charged_pico) as charged_pico
          from account
         cross join lateral (
               select * from rollup
                where rollup.account_id = account.account_id and not tagged and grain = :grain
                  and bucket >= :from and bucket < :until and model = :model) as part
         group by part.bucket order by part.bucket\
        """;

    private final JdbcClient jdbc;
    private final Readings readings;
    private final Clock clock;

    RouteUsageController(JdbcClient jdbc, Readings readings, Clock clock) {
        this.jdbc = jdbc;
        this.readings = readings;
        this.clock = clock;
    }

    /** Of the last days ({@code ?days=}, 7 unless said, 31 at most); quarters in which nothing was used are left out. */
    @GetMapping("/internal/routes/{model}/usage")
    Map<String, Object> usage(@PathVariable String model, @RequestParam(required = false) @Nullable String days) {
        var until = clock.instant();
        var from = until.minus(Duration.ofDays(Parameters.number("days", days, USUAL_DAYS, MAX_DAYS)));
        return readings.ofAll(asOf -> {
            var answer = new LinkedHashMap<String, Object>();
            answer.put("object", "route_usage");
            answer.put("model", model);
            answer.put("from", Instant.ofEpochSecond(Grain.QUARTER.ceiling(from.getEpochSecond())));
            answer.put("until", until);
            answer.put("as_of", asOf);
            answer.put(
                    "data",
                    jdbc.sql(SUMS)
                            .param("grain", Grain.QUARTER.minutes())
                            .param("from", Grain.QUARTER.ceiling(from.getEpochSecond()))
                            .param("until", until.getEpochSecond())
                            .param("model", model)
                            .query((row, number) -> Map.of(
                                    "at", Instant.ofEpochSecond(row.getLong("bucket")),
                                    "requests", row.getLong("requests"),
                                    "prompt_tokens", row.getLong("prompt_tokens"),
                                    "cached_prompt_tokens", row.getLong("cached_prompt_tokens"),
                                    "completion_tokens", row.getLong("completion_tokens"),
                                    "charged_usd", usd(row.getBigDecimal("charged_pico"))))
                            .list());
            return answer;
        });
    }

    private static Usd usd(BigDecimal pico) {
        return new Usd(pico.movePointLeft(Usd.MAX_DECIMALS));
    }
}
