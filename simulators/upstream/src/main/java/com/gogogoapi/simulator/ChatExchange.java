package com.gogogoapi.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers one chat request as the behaviour says. */
final class ChatExchange {

    private static final long KEEP_ALIVE_MILLIS = 200;

    private final RequestLog log;
    private final Supplier<Behaviour> standing;
    private final Function<String, Optional<ScriptedAnswer>> scripts;

    /** @param scripts the scripted answer of a name */
    ChatExchange(RequestLog log, Supplier<Behaviour> standing, Function<String, Optional<ScriptedAnswer>> scripts) {
        this.log = log;
        this.standing = standing;
        this.scripts = scripts;
    }

    void answer(HttpExchange exchange, JsonNode request) throws IOException {
        var key = exchange.getRequestHeaders().getFirst("Authorization");
        if (key == null || !key.startsWith("Bearer ") || key.length() <= "Bearer ".length()) {
            UpstreamSimulator.json(exchange, 401, UpstreamSimulator.error("no key"));
            return;
        }
        var messages = request.path("messages");
        var lastMessage = messages.isEmpty()
                ? ""
                : messages.get(messages.size() - 1).path("content").toString();
        var behaviour = standing.get().askedBy(lastMessage);
        var entry = new RequestLog.Entry(
                UUID.randomUUID().toString(),
                request.path("model").asString(""),
                request.path("stream").asBoolean(false),
                request.has("max_tokens") ? request.path("max_tokens").asLong() : null,
                request.path("user_id").asString(""),
                lastMessage.length() > 200 ? lastMessage.substring(0, 200) : lastMessage);
        log.begin(entry);
        try {
            answer(exchange, request, behaviour, entry);
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

    private void answer(HttpExchange exchange, JsonNode request, Behaviour behaviour, RequestLog.Entry entry)
            throws IOException {
        Pause.of(behaviour.firstByteDelayMillis());
        if (!behaviour.script().isEmpty()) {
            var scripted = scripts.apply(behaviour.script());
            entry.status = scripted.map(ScriptedAnswer::status).orElse(404);
            if (scripted.isPresent()) {
                scripted.get().send(exchange);
            } else {
                UpstreamSimulator.json(exchange, 404, UpstreamSimulator.error("no such scripted answer"));
            }
            return;
        }
        if (behaviour.reset()) {
            throw new Break();
        }
        entry.status = behaviour.fail() == 0 ? 200 : behaviour.fail();
        if (behaviour.fail() != 0) {
            UpstreamSimulator.json(
                    exchange, behaviour.fail(), UpstreamSimulator.error("simulated " + behaviour.fail()));
            return;
        }
        var completion = Completion.of("chatcmpl-" + entry.id, request, behaviour);
        entry.completionTokens = completion.completionTokens();
        if (entry.stream) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            stream(exchange.getResponseBody(), request, behaviour, completion);
        } else {
            whole(exchange, behaviour, completion);
        }
    }

    private static void whole(HttpExchange exchange, Behaviour behaviour, Completion completion) throws IOException {
        var withUsage = !behaviour.usage().equals("none") && !behaviour.nothing();
        var body = JsonMapper.shared().writeValueAsBytes(completion.whole(withUsage));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        if (behaviour.keepAliveComments()) {
            out.write("\n\n\n".getBytes(UTF_8));
            out.flush();
        }
        Pause.of(behaviour.chunkDelayMillis() * completion.pieces().size());
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

    private static void stream(OutputStream out, JsonNode request, Behaviour behaviour, Completion completion)
            throws IOException {
        send(out, completion.roleChunk());
        var sent = 0L;
        for (var piece : completion.pieces()) {
            disturb(out, behaviour, sent);
            wait(out, behaviour);
            send(out, completion.pieceChunk(piece));
            sent++;
        }
        disturb(out, behaviour, sent);
        send(out, completion.finishChunk(behaviour.usage().equals("finish")));
        var asked = request.path("stream_options").path("include_usage").asBoolean(false);
        if (asked && behaviour.usage().equals("trailing") && !behaviour.nothing()) {
            send(out, completion.usageChunk());
        }
        out.write("data: [DONE]\n\n".getBytes(UTF_8));
        out.close();
    }

    private static void disturb(OutputStream out, Behaviour behaviour, long sent) throws IOException {
        if (sent == behaviour.cutAfterChunks()) {
            throw new Break();
        }
        if (sent == behaviour.errorAfterChunks()) {
            out.write(("data: " + JsonMapper.shared().writeValueAsString(UpstreamSimulator.error("simulated")) + "\n\n")
                    .getBytes(UTF_8));
            out.flush();
            throw new Break();
        }
        if (sent == behaviour.stallAfterChunks()) {
            for (var waited = 0L; waited < Pause.STALL_MILLIS; waited += KEEP_ALIVE_MILLIS) {
                if (behaviour.keepAliveComments()) {
                    comment(out);
                }
                Pause.of(KEEP_ALIVE_MILLIS);
            }
        }
    }

    private static void wait(OutputStream out, Behaviour behaviour) throws IOException {
        if (behaviour.keepAliveComments()) {
            comment(out);
        }
        Pause.of(behaviour.chunkDelayMillis());
    }

    private static void comment(OutputStream out) throws IOException {
        out.write(": keep-alive\n\n".getBytes(UTF_8));
        out.flush();
    }

    private static void send(OutputStream out, JsonNode chunk) throws IOException {
        out.write(("data: " + JsonMapper.shared().writeValueAsString(chunk) + "\n\n").getBytes(UTF_8));
        out.flush();
    }
}
