package com.gogogoapi.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers one request as the behaviour says, in the dialect that it came in. */
final class Exchange {

    private static final long KEEP_ALIVE_MILLIS = 200;
    private static final int LOGGED_CHARS = 200;

    private final RequestLog log;
    private final Supplier<Behaviour> standing;
    private final Scripts scripts;

    Exchange(RequestLog log, Supplier<Behaviour> standing, Scripts scripts) {
        this.log = log;
        this.standing = standing;
        this.scripts = scripts;
    }

    /** @throws tools.jackson.core.JacksonException if the body is no JSON */
    void answer(HttpExchange exchange, Dialect dialect, byte[] body) throws IOException {
        if (!hasKey(exchange)) {
            UpstreamSimulator.json(exchange, 401, dialect.error("no key"));
            return;
        }
        var request = JsonMapper.shared().readTree(body);
        Asked asked;
        try {
            asked = dialect.asked(request);
        } catch (ApiError e) {
            UpstreamSimulator.json(exchange, 400, dialect.error(String.valueOf(e.getMessage())));
            return;
        }
        var last = asked.lastMessage();
        var behaviour = standing.get().askedBy(last);
        var entry = new RequestLog.Entry(
                UUID.randomUUID().toString(),
                exchange.getRequestURI().getPath(),
                request.path("model").asString(""),
                request.path("stream").asBoolean(false),
                asked.maxTokens(),
                asked.userId(),
                last.length() > LOGGED_CHARS ? last.substring(0, LOGGED_CHARS) : last);
        log.begin(entry);
        try {
            if (behaviour.script().isEmpty()) {
                answer(exchange, dialect, asked, request, behaviour, entry);
            } else {
                scripted(exchange, dialect, body, behaviour, entry);
            }
        } catch (Break e) {
            // On its way to the server, which breaks the connection.
            throw e;
        } catch (IOException e) {
            entry.clientLeft = true;
            throw e;
        } finally {
            log.end(entry);
        }
    }

    /** In either of the headers in which DeepSeek looks for it. */
    private static boolean hasKey(HttpExchange exchange) {
        var bearer = exchange.getRequestHeaders().getFirst("Authorization");
        var key = exchange.getRequestHeaders().getFirst("x-api-key");
        return bearer != null && bearer.startsWith("Bearer ") && bearer.length() > "Bearer ".length()
                || key != null && !key.isBlank();
    }

    private void answer(
            HttpExchange exchange,
            Dialect dialect,
            Asked asked,
            JsonNode request,
            Behaviour behaviour,
            RequestLog.Entry entry)
            throws IOException {
        Pause.of(behaviour.firstByteDelayMillis());
        if (behaviour.reset()) {
            throw new Break();
        }
        var fails = behaviour.fail() != 0
                && (behaviour.failTimes() == 0 || log.count(entry.lastMessage) <= behaviour.failTimes());
        entry.status = fails ? behaviour.fail() : 200;
        if (fails) {
            UpstreamSimulator.json(exchange, behaviour.fail(), dialect.error("simulated " + behaviour.fail()));
            return;
        }
        var generated = Generated.of(entry.id, entry.model, asked, behaviour);
        entry.completionTokens = generated.completionTokens();
        if (entry.stream) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            var events = dialect.events(generated, usage(dialect, request, behaviour));
            stream(exchange.getResponseBody(), dialect, behaviour, events);
        } else {
            whole(exchange, dialect, behaviour, generated);
        }
    }

    private void scripted(
            HttpExchange exchange, Dialect dialect, byte[] body, Behaviour behaviour, RequestLog.Entry entry)
            throws IOException {
        Pause.of(behaviour.firstByteDelayMillis());
        var scripted = scripts.ask(behaviour.script(), body);
        entry.status = scripted.map(ScriptedAnswer::status).orElse(404);
        if (scripted.isPresent()) {
            scripted.get().send(exchange);
        } else {
            UpstreamSimulator.json(exchange, 404, dialect.error("no such scripted answer"));
        }
    }

    /** With a stream of chunks it is stated after the end where it is asked for. */
    private static Dialect.Usage usage(Dialect dialect, JsonNode request, Behaviour behaviour) {
        if (behaviour.nothing()) {
            return Dialect.Usage.NONE;
        }
        var isAskedFor = request.path("stream_options").path("include_usage").asBoolean(false);
        return switch (behaviour.usage()) {
            case "none" -> Dialect.Usage.NONE;
            case "finish" -> Dialect.Usage.FINISH;
            default -> isAskedFor || dialect.alwaysStatesUsage() ? Dialect.Usage.TRAILING : Dialect.Usage.NONE;
        };
    }

    private static void whole(HttpExchange exchange, Dialect dialect, Behaviour behaviour, Generated generated)
            throws IOException {
        var withUsage = !behaviour.usage().equals("none") && !behaviour.nothing();
        var body = JsonMapper.shared().writeValueAsBytes(dialect.whole(generated, withUsage));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        if (behaviour.keepAliveComments()) {
            out.write("\n\n\n".getBytes(UTF_8));
            out.flush();
        }
        Pause.of(behaviour.chunkDelayMillis() * generated.size());
        if (behaviour.cutAfterChunks() >= 0) {
            out.write(body, 0, body.length / 2);
            out.flush();
            throw new Break();
        }
        if (behaviour.stallAfterChunks() >= 0) {
            out.write(body, 0, body.length / 2);
            out.flush();
            Pause.of(Pause.STALL_MILLIS);
        }
        out.write(body);
        out.close();
    }

    private static void stream(OutputStream out, Dialect dialect, Behaviour behaviour, Events events)
            throws IOException {
        for (var event : events.beginning()) {
            send(out, event);
        }
        var sent = 0L;
        for (var piece : events.pieces()) {
            if (isEndedByAnError(out, dialect, behaviour, sent)) {
                return;
            }
            disturb(out, behaviour, sent);
            wait(out, behaviour);
            send(out, piece);
            sent++;
        }
        if (isEndedByAnError(out, dialect, behaviour, sent)) {
            return;
        }
        disturb(out, behaviour, sent);
        for (var event : events.ending()) {
            send(out, event);
        }
        out.close();
    }

    /** In good order: what a broken connection takes with it of the pieces before is nobody's to say. */
    private static boolean isEndedByAnError(OutputStream out, Dialect dialect, Behaviour behaviour, long sent)
            throws IOException {
        if (sent != behaviour.errorAfterChunks()) {
            return false;
        }
        send(out, dialect.errorEvent("simulated"));
        out.close();
        return true;
    }

    private static void disturb(OutputStream out, Behaviour behaviour, long sent) throws IOException {
        if (sent == behaviour.cutAfterChunks()) {
            throw new Break();
        }
        if (sent == behaviour.stallAfterChunks()) {
            for (var waited = 0L; waited < Pause.STALL_MILLIS; waited += KEEP_ALIVE_MILLIS) {
                if (behaviour.keepAliveComments()) {
                    send(out, ": keep-alive\n\n");
                }
                Pause.of(KEEP_ALIVE_MILLIS);
            }
        }
    }

    private static void wait(OutputStream out, Behaviour behaviour) throws IOException {
        if (behaviour.keepAliveComments()) {
            send(out, ": keep-alive\n\n");
        }
        Pause.of(behaviour.chunkDelayMillis());
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
