package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A keyed request is run and charged once on however many proxies, whichever of them dies, and with a store that is gone. */
@Tag("acceptance")
@Tag("long")
class IdempotencyAcrossProxiesTest extends SeparateServices {

    private static final String KEY = "the-key";
    private static final String BODY = Customer.chat("Hello", 50, false);
    private static final String STREAMED = Customer.chat("Hello", 50, true);
    private static final String PATH = "/v1/chat/completions";
    private static final int REPEATS = 50;
    private static final Duration SOON = Duration.ofMinutes(2);

    private final GatedUpstream upstream;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private List<ServiceProcess> proxies = List.of();

    IdempotencyAcrossProxiesTest() throws Exception {
        upstream = new GatedUpstream();
    }

    @Test
    void itIsRunAndChargedOnce() throws Exception {
        try (upstream;
                threads) {
            proxies = new ArrayList<>(startAll(upstream.baseUrl()));
            var answered = fiftyAtOnceGetOneAnswer();
            aRestartLaterItIsTheSame(answered);
            whatItsKilledProxyRanIsNotRunAgain();
            whatItsKilledProxyDeliveredIsChargedAndNotRunAgain();
            anAnswerThatCouldNotBeKeptIsNotRunAgain();
            withoutTheDatabaseNothingIsRun();
            withALostStoreNothingIsRunAgain(answered);
        }
    }

    /** What was answered, and to whom. */
    private record Answered(String apiKey, HttpResponse<byte[]> answer) {}

    private HttpResponse<byte[]> ask(ServiceProcess proxy, String apiKey) throws Exception {
        return ask(proxy, apiKey, BODY);
    }

    private static HttpResponse<byte[]> ask(ServiceProcess proxy, String apiKey, String body) throws Exception {
        return Keyed.send(proxy.url() + PATH, apiKey, KEY, body);
    }

    private Connection database() throws Exception {
        return DriverManager.getConnection(proxyDatabase.jdbcUrl(), proxyDatabase.username(), proxyDatabase.password());
    }

    private static void assertChargedAndNotKept(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(Keyed.text(answer)).isEqualTo(422);
        assertThat(Keyed.text(answer)).contains("idempotency_answer_not_kept");
    }

    private long lines(String apiKey, String type) throws Exception {
        return JsonMapper.shared()
                .readTree(getWithKey(proxies.getLast().url() + "/v1/ledger?limit=100", apiKey))
                .path("data")
                .valueStream()
                .filter(line -> line.path("type").asString().equals(type))
                .count();
    }

    private Answered fiftyAtOnceGetOneAnswer() throws Exception {
        var apiKey = keyOfANewAccount(proxies);
        upstream.shut();
        var asking = new ArrayList<Future<HttpResponse<byte[]>>>();
        for (var i = 0; i < REPEATS; i++) {
            var proxy = proxies.get(i % proxies.size());
            asking.add(threads.submit(() -> ask(proxy, apiKey)));
        }
        await().atMost(SOON).until(() -> upstream.asked() == 1);
        upstream.open();
        var answers = new ArrayList<HttpResponse<byte[]>>();
        for (var one : asking) {
            answers.add(one.get());
        }
        var first = answers.stream().filter(answer -> !Keyed.isReplayed(answer)).toList();
        assertThat(first).as("one of them ran it").hasSize(1);
        assertThat(first.getFirst().statusCode()).isEqualTo(200);
        assertThat(answers).allSatisfy(answer -> Keyed.assertSame(first.getFirst(), answer));
        assertThat(upstream.asked()).isOne();
        assertThat(lines(apiKey, "charge")).isOne();
        return new Answered(apiKey, first.getFirst());
    }

    private void aRestartLaterItIsTheSame(Answered answered) throws Exception {
        for (var i = 0; i < proxies.size(); i++) {
            proxies.get(i).killHard();
            proxies.set(i, startProxy(i).ready());
            Keyed.assertReplayed(answered.answer(), askOnceKnown(proxies.get(i), answered.apiKey()));
        }
        assertThat(lines(answered.apiKey(), "charge")).isOne();
    }

    /** A proxy that has just begun may not have heard of the key yet. */
    private HttpResponse<byte[]> askOnceKnown(ServiceProcess proxy, String apiKey) throws Exception {
        await().atMost(SOON)
                .until(() -> getWithKey(proxy.url() + "/v1/credits", apiKey).contains("total_credits"));
        return ask(proxy, apiKey);
    }

    /** One in one piece: nobody knows how it ended until its hold does, so that nobody runs it meanwhile. */
    private void whatItsKilledProxyRanIsNotRunAgain() throws Exception {
        var apiKey = keyOfANewAccount(proxies);
        upstream.shut();
        var killed = proxies.getFirst();
        var asking = threads.submit(() -> ask(killed, apiKey));
        await().atMost(SOON).until(() -> upstream.asked() == 1);
        var waiting = threads.submit(() -> ask(proxies.getLast(), apiKey));
        killed.killHard();
        assertThat(asking.state()).isNotEqualTo(Future.State.SUCCESS);

        var refused = waiting.get();
        assertThat(refused.statusCode()).as(Keyed.text(refused)).isEqualTo(503);
        assertThat(Keyed.text(refused)).contains("idempotency_unresolved");
        assertThat(refused.headers().firstValue("x-should-retry")).hasValue("true");
        assertThat(upstream.asked()).isOne();
        upstream.open();
        proxies.set(0, startProxy(0).ready());
        assertThat(ask(proxies.getLast(), apiKey).statusCode()).isEqualTo(503);
        assertThat(upstream.asked()).isOne();
        assertThat(lines(apiKey, "hold")).isOne();
    }

