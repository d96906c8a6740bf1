package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.execution.ClientStream.ClientLeft;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.outcome.Ending;
import com.gogogoapi.proxy.outcome.OutcomeRule.Delivered;
import com.gogogoapi.proxy.upstream.EventStream;
import com.gogogoapi.proxy.upstream.UpstreamAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * An answer as it is generated: each event goes on as it comes, the last one only when the request is settled, so that
 * a client that has seen the end finds its charge in the books. Only whole events go on, so that one of ours can follow.
 *
 * <p>Whatever breaks, the hold is ended by the rule for it before this returns.
 */
@Component
class StreamedAnswer {

    private static final Logger log = LoggerFactory.getLogger(StreamedAnswer.class);

    private final Settlement settlement;
    private final DeliveryNotes notes;

    StreamedAnswer(Settlement settlement, DeliveryNotes notes) {
        this.settlement = settlement;
        this.notes = notes;
    }

    /**
     * How reading ended.
     *
     * @param reason what the upstream says of its failure; null if it says nothing
     */
    private record End(Ending ending, @Nullable String reason) {

        static End of(Ending ending) {
            return new End(ending, null);
        }
    }

    void relay(UpstreamAnswer answer, HeldRequest hold, Protocol.Stream stream, HttpServletResponse response) {
        var client = new ClientStream(response);
        End end;
        Served served;
        // Noted until its end is durable.
        try (var noted = notes.begin(hold, stream)) {
            end = read(answer, hold, stream, client);
            // Before settling: nothing more is to be generated for an answer that nobody reads.
            answer.close();
            served = stream.served();
            settlement
                    .end(hold, end.ending(), served)
                    .filter(ended -> !client.hasStarted())
                    .ifPresent(ended -> ChargeHeaders.ended(response, ended));
        }
        lastEvent(end, served, stream, client).ifPresent(client::finish);
    }

    private static Optional<byte[]> lastEvent(End end, Served served, Protocol.Stream stream, ClientStream client) {
        return switch (end.ending()) {
            case IN_ORDER -> Optional.of(stream.end());
            case UPSTREAM_FAILED -> brokenOff(failed(end.reason(), served), stream, client);
            case TIMED_OUT ->
                brokenOff(
                        ApiError.upstreamTimeout("The upstream stopped in the middle of its answer.")
                                .withShouldRetry(false),
                        stream,
                        client);
            case INTERRUPTED -> brokenOff(ServiceStopping.midway(served), stream, client);
            case CLIENT_LEFT, CLIENT_LEFT_AGAIN -> Optional.empty();
            case NOT_SENT -> throw new IllegalStateException("What is answered must have been sent.");
        };
    }

    /** An error of its own while the client has nothing yet; in the stream once it has something. */
    private static Optional<byte[]> brokenOff(ApiError error, Protocol.Stream stream, ClientStream client) {
        if (!client.hasStarted()) {
            throw error;
        }
        return Optional.of(stream.brokenOff(error));
    }

    /** An upstream that says by itself that it failed, before anything of its answer, billed nothing: try again. */
    private static ApiError failed(@Nullable String reason, Served served) {
        var nothing = served.delivered() == Delivered.NOTHING && served.usage().isEmpty();
        var error = ApiError.upstreamError(
                reason != null
                        ? reason
                        : nothing
                                ? "The upstream broke off before its answer."
                                : "The upstream failed in the middle of its answer.");
        return nothing && reason != null ? error : error.withShouldRetry(false);
    }

    private static End read(UpstreamAnswer answer, HeldRequest hold, Protocol.Stream stream, ClientStream client) {
        try {
            var events = new EventStream(answer.body());
            for (var event = events.next(); event != null; event = events.next()) {
                switch (stream.look(event)) {
                    case Verdict.Forward(var bytes, var content) -> {
                        if (content) {
                            answer.progressed();
                        } else {
                            answer.isAlive();
                        }
                        send(bytes, answer, client);
                    }
                    case Verdict.Hide hidden -> answer.progressed();
                    case Verdict.Done done -> {
                        answer.servedWell();
                        return End.of(Ending.IN_ORDER);
                    }
                    case Verdict.Broken broken -> {
                        log.warn("upstream: {}", broken.reason());
                        return new End(answer.brokenOff(), broken.reason());
                    }
                }
            }
            if (stream.cameToItsEnd()) {
                answer.servedWell();
                return End.of(Ending.IN_ORDER);
            }
            return End.of(answer.brokenOff());
        } catch (IOException e) {
            var brokenOff = answer.brokenOff();
            log.info("the stream of request {} broke, {}: {}", hold.reserved().requestId(), brokenOff, e.toString());
            return End.of(brokenOff);
        } catch (ClientLeft e) {
            // Not the upstream's fault.
            answer.servedWell();
            log.info("the client left request {} midway", hold.reserved().requestId());
            return End.of(Ending.CLIENT_LEFT);
        }
    }

    /** While the client takes its time, the upstream is not expected to make progress. */
    private static void send(byte[] bytes, UpstreamAnswer answer, ClientStream client) throws ClientLeft {
        answer.pauseWatch();
        try {
            client.send(bytes);
        } finally {
            answer.resumeWatch();
        }
    }
}
