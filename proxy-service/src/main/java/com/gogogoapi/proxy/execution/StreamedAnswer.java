package com.gogogoapi.proxy.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.outcome.Ending;
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

    private final Settlement settlement;

    StreamedAnswer(Settlement settlement) {
        this.settlement = settlement;
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
        var ending = read(answer, filter, client);
        // Before settling: nothing more is to be generated for an answer that nobody reads.
        answer.close();
        settlement.end(hold, ending, filter.served());
        switch (ending) {
            case IN_ORDER -> client.finish("data: [DONE]\n\n");
            case UPSTREAM_FAILED ->
                breakOff(ApiError.upstreamError("The upstream failed in the middle of its answer."), filter, client);
            case TIMED_OUT ->
                breakOff(ApiError.upstreamTimeout("The upstream stopped in the middle of its answer."), filter, client);
            case CLIENT_LEFT ->
                log.info("the client left request {} midway", hold.reserved().requestId());
            case NOT_SENT -> throw new IllegalStateException("What is answered must have been sent.");
        }
    }

    private Ending read(UpstreamAnswer answer, ChunkFilter filter, Client client) {
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
                        return Ending.IN_ORDER;
                    }
                    case ChunkFilter.Verdict.Broken broken -> {
                        log.warn("upstream: {}", broken.message());
                        return answer.brokenOff();
                    }
                }
            }
            if (filter.cameToItsEnd()) {
                answer.servedWell();
                return Ending.IN_ORDER;
            }
            return answer.brokenOff();
        } catch (IOException e) {
            log.warn("the upstream's stream broke: {}", e.toString());
            return answer.brokenOff();
        } catch (ClientLeft e) {
            // Not the upstream's fault.
            answer.servedWell();
            return Ending.CLIENT_LEFT;
        }
    }

    private static void breakOff(ApiError error, ChunkFilter filter, Client client) throws IOException {
        if (!client.hasStarted()) {
            throw error.withShouldRetry(false);
        }
        var chunk = new java.util.LinkedHashMap<String, Object>();
        var id = filter.served().upstreamRequestId();
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