    /** A stream: what it delivered was noted, and is charged by another. */
    private void whatItsKilledProxyDeliveredIsChargedAndNotRunAgain() throws Exception {
        var apiKey = keyOfANewAccount(proxies);
        upstream.shut();
        var killed = proxies.getFirst();
        var asking = threads.submit(() -> ask(killed, apiKey, STREAMED));
        try (var database = database();
                var statement = database.createStatement()) {
            await().atMost(SOON).until(() -> {
                try (var noted = statement.executeQuery("select count(*) from request_outbox where not ended")) {
                    return noted.next() && noted.getInt(1) == 1;
                }
            });
        }
        killed.killHard();
        assertThat(asking.state()).isNotEqualTo(Future.State.SUCCESS);
        await().atMost(SOON)
                .until(() -> ask(proxies.getLast(), apiKey, STREAMED).statusCode() == 422);
        assertChargedAndNotKept(ask(proxies.getLast(), apiKey, STREAMED));
        upstream.open();
        proxies.set(0, startProxy(0).ready());
        assertThat(upstream.asked()).isOne();
        assertThat(lines(apiKey, "charge")).isOne();
    }

    private void anAnswerThatCouldNotBeKeptIsNotRunAgain() throws Exception {
        var apiKey = keyOfANewAccount(proxies);
        upstream.shut();
        var asking = threads.submit(() -> ask(proxies.getLast(), apiKey));
        await().atMost(SOON).until(() -> upstream.asked() == 1);
        withoutTheDatabase(() -> {
            upstream.open();
            assertThat(asking.get().statusCode()).as(Keyed.text(asking.get())).isEqualTo(200);
        });
        await().atMost(SOON).until(() -> ask(proxies.getLast(), apiKey).statusCode() == 422);
        assertChargedAndNotKept(ask(proxies.getLast(), apiKey));
        assertThat(upstream.asked()).isOne();
        assertThat(lines(apiKey, "charge")).isOne();
    }

    private interface Meanwhile {
        void run() throws Exception;
    }

    /** Its connections are ended and there are no new ones. */
    private void withoutTheDatabase(Meanwhile meanwhile) throws Exception {
        try (var server = DriverManager.getConnection(
                        proxyDatabase.jdbcUrl().replace("/" + proxyDatabase.name(), "/postgres"),
                        proxyDatabase.username(),
                        proxyDatabase.password());
                var statement = server.createStatement()) {
            var named = "alter database " + proxyDatabase.name() + " with allow_connections ";
            statement.execute(named + "false");
            try {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity" + " where datname = '"
                        + proxyDatabase.name() + "'");
                meanwhile.run();
            } finally {
                statement.execute(named + "true");
            }
        }
    }

    private void withoutTheDatabaseNothingIsRun() throws Exception {
        var apiKey = keyOfANewAccount(proxies);
        upstream.shut();
        upstream.open();
        for (var proxy : proxies) {
            assertThat(send(proxy.url() + PATH, apiKey, BODY).statusCode()).isEqualTo(200);
        }
        withoutTheDatabase(() -> {
            for (var proxy : proxies) {
                var refused = ask(proxy, apiKey);
                assertThat(refused.statusCode()).as(Keyed.text(refused)).isEqualTo(503);
                assertThat(Keyed.text(refused)).contains("idempotency_unavailable");
                assertThat(refused.headers().firstValue("x-should-retry")).hasValue("true");
                assertThat(send(proxy.url() + PATH, apiKey, BODY).statusCode())
                        .as("whoever has no key needs no database")
                        .isEqualTo(200);
            }
        });
        assertThat(upstream.asked()).isEqualTo(2 * proxies.size());
        await().atMost(SOON).until(() -> ask(proxies.getFirst(), apiKey).statusCode() == 200);
        assertThat(upstream.asked()).isEqualTo(2 * proxies.size() + 1);
    }

    /** The ledger knows it all the same. */
    private void withALostStoreNothingIsRunAgain(Answered answered) throws Exception {
        try (var database = database();
                var statement = database.createStatement()) {
            statement.execute("delete from idempotency_key");
            statement.execute("delete from idempotency_account");
        }
        upstream.shut();
        upstream.open();
        for (var proxy : proxies) {
            var refused = ask(proxy, answered.apiKey());
            assertChargedAndNotKept(refused);
            assertThat(Keyed.text(refused))
                    .contains(answered.answer()
                            .headers()
                            .firstValue("x-request-id")
                            .orElseThrow());
        }
        assertThat(upstream.asked()).isZero();
        assertThat(lines(answered.apiKey(), "charge")).isOne();
    }
}
