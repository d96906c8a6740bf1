package com.gogogoapi.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes that go through are the bytes that came, but where a rule of {@link PassedThrough} names the difference: odd
 * requests and odd answers in every protocol, whole and streamed, each asked of the simulator directly and through the system.
 * Each is made from its seed, which a failure names.
 */
@Tag("acceptance")
class PassThroughTest {

    private static final long SEED = 20_261_127;
    private static final int CASES = 130;
    private static final int AT_ONCE = 8;

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer CUSTOMER = SYSTEM.customer("20.00");

    private final HttpClient client = HttpClient.newHttpClient();

    static Stream<Arguments> everyWay() {
        return Stream.of(Spoken.values())
                .flatMap(protocol -> Stream.of(Arguments.of(protocol, false), Arguments.of(protocol, true)));
    }

    @ParameterizedTest(name = "{0}, streamed {1}")
    @MethodSource("everyWay")
    void whatGoesThroughIsWhatCame(Spoken protocol, boolean stream) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var cases = new ArrayList<Future<String>>();
            for (var number = 0; number < CASES; number++) {
                var seed = SEED + number + CASES * (2L * protocol.ordinal() + (stream ? 1 : 0));
                cases.add(threads.submit((Callable<String>) () -> failure(protocol, stream, seed)));
            }
            var failures = new ArrayList<String>();
            for (var one : cases) {
                failures.add(one.get());
            }
            assertThat(failures).hasSize(CASES).allMatch(String::isEmpty);
        }
    }

    /** What is wrong; empty for nothing. */
    private String failure(Spoken protocol, boolean stream, long seed) throws Exception {
        try {
            goThrough(protocol, stream, new Random(seed));
            return "";
        } catch (AssertionError e) {
            return "seed " + seed + ": " + e.getMessage();
        }
    }

    private void goThrough(Spoken protocol, boolean stream, Random random) throws Exception {
        var answer = stream ? stream(protocol, random) : whole(protocol, random);
        var script = stream ? ScriptedUpstream.stream(answer) : ScriptedUpstream.whole(answer);
        var marker = script.taughtTo(SYSTEM);
        try {
            var isUsageAskedFor = random.nextBoolean();
            var request = request(protocol, stream, isUsageAskedFor, marker, random);

            var direct = send(SYSTEM.access("upstream_url") + protocol.upstreamPath(), request);
            assertThat(direct.statusCode()).as(direct.body()).isEqualTo(200);
            assertThat(direct.body()).as("what the upstream answers").isEqualTo(answer);

            var through = send(SYSTEM.url(protocol.path()), request);
            assertThat(through.statusCode()).as(through.body()).isEqualTo(200);
            var rules = new PassedThrough(protocol);
            rules.assertRequest(request, script.asked(SYSTEM), stream);
            if (stream) {
                rules.assertStream(direct.body(), through.body(), isUsageAskedFor);
            } else {
                rules.assertWhole(direct.body(), through.body());
            }
        } finally {
            script.forgottenBy(SYSTEM);
        }
    }

    private HttpResponse<String> send(String url, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + CUSTOMER.apiKey())
                        .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    /** In any order, with fields of ours, of others and of nobody's. */
    private static String request(
            Spoken protocol, boolean stream, boolean isUsageAskedFor, String marker, Random random) {
        var odd = new OddJson(random, false);
        var text = "\"" + odd.text() + " " + marker + odd.text() + "\"";
        var members = new ArrayList<>(odd.members(random.nextInt(6)));
        members.add(odd.member("model", "\"deepseek-v4-flash\""));
        members.add(odd.member(protocol == Spoken.RESPONSES ? "max_output_tokens" : "max_tokens", "200"));
        if (stream || random.nextBoolean()) {
            members.add(odd.member("stream", String.valueOf(stream)));
        }
        members.add(
                switch (protocol) {
                    case CHAT, MESSAGES ->
                        odd.member("messages", odd.within("[{\"role\":\"user\",\"content\":" + text + "}]"));
                    case COMPLETIONS -> odd.member("prompt", text);
                    case RESPONSES -> odd.member("input", text);
                });
        if (isUsageAskedFor) {
            members.add(odd.member("stream_options", odd.within("{\"include_usage\":true}")));
        }
        for (var name : List.of("user", "user_id", "expectedCompletionTokens", "temperature", "top_p")) {
            if (random.nextBoolean()) {
                members.add(odd.member(
                        name, name.startsWith("user") ? "\"me\"" : name.startsWith("expected") ? "7" : "0.70"));
            }
        }
        if (protocol == Spoken.MESSAGES && random.nextBoolean()) {
            members.add(odd.member("metadata", odd.within("{\"user_id\":\"me\"}")));
        }
        Collections.shuffle(members, random);
        return "{" + String.join(",", members) + "}";
    }

    private static String whole(Spoken protocol, Random random) {
        var odd = new OddJson(random, false);
        return odd.within(protocol.whole(odd.text(), odd.within("{\"input_tokens\":9,\"output_tokens\":3}"), ""));
    }

    /** With the usage wherever it may be, and what may stand beside data. */
    private static String stream(Spoken protocol, Random random) {
        var stream = new SpokenStream(protocol);
        var odd = new OddJson(random, true);
        var usage = odd.within(stream.usage(9, 3));
        var events = random.nextBoolean()
                ? stream.beginning() + stream.words(2) + stream.finish(usage) + stream.end(usage)
                : stream.beginning()
                        + stream.words(2)
                        + stream.finish("null")
                        + stream.usageAfterwards(usage)
                        + stream.end(usage);
        var sent = new StringBuilder();
        for (var event : events.split("(?<=\n\n)")) {
            if (random.nextInt(4) == 0) {
                sent.append(": keep-alive\n\n");
            }
            if (random.nextInt(4) == 0) {
                sent.append("id: 7\n");
            }
            var isEnd = event.contains("[DONE]");
            // A chunk of nothing but a usage is known by its form.
            var isPlain = isEnd || event.contains("\"choices\":[]");
            var said = isPlain
                    ? event
                    : event.substring(0, event.indexOf("data: ") + 6)
                            + odd.within(event.substring(event.indexOf("data: ") + 6));
            sent.append(isEnd || random.nextInt(4) != 0 ? said : said.replace("\n", "\r\n"));
        }
        return sent.toString();
    }
}
