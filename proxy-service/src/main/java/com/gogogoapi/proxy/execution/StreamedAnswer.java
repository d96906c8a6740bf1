package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.execution.ClientStream.ClientLeft;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.outcome.Ending;
import com.gogogoapi.proxy.upstream.SseLines;
import com.gogogoapi.proxy.upstream.UpstreamAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * An answer as it is generated: each line goes on as it comes, the last one only when the request is settled, so that
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

    void relay(UpstreamAnswer answer, HeldRequest hold, Protocol.Stream stream, HttpServletResponse response) {
        var client = new ClientStream(response);
        var ending = read(answer, hold, stream, client);
        // Before settling: nothing more is to be generated for an answer that nobody reads.
        answer.close();
        settlement.end(hold, ending, stream.served());
        lastLines(ending, stream, client).ifPresent(client::finish);
    }

    private static Optional<byte[]> lastLines(Ending ending, Protocol.Stream stream, ClientStream client) {
        return switch (ending) {
            case IN_ORDER -> Optional.of(stream.end());
            case UPSTREAM_FAILED ->
                brokenOff(ApiError.upstreamError("The upstream failed in the middle of its answer."), stream, client);
            case TIMED_OUT ->
                brokenOff(
                        ApiError.upstreamTimeout("The upstream stopped in the middle of its answer."), stream, client);
            case CLIENT_LEFT -> Optional.empty();
            case NOT_SENT -> throw new IllegalStateException("What is answered must have been sent.");
        };
    }

    /** An error of its own while the client has nothing yet; in the stream once it has something. */
    private static Optional<byte[]> brokenOff(ApiError error, Protocol.Stream stream, ClientStream client) {
        if (!client.hasStarted()) {
            throw error.withShouldRetry(false);
        }
        return Optional.of(stream.brokenOff(error));
    }

    private static Ending read(UpstreamAnswer answer, HeldRequest hold, Protocol.Stream stream, ClientStream client) {
        try {
            var lines = new SseLines(answer.body());
            for (var line = lines.next(); line != null; line = lines.next()) {
                switch (stream.look(line)) {
                    case Verdict.Forward(var bytes, var content) -> {
                        if (content) {
                            answer.progressed();
                        }
                        client.send(bytes);
                    }
                    case Verdict.Hide hidden -> answer.progressed();
                    case Verdict.Done done -> {
                        answer.servedWell();
                        return Ending.IN_ORDER;
                    }
                    case Verdict.Broken broken -> {
                        log.warn("upstream: {}", broken.message());
                        return answer.brokenOff();
                    }
                }
            }
            if (stream.cameToItsEnd()) {
                answer.servedWell();
                return Ending.IN_ORDER;
            }
            return answer.brokenOff();
        } catch (IOException e) {
            log.warn("the upstream's stream broke: {}", e.toString());
            return answer.brokenOff();
        } catch (ClientLeft e) {
            log.info("the client left request {} midway", hold.reserved().requestId());
            // Not the upstream's fault.
            answer.servedWell();
            return Ending.CLIENT_LEFT;
        }
    }
}
