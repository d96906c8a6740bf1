package com.gogogoapi.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What upstreams do, in every protocol and in both forms of an answer. Waits are those of {@link #SETTINGS}: a 45th of what is
 * set unless somebody sets otherwise, and so are the times here.
 *
 * @param does of the upstream
 * @param stream whether a stream was asked for
 * @param marker what asks the simulator for it, when it has been taught
 */
record UpstreamFaults(String does, boolean stream, Function<Spoken, String> marker) {

    static final int LIMIT = 50;

    /** How much faster than by default everything is waited for. */
    static final int FASTER = 45;

    private static final int MINUTE_MILLIS = 60_000 / FASTER;
    private static final int SECOND_MILLIS = 1_000 / FASTER;

    static final List<String> SETTINGS = List.of(
            "gogogoapi.proxy.upstream.first-byte-timeout=" + 10 * MINUTE_MILLIS + "ms",
            "gogogoapi.proxy.upstream.no-progress-timeout=" + 90 * SECOND_MILLIS + "ms",
            "gogogoapi.proxy.upstream.queue-timeout=" + 10 * MINUTE_MILLIS + "ms",
            "gogogoapi.proxy.upstream.total-timeout=" + 14 * MINUTE_MILLIS + "ms");

    static List<UpstreamFaults> all(RunningSystem system) {
        return new Catalogue(system).all;
    }

    private static final class Catalogue {

        private final List<UpstreamFaults> all = new ArrayList<>();
        private final RunningSystem system;

        Catalogue(RunningSystem system) {
            this.system = system;
            beforeItsAnswer();
            inTime();
            broken();
            usages();
        }

        private void both(String does, String settings) {
            for (var stream : new boolean[] {false, true}) {
                all.add(new UpstreamFaults(does, stream, protocol -> "[[sim: " + settings + "]]"));
            }
        }

        private void whole(String does, Function<Spoken, ScriptedUpstream> upstream) {
            all.add(new UpstreamFaults(
                    does, false, protocol -> upstream.apply(protocol).taughtTo(system)));
        }

        private void streamed(String does, Function<SpokenStream, ScriptedUpstream> upstream) {
            all.add(new UpstreamFaults(does, true, protocol -> upstream.apply(new SpokenStream(protocol))
                    .taughtTo(system)));
        }

        private void beforeItsAnswer() {
            both("breaks the connection before its answer", "reset");
            for (var status : new int[] {400, 401, 402, 422, 429, 500, 503}) {
                both("answers " + status, "fail=" + status);
            }
            whole("answers 429 with `Retry-After: 7`", protocol -> busy());
            streamed("answers 429 with `Retry-After: 7`", stream -> busy());
        }

        private static ScriptedUpstream busy() {
            return ScriptedUpstream.whole("{\"error\":{\"message\":\"busy\"}}")
                    .withStatus(429)
                    .withHeader("Retry-After", "7");
        }

        private void inTime() {
            both("says nothing, not even a head", "first-byte-delay-ms=" + 60 * MINUTE_MILLIS);
            streamed("hangs after its head", stream -> ScriptedUpstream.stream("")
                    .ending("stall"));
            streamed("hangs after three tokens", stream -> ScriptedUpstream.stream(stream.beginning(), stream.words(3))
                    .ending("stall"));
            streamed(
                    "keeps the connection alive after three tokens, and says no more",
                    stream ->
                            kept(ScriptedUpstream.stream(stream.beginning(), stream.words(3)), ": keep-alive\n\n", 20));
            whole("hangs in the middle", protocol -> ScriptedUpstream.whole(half(answer(protocol)))
                    .ending("stall"));
            streamed("keeps the connection alive for two minutes, and answers then", stream -> kept(
                            ScriptedUpstream.stream(""), ": keep-alive\n\n", 2)
                    .then(stream.whole(3, stream.usage(9, 3))));
            whole(
                    "keeps the connection alive for two minutes, and answers then",
                    protocol -> kept(ScriptedUpstream.whole(""), "\n", 2).then(answer(protocol)));
            streamed(
                    "keeps the connection alive for twenty minutes",
                    stream -> kept(ScriptedUpstream.stream(""), ": keep-alive\n\n", 20));
            whole(
                    "keeps the connection alive for twenty minutes",
                    protocol -> kept(ScriptedUpstream.whole(""), "\n", 20));
            streamed(
                    "sends an event of 300 bytes, a byte a second",
                    stream -> dripping(ScriptedUpstream.stream(""), "data: " + " ".repeat(300)));
            streamed(
                    "sends an event of 300 bytes, a byte a second, after three tokens",
                    stream -> dripping(
                            ScriptedUpstream.stream(stream.beginning(), stream.words(3)), "data: " + " ".repeat(300)));
            whole("sends a byte a second", protocol -> dripping(ScriptedUpstream.whole(""), answer(protocol)));
        }

        private static String answer(Spoken protocol) {
            return protocol.whole(" the the the", "{\"input_tokens\":9,\"output_tokens\":3}", "");
        }

        private static String half(String text) {
            return text.substring(0, text.length() / 2);
        }

        private static ScriptedUpstream kept(ScriptedUpstream upstream, String sign, int minutes) {
            for (var tenSeconds = 0; tenSeconds < minutes * 6; tenSeconds++) {
                upstream.after(MINUTE_MILLIS / 6, sign);
            }
            return upstream;
        }

        private static ScriptedUpstream dripping(ScriptedUpstream upstream, String text) {
            text.codePoints().forEach(one -> upstream.after(SECOND_MILLIS, Character.toString(one)));
            return upstream;
        }

        private void broken() {
            streamed(
                    "closes in the middle of an event",
                    stream -> ScriptedUpstream.stream(stream.beginning(), stream.words(3), half(stream.words(1))));
            streamed("breaks the connection after three tokens", stream -> ScriptedUpstream.stream(stream.beginning())
                    .after(200, stream.words(3))
                    .after(500, "")
                    .ending("break"));
            whole("breaks the connection in the middle", protocol -> ScriptedUpstream.whole(half(answer(protocol)))
                    .ending("break"));
            streamed(
                    "closes after three tokens, without an end",
                    stream -> ScriptedUpstream.stream(stream.beginning(), stream.words(3)));
            streamed(
                    "closes after its reason to finish, without an end",
                    stream -> ScriptedUpstream.stream(
                            stream.beginning(), stream.words(3), stream.finish(stream.usage(9, 3))));
            streamed("sends malformed JSON at first", stream -> ScriptedUpstream.stream("data: {\"id\":,}\n\n"));
            streamed(
                    "sends malformed JSON after three tokens",
                    stream -> ScriptedUpstream.stream(
                            stream.beginning(), stream.words(3), "data: {\"id\":,}\n\n", stream.end("null")));
            whole("sends malformed JSON", protocol -> ScriptedUpstream.whole(half(answer(protocol))));
            streamed("tells an error at first", stream -> ScriptedUpstream.stream(stream.error()));
            streamed(
                    "tells an error after three tokens",
                    stream -> ScriptedUpstream.stream(
                            stream.beginning(), stream.words(3), stream.error(), stream.end("null")));
            whole(
                    "tells an error with status 200",
                    protocol -> ScriptedUpstream.whole("{\"error\":{\"message\":\"busy\"}}"));
            streamed(
                    "ends without having said or stated anything",
                    stream -> ScriptedUpstream.stream(stream.beginning(), stream.finish("null"), stream.end("null")));
            whole(
                    "ends without having said or stated anything",
                    protocol -> ScriptedUpstream.whole(protocol.whole("", "null", "")));
        }

        private void usages() {
            streamed(
                    "states a usage at its beginning alone",
                    stream -> ScriptedUpstream.stream(
                            stream.beginning(stream.usage(9, 1)),
                            stream.words(3),
                            stream.finish("null"),
                            stream.end("null")));
            streamed(
                    "states a usage twice, 1 and then 3 tokens",
                    stream -> ScriptedUpstream.stream(
                            stream.beginning(stream.usage(9, 1)),
                            stream.words(3),
                            stream.finish(stream.usage(9, 3)),
                            stream.end(stream.usage(9, 3))));
            streamed(
                    "states its usage after its reason to finish",
                    stream -> ScriptedUpstream.stream(
                            stream.beginning(),
                            stream.words(3),
                            stream.finish("null"),
                            stream.usageAfterwards(stream.usage(9, 3)),
                            stream.end(stream.usage(9, 3))));
            stated("states no usage", 3, null, null);
            stated("states a usage of zeros", 3, 0L, 0L);
            stated("states 900,000,000 tokens of answer", 3, 9L, 900_000_000L);
            stated("states 900,000,000 tokens of prompt", 3, 900_000_000L, 3L);
            stated("sends more than the limit and states no usage", LIMIT + 30, null, null);
            stated("sends more than the limit and states it", LIMIT + 30, 9L, LIMIT + 30L);
        }

        private void stated(String does, int words, Long prompt, Long completion) {
            streamed(
                    does,
                    stream -> ScriptedUpstream.stream(
                            stream.whole(words, prompt == null ? "null" : stream.usage(prompt, completion))));
            whole(
                    does,
                    protocol -> ScriptedUpstream.whole(protocol.whole(
                            " the".repeat(words),
                            prompt == null
                                    ? "null"
                                    : "{\"input_tokens\":" + prompt + ",\"output_tokens\":" + completion + "}",
                            "")));
        }
    }
}
