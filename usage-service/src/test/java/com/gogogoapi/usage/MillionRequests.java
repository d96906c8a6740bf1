package com.gogogoapi.usage;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;

/**
 * A load, to be run by hand: an account with a million requests over a year, of 20 keys, two routes, four outcomes and four
 * tags, and how long pages of it take, the whole way to the service and back. {@code main} takes their number.
 */
final class MillionRequests {

    private static final String ACCOUNT = "acct_million";
    private static final int ROUNDS = 20;

    private static final String REQUESTS = """
        insert into request
        select 'acct_million', ('01a00000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, 'quote-' || i, null,
               case when i %% 3 = 0 then 'deepseek-v4-pro' else 'deepseek-v4-flash' end, 'v@1', '0.14', '0.0028', '0.28',
               ('00000000-0000-7001-8000-' || lpad(to_hex(i * 7919 %% 20), 12, '0'))::uuid,
               ('00000000-0000-7002-8000-' || lpad(to_hex(i * 7919 %% 5), 12, '0'))::uuid,
               case i %% 4 when 0 then array['a', 'b'] when 1 then array['c'] when 2 then array['d'] else '{}'::text[] end,
               900, 500, null, 0.0005, at, 2 * i - 1, at + interval '15 min', rule, rule, at + interval '8 s', 2 * i, 0.0001,
               900, 300, 200, 50, false, 0.0004, 0, null, false, at + interval '8 s', 2 * i
          from (select i, timestamptz '2025-11-01 00:00Z' + i * (interval '365 days' / %1$d) as at,
                       case when i %% 10000 = 0 then 'UPSTREAM_FAILED_MIDWAY' when i %% 100 = 1 then 'CLIENT_LEFT'
                            when i %% 50 = 2 then 'USAGE_MISSING' else 'COMPLETED' end as rule
                  from generate_series(1::bigint, %1$d) as i) as made\
        """;

    private static final String ROLLUP = """
        insert into rollup
        select account_id, tagged, grain, floor(extract(epoch from ended_at) / (grain * 60))::bigint * grain * 60, tag, key_id,
               member_id, model, rule, count(*), sum(prompt_tokens), sum(cached_prompt_tokens), sum(completion_tokens),
               sum(reasoning_tokens), sum(charged_usd * 1e12), sum(refunded_usd * 1e12), 0, max(ended_sequence)
          from (select r.*, false as tagged, '' as tag from request r
                union all
                select r.*, true, t from request r cross join unnest(case tags when '{}' then array[''] else tags end) as t) as u
         cross join (values (15), (60), (1440)) as g(grain)
         group by 1, 2, 3, 4, 5, 6, 7, 8, 9\
        """;

    private MillionRequests() {}

    public static void main(String[] arguments) throws SQLException {
        var requests = Integer.parseInt(arguments[0]);
        var database = Infrastructure.shared().newDatabase("usage_million");
        try (var usage = RunningUsage.start(database)) {
            fill(database, requests);
            // What a service that has just started takes for its first answer is no page's.
            usage.get(ACCOUNT, "/requests?limit=1");
            for (var page : new String[] {
                "/requests",
                "/requests?limit=1000",
                "/requests?cursor=1765000000000000-400000",
                "/requests?model=deepseek-v4-pro",
                "/requests?key=key_00000000000070018000000000000003&model=deepseek-v4-pro",
                "/requests?rule=UPSTREAM_FAILED_MIDWAY",
                "/requests?rule=UPSTREAM_FAILED_MIDWAY&key=key_00000000000070018000000000000003",
                "/requests?tag=d&rule=COMPLETED",
                "/requests?tag=none",
                "/requests?from=2026-03-01&to=2026-03-02&zone=Asia/Kolkata",
                "/requests?q=01a00000-0000-7000-8000-000000012345",
                "/requests/01a00000-0000-7000-8000-000000012345",
                "/activity?group_by=key,day&from=2025-11-01&to=2026-11-01&zone=Europe/Berlin",
                "/activity?group_by=key,day&from=2025-11-01&to=2026-11-01&zone=Asia/Kathmandu",
                "/activity?group_by=tag,day&from=2025-11-01&to=2026-11-01&zone=Asia/Kolkata",
                "/activity?group_by=hour&from=2026-03-01&to=2026-04-01&zone=Asia/Kolkata",
                "/activity?group_by=hour,key&from=2026-03-01&to=2026-04-01&zone=Asia/Kolkata",
                "/activity?group_by=key,route&from=2025-11-01&to=2026-11-01&zone=Asia/Kathmandu",
                "/activity?group_by=key,tag&from=2025-11-01&to=2026-11-01&zone=America/New_York"
            }) {
                measure(usage, page);
            }
        }
        // The servers of tests end with their process, and not before.
        System.exit(0);
    }

    private static void fill(Database database, int requests) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            statement.execute(REQUESTS.formatted(requests));
            System.out.println("requests: " + requests);
            System.out.println("rows of sums: " + statement.executeUpdate(ROLLUP));
            statement.execute("vacuum analyze");
        }
    }

    private static void measure(RunningUsage usage, String page) {
        var micros = new long[ROUNDS];
        var rows = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var begun = System.nanoTime();
            var answer = usage.send("GET", "/internal" + page, Map.of("gogogoapi-account", ACCOUNT));
            micros[round] = (System.nanoTime() - begun) / 1_000;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(page + " must be answered: " + answer.body());
            }
            rows = answer.body().split("\"sequence\":|\"held_sequence\":", -1).length - 2;
        }
        var first = micros[0];
        Arrays.sort(micros);
        System.out.printf(
                "%-90s %5d rows, first %4d ms, median %4d ms, worst %4d ms%n",
                page, rows, first / 1_000, micros[ROUNDS / 2] / 1_000, micros[ROUNDS - 1] / 1_000);
    }
}
