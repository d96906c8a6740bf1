package com.gogogoapi.proxy.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.proxy.upstream.UpstreamAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * A completion as it is generated: each line goes on as it comes, the last one only when the request is settled, so that
 * a client that has seen the end finds its charge in the books.
 *
 * <p>Whatever breaks, the hold is ended by the rule for it before this returns.
 */
@Component
class StreamedAnswer {

    private static final Logger log = LoggerFactory.getLogger(StreamedAnswer.class);

    private final Holds holds;
    private final DeliveredTokens deliveredTokens;

    StreamedAnswer(Holds holds, DeliveredTokens deliveredTokens) {
        this.holds = holds;
        this.deliveredTokens = deliveredTokens;
    }

    /** How reading the upstream ended. */
    private enum End {
        IN_ORDER,
        BROKEN,
        CLIENT_LEFT
    }

    /** The client cannot be written to. */
    private static final class ClientLeft extends Exception {
        private static final long serialVersionUID = 1L;

        ClientLeft(IOException cause) {
            super(cause);
        }
    }

    void relay(UpstreamAnswer answer, HeldRequest hold, boolean usageAskedFor, HttpServletResponse response)
            throws IOException {
        var filter = new ChunkFilter(usageAskedFor, hold.reserved().prices());
        var client = new Client(response);
        var end = read(answer, filter, client);
        // Before settling: nothing more is to be generated for an answer that nobody reads.
        answer.close();
        settle(answer, hold, filter, end);
        switch (end) {
            case IN_ORDER -> client.finish("data: [DONE]\n\n");
            case BROKEN -> breakOff(answer, filter, client);
            case CLIENT_LEFT ->
                log.info("the client left request {} midway", hold.reserved().requestId());
        }
    }

    private End read(UpstreamAnswer answer, ChunkFilter filter, Client client) {
        try {
            var lines = new SseLines(answer.body());
            for (var line = lines.next(); line != null; line = lines.next()) {
                switch (filter.look(line)) {
                    case ChunkFilter.Verdict.Forward(var bytes, var content) -> {
                        if (content) {
                            answer.progressed();
                        }
                        client.send(bytes);
                    }
                    case ChunkFilter.Verdict.Hide hidden -> answer.progressed();
                    case ChunkFilter.Verdict.Done done -> {
                        answer.servedWell();
                        return End.IN_ORDER;
                    }
                    case ChunkFilter.Verdict.Broken broken -> {
                        log.warn("upstream: {}", broken.message());
                        return End.BROKEN;
                    }
                }
            }
            if (filter.cameToItsEnd()) {
                answer.servedWell();
                return End.IN_ORDER;
            }
            return End.BROKEN;
        } catch (IOException e) {
            log.warn("the upstream's stream broke: {}", e.toString());
            return End.BROKEN;
        } catch (ClientLeft e) {
            // Not the upstream's fault.
            answer.servedWell();
            return End.CLIENT_LEFT;
        }
    }

    private void settle(UpstreamAnswer answer, HeldRequest hold, ChunkFilter filter, End end) {
        var usage = filter.usage();
        var nothing = filter.delivered().isEmpty() && usage.isEmpty();
        var outcome =
                switch (end) {
                    case IN_ORDER ->
                        nothing
                                ? Outcome.NOTHING_SERVED
                                : usage.isPresent() ? Outcome.COMPLETED : Outcome.USAGE_MISSING;
                    case CLIENT_LEFT -> nothing ? Outcome.CLIENT_LEFT_EARLY : Outcome.CLIENT_LEFT;
                    case BROKEN -> {
                        if (answer.timedOut()) {
                            yield nothing ? Outcome.TIMED_OUT : Outcome.TIMED_OUT_MIDWAY;
                        }
                        yield nothing ? Outcome.UPSTREAM_FAILED : Outcome.UPSTREAM_FAILED_MIDWAY;
                    }
                };
        if (nothing) {
            holds.release(hold, outcome);
        } else if (usage.isPresent()) {
            holds.settle(hold, outcome, usage.get(), false, filter.upstreamId());
        } else {
            var estimate = deliveredTokens.estimate(hold, filter.delivered());
            holds.settle(hold, outcome, estimate, true, filter.upstreamId());
        }
    }

    private static void breakOff(UpstreamAnswer answer, ChunkFilter filter, Client client) throws IOException {
        var error = answer.timedOut()
                ? ApiError.upstreamTimeout("The upstream stopped in the middle of its answer.")
                : ApiError.upstreamError("The upstream failed in the middle of its answer.");
        if (!client.hasStarted()) {
            throw error.withShouldRetry(false);
        }
        var chunk = new java.util.LinkedHashMap<String, Object>();
        var id = filter.upstreamId();
        chunk.put("id", id == null ? "" : id);
        chunk.put("object", "chat.completion.chunk");
        chunk.put("choices", List.of(Map.of("index", 0, "delta", Map.of(), "finish_reason", "error")));
        chunk.putAll(error.body());
        client.finish("data: " + JsonMapper.shared().writeValueAsString(chunk) + "\n\n");
    }

    /** The client's end of the stream; its answer's head is sent with the first line. */
    private static final class Client {

        private final HttpServletResponse response;
        private boolean started;
        private boolean pending;

        Client(HttpServletResponse response) {
            this.response = response;
        }

        boolean hasStarted() {
            return started;
        }

        void send(byte[] line) throws ClientLeft {
            try {
                var out = out();
                out.write(line);
                pending = true;
                // An event ends with its blank line; only then is there something a client can use.
                if (line.length <= 2 || line[0] == ':') {
                    out.flush();
                    pending = false;
                }
            } catch (IOException e) {
                throw new ClientLeft(e);
            }
        }

        void finish(String lastLines) {
            try {
                var out = out();
                if (pending) {
                    out.flush();
                }
                out.write(lastLines.getBytes(UTF_8));
                out.flush();
            } catch (IOException e) {
                log.debug("the client left before the last line", e);
            }
        }

        private OutputStream out() throws IOException {
            if (!started) {
                started = true;
                response.setContentType("text/event-stream;charset=utf-8");
                response.setHeader("Cache-Control", "no-cache");
                response.setHeader("X-Accel-Buffering", "no");
            }
            return response.getOutputStream();
        }
    }
}
