package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static com.gogogoapi.acceptance.Customer.flashCost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Whatever an upstream or a client does, in each protocol: what the client sees, what is charged, by which rule, and that
 * nothing stays held. The table in docs/outcomes.md is what this run showed; {@code -Doutcomes.write=true} writes it there.
 */
@Tag("acceptance")
@Tag("long")
class FaultMatrixTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "outcomes.md");
    private static final Pattern TABLE =
            Pattern.compile("(?m)^\\| the upstream, or the client \\|[^\\n]*\\n(^\\|[^\\n]*\\n)*");
    private static final int AT_ONCE = 24;
    private static final Duration SOON = Duration.ofMinutes(2);

    private static RunningSystem system;
    private static Customer customer;

    /** One whose upstream is an address that nobody listens at. */
    private static RunningSystem refused;

    private static Customer refusedCustomer;
    private static SocketChannel nobodyListens;

    /** In which form of an answer, and in which protocol, it was tried. */
    private record Asked(boolean stream, Spoken protocol) {

        String form() {
            return stream ? "stream" : "whole";
        }
    }

    /** By what was done, in the order in which it is told; then by how it was tried. */
    private static final Map<String, Map<Asked, String>> SEEN = new LinkedHashMap<>();

    /** One of these at work. */
    private record Running(String does, Asked asked, Future<String> seen) {}

    @BeforeAll
    static void everything() throws Exception {
        system = RunningSystem.startWith(UpstreamFaults.SETTINGS.toArray(String[]::new));
        customer = system.customer("10.00");
        // Bound, so that nobody else listens there either.
        nobodyListens = SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        refused = RunningSystem.startWithArguments(
                "--upstream", "http://127.0.0.1:" + ((InetSocketAddress) nobodyListens.getLocalAddress()).getPort());
        refusedCustomer = refused.customer("1.00");
        // So that no circuit breaker opens: of what follows most fails.
        for (var i = 0; i < 10; i++) {
            system.customer("1.00").isServedWell();
        }
        var places = new Semaphore(AT_ONCE);
        var running = new ArrayList<Running>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var stream : new boolean[] {false, true}) {
                for (var protocol : Spoken.values()) {
                    running.add(new Running(
                            "refuses the connection",
                            new Asked(stream, protocol),
                            threads.submit(() -> seen(refusedCustomer, protocol, "Hello", stream))));
                }
            }
            for (var fault : UpstreamFaults.all(system)) {
                for (var protocol : Spoken.values()) {
                    running.add(new Running(fault.does(), new Asked(fault.stream(), protocol), threads.submit(() -> {
                        places.acquire();
                        try {
                            return seen(
                                    customer,
                                    protocol,
                                    "Hello " + fault.marker().apply(protocol),
                                    fault.stream());
                        } finally {
                            places.release();
                        }
                    })));
                }
            }
            for (var protocol : Spoken.values()) {
                for (var stream : new boolean[] {false, true}) {
                    leaving(protocol, stream)
                            .forEach((does, seen) ->
                                    running.add(new Running(does, new Asked(stream, protocol), threads.submit(seen))));
                }
            }
            for (var one : running) {
                SEEN.computeIfAbsent(one.does(), does -> new LinkedHashMap<>())
                        .put(one.asked(), one.seen().get());
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        system.close();
        refused.close();
        nobodyListens.close();
    }

    private static String seen(Customer customer, Spoken protocol, String prompt, boolean stream) {
        var body = protocol.body(prompt, UpstreamFaults.LIMIT, stream);
        var answer = customer.system().send("POST", protocol.path(), customer.apiKey(), body);
        var requestId = answer.headers().firstValue("x-request-id").orElseThrow();
        return told(protocol, answer, stream) + " | " + charged(end(customer, requestId));
    }

    private static String told(Spoken protocol, HttpResponse<String> answer, boolean stream) {
        if (answer.statusCode() != 200) {
            return answer.statusCode() + " `"
                    + protocol.error(answer.body()).path("code").asString() + "`"
                    + answer.headers()
                            .firstValue("Retry-After")
                            .map(seconds -> ", after " + seconds + " s again")
                            .orElse("")
                    + answer.headers()
                            .firstValue("x-should-retry")
                            .filter(should -> should.equals("false"))
                            .map(should -> ", not again")
                            .orElse("");
        }
        if (!stream) {
            return "200, the answer";
        }
        if (protocol.isWhole(answer.body())) {
            return "200, to its end";
        }
        assertThat(protocol.isBroken(answer.body())).as(answer.body()).isTrue();
        return "200, at last `" + protocol.lastError(answer.body()).path("code").asString() + "`";
    }

    private static JsonNode end(Customer customer, String requestId) {
        return await().atMost(SOON)
                .until(
                        () -> customer.statement().stream()
                                .filter(line ->
                                        line.path("request_id").asString("").equals(requestId))
                                .filter(line -> !line.path("type").asString().equals("hold"))
                                .toList(),
                        lines -> lines.size() == 1)
                .getFirst();
    }

    /** What it says is what it costs. */
    private static String charged(JsonNode line) {
        var rule = " | `" + line.path("rule").asString() + "` |";
        if (line.path("type").asString().equals("release")) {
            return "nothing" + rule;
        }
        var prompt = line.path("prompt_tokens").asLong();
        var cached = line.path("cached_prompt_tokens").asLong();
        var completion = line.path("completion_tokens").asLong();
        assertThat(amount(line, "amount_usd"))
                .as(line.toString())
                .isEqualByComparingTo(flashCost(prompt - cached, cached, completion));
        var counted = line.path("usage_estimated").asBoolean();
        var delivered = line.path("rule").asString().equals("CLIENT_LEFT") ? "what came" : String.valueOf(completion);
        if (line.path("above_hold_usd").isString()) {
            return (prompt == 9 ? "9 + " + completion : "the prompt's bound + " + completion) + ", of what is stated"
                    + rule;
        }
        return (counted ? "the prompt + " + delivered + ", counted" : prompt + " + " + completion + ", as stated")
                + rule;
    }

    /** A client that goes, each with an account of its own: of who leaves early not everything is free. */
    private static Map<String, Callable<String>> leaving(Spoken protocol, boolean stream) {
        var ways = new LinkedHashMap<String, Callable<String>>();
        ways.put(
                "*the client* leaves before the first byte",
                () -> left(protocol, "first-byte-delay-ms=60000", stream, 0));
        ways.put(
                "*the client* leaves in the middle",
                () -> stream
                        ? left(protocol, "tokens=5000, chunk-delay-ms=10", true, 5)
                        : left(protocol, "stall-after=0", false, 0));
        ways.put("*the client* leaves after the end", () -> left(protocol, "tokens=3", stream, Integer.MAX_VALUE));
        return ways;
    }

    /** @param events that are read before it goes; none is before the head */
    private static String left(Spoken protocol, String settings, boolean stream, int events) throws IOException {
        var leaver = system.customer("1.00");
        var at = URI.create(system.url("/"));
        try (var socket = new Socket(at.getHost(), at.getPort())) {
            socket.getOutputStream()
                    .write(RawHttp.request(
                                    "POST " + protocol.path(),
                                    "Content-Type: application/json\r\nAuthorization: Bearer " + leaver.apiKey()
                                            + "\r\n",
                                    protocol.body("Hello [[sim: " + settings + "]]", 5_000, stream))
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            if (events == 0) {
                await().atMost(SOON).until(() -> leaver.books().openHolds() == 1);
            } else {
                var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                for (var seen = 0; seen < events; ) {
                    var line = reader.readLine();
                    if (line == null) {
                        break;
                    }
                    seen += line.startsWith("data:") ? 1 : 0;
                }
            }
        }
        leaver.booksAtRest();
        var line = leaver.lastLine();
        var charge = line.path("rule").asString().equals("COMPLETED") ? "as stated | `COMPLETED` |" : charged(line);
        return (events == 0 ? "nothing" : events < Integer.MAX_VALUE ? "200, the beginning" : "200, to its end") + " | "
                + charge;
    }

    @Test
    void nothingStaysHeld() {
        for (var one : List.of(customer, refusedCustomer)) {
            var books = one.booksAtRest();
            assertThat(books.held()).isZero();
            assertThat(books.openHolds()).isZero();
        }
    }

    @Test
    void theDocumentHasWhatWasSeen() throws IOException {
        var document = Files.readString(DOCUMENT);
        var written = TABLE.matcher(document).replaceFirst(Matcher.quoteReplacement(table()));
        if (Boolean.getBoolean("outcomes.write")) {
            Files.writeString(DOCUMENT, written);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/outcomes.md; -Doutcomes.write=true writes it")
                .isEqualTo(written)
                .contains(table());
    }

    private static String table() {
        return "| the upstream, or the client | asked for | protocol | the client sees | charged | rule |\n"
                + "| --- | --- | --- | --- | --- | --- |\n"
                + SEEN.entrySet().stream()
                        .flatMap(did -> rows(did.getKey(), did.getValue()))
                        .collect(Collectors.joining());
    }

    /** One for all forms and protocols in which the same was seen. */
    private static Stream<String> rows(String does, Map<Asked, String> seen) {
        var forms = new LinkedHashMap<String, List<String>>();
        seen.keySet().stream().map(Asked::form).distinct().forEach(form -> ofForm(form, seen)
                .forEach(row ->
                        forms.computeIfAbsent(row, same -> new ArrayList<>()).add(form)));
        return forms.entrySet().stream()
                .map(same -> "| " + does + " | " + String.join(", ", same.getValue()) + " | " + same.getKey() + "\n");
    }

    private static Stream<String> ofForm(String form, Map<Asked, String> seen) {
        var protocols = new LinkedHashMap<String, List<String>>();
        seen.forEach((asked, what) -> {
            if (asked.form().equals(form)) {
                protocols
                        .computeIfAbsent(what, same -> new ArrayList<>())
                        .add(asked.protocol().wireName());
            }
        });
        return protocols.entrySet().stream()
                .map(same ->
                        (same.getValue().size() == Spoken.values().length ? "all" : String.join(", ", same.getValue()))
                                + " | " + same.getKey());
    }
}
