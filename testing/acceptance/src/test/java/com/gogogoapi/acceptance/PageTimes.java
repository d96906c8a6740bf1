package com.gogogoapi.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long pages of the dashboard take in a real Chromium, and every request that they send, for an account of which the
 * usage-service knows a month of so many requests; to be run by hand, in the folder of this module, once the browser's packages are in
 * {@code target/browser}. {@code main} takes their number, and how often each page is visited.
 */
final class PageTimes {

    private static final int KEYS = 25;

    /** A month's end is an hour ago; of 20 keys and two routes. */
    private static final String REQUESTS = """
        insert into request
        select '%2$s', ('01a00000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, 'quote-' || i, null,
               case when i %% 3 = 0 then 'deepseek-v4-pro' else 'deepseek-v4-flash' end, 'v@1', '0.14', '0.0028', '0.28',
               ('00000000-0000-7001-8000-' || lpad(to_hex(i * 7919 %% 20), 12, '0'))::uuid, null, '{}'::text[],
               900, 500, null, 0.0005, at, 2 * i - 1, at + interval '15 min', rule, rule, at + interval '8 s', 2 * i, 0.0001,
               900, 300, 200, 50, false, 0.0004, 0, null, false, at + interval '8 s', 2 * i
          from (select i, now() - interval '1 hour' - (%1$d - i) * (interval '31 days' / %1$d) as at,
                       case when i %% 100 = 1 then 'CLIENT_LEFT' else 'COMPLETED' end as rule
                  from generate_series(1::bigint, %1$d) as i) as made\
        """;

    private static final String SUMS = """
        insert into rollup
        select account_id, tagged, grain, floor(extract(epoch from ended_at) / (grain * 60))::bigint * grain * 60, '', key_id,
               '00000000-0000-0000-0000-000000000000', model, rule, count(*), sum(prompt_tokens), sum(cached_prompt_tokens),
               sum(completion_tokens), sum(reasoning_tokens), sum(charged_usd * 1e12), sum(refunded_usd * 1e12), 0,
               max(ended_sequence)
          from request
         cross join (values (false), (true)) as t(tagged)
         cross join (values (15), (60), (1440)) as g(grain)
         where account_id = '%s' and quote_id like 'quote-%%'
         group by 1, 2, 3, 4, 6, 8, 9
        on conflict do nothing\
        """;

    private PageTimes() {}

    public static void main(String[] arguments) throws Exception {
        var requests = Integer.parseInt(arguments[0]);
        try (var system = RunningSystem.startWith()) {
            var customer = system.customer("5.00");
            for (var i = 0; i < KEYS; i++) {
                system.operator("POST", "/accounts/" + customer.account() + "/keys", Map.of("label", "key " + i));
            }
            customer.complete(Customer.chat("Hello", 5, false));
            customer.booksAtRest();
            fill(system, customer.account(), requests);
            report(browsed(system, customer, arguments[1]));
        }
    }

    private static void fill(RunningSystem system, String account, int requests) throws IOException, SQLException {
        var password = JsonMapper.shared()
                .readTree(Files.readString(system.data().resolve("secrets.json")))
                .path("postgres_password_usage")
                .asString();
        var url = system.access("postgres_url").replaceFirst("/ledger\\?.*", "/usage");
        try (var connection = DriverManager.getConnection(url, "usage", password);
                var statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            say("requests: %,d", statement.executeUpdate(REQUESTS.formatted(requests, account)));
            say("rows of sums: %,d", statement.executeUpdate(SUMS.formatted(account)));
            statement.execute("vacuum analyze request");
            statement.execute("vacuum analyze rollup");
        }
    }

    private static JsonNode browsed(RunningSystem system, Customer customer, String rounds) throws Exception {
        var pages = List.of(
                page("/dashboard", "Credit available"),
                page("/dashboard/keys", "key 1"),
                page("/dashboard/requests", "completed"),
                page("/dashboard/requests/01a00000-0000-7000-8000-000000000045", "Refunded"),
                page("/dashboard/activity", "Together"),
                page("/dashboard/activity?by=key&then=route", "Together"),
                page("/dashboard/credit", "Statement"));
        var told =
                Map.of("link", SignedInBrowser.link(system, customer.account(), "owner@example.com"), "paths", pages);
        var output = Files.createTempFile("page-times-", ".json");
        var browser = new ProcessBuilder("node", "page-times.mjs", system.url(""), Chromium.PROGRAM, rounds)
                .directory(Chromium.SCRIPTS.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = browser.outputWriter()) {
            input.write(JsonMapper.shared().writeValueAsString(told));
        }
        if (browser.waitFor() != 0) {
            throw new IllegalStateException("The browser must come to its end.");
        }
        return JsonMapper.shared().readTree(Files.readString(output));
    }

    private static Map<String, String> page(String path, String shows) {
        return Map.of("path", path, "shows", shows);
    }

    private static void report(JsonNode found) {
        say("| page, nothing cached | median | slowest |%n| --- | --- | --- |");
        found.path("views").properties().forEach(view -> say("| `%s` | %s |", view.getKey(), times(view.getValue())));
        say("| request | median | slowest |%n| --- | --- | --- |");
        found.path("requests")
                .properties()
                .forEach(request -> say("| `%s` | %s |", request.getKey(), times(request.getValue())));
    }

    private static String times(JsonNode millis) {
        var sorted = new ArrayList<Double>();
        millis.forEach(one -> sorted.add(one.asDouble()));
        sorted.sort(null);
        return String.format(Locale.ROOT, "%.0f ms | %.0f ms", sorted.get(sorted.size() / 2), sorted.getLast());
    }

    private static void say(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
