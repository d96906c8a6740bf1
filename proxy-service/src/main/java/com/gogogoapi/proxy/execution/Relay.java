package com.gogogoapi.proxy.execution;

import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.idempotency.Attempt;
import com.gogogoapi.proxy.outcome.Ending;
import com.gogogoapi.proxy.upstream.Cancellation;
import com.gogogoapi.proxy.upstream.Upstream;
import com.gogogoapi.proxy.upstream.UpstreamAnswer;
import com.gogogoapi.proxy.upstream.UpstreamFailure;
import com.gogogoapi.proxy.upstream.UpstreamRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Sends a request upstream for which there is a hold, and passes its answer on. However that ends, the hold ends with it. */
@Component
class Relay {

    /** A request ends so long before its hold does: its completion still has its way to the ledger. */
    static final Duration BEFORE_EXPIRY = Duration.ofSeconds(10);

    private final Upstream upstream;
    private final WholeAnswer wholeAnswer;
    private final StreamedAnswer streamedAnswer;
    private final Settlement settlement;
    private final ClientWatch clients;
    private final Clock clock;

    Relay(
            Upstream upstream,
            WholeAnswer wholeAnswer,
            StreamedAnswer streamedAnswer,
            Settlement settlement,
            ClientWatch clients,
            Clock clock) {
        this.upstream = upstream;
        this.wholeAnswer = wholeAnswer;
        this.streamedAnswer = streamedAnswer;
        this.settlement = settlement;
        this.clients = clients;
        this.clock = clock;
    }

    void relay(HeldRequest hold, Protocol.Request request, RequestBody body, Attempt attempt) throws IOException {
        var ended = false;
        var response = attempt.response();
        var cancellation = new Cancellation();
        try (var client = clients.begin(attempt.client(), cancellation)) {
            attempt.beforeSending(hold.reserved().requestId());
            try (var answer = send(hold, request, cancellation)) {
                ended = true;
                body.release();
                if (request.isStreamed()) {
                    streamedAnswer.relay(answer, hold, request.stream(hold.reserved()::costOf), response);
                } else {
                    wholeAnswer.relay(answer, hold, request, client, response);
                }
            } catch (UpstreamFailure failure) {
                ended = true;
                settlement
                        .end(hold, failure.ending(), Served.nothing())
                        .ifPresent(end -> ChargeHeaders.ended(response, end));
                throw failure.error();
            }
        } finally {
            if (!ended && hold.isOurs()) {
                // A request that never reached the upstream: free.
                settlement.end(hold, Ending.NOT_SENT, Served.nothing());
            }
        }
    }

    private UpstreamAnswer send(HeldRequest hold, Protocol.Request request, Cancellation cancellation)
            throws UpstreamFailure {
        var reserved = hold.reserved();
        return upstream.send(new UpstreamRequest(
                reserved.accountId(),
                reserved.model(),
                request.endpoint(),
                request.upstreamBody(reserved.model(), reserved.maxCompletionTokens(), reserved.accountId()),
                request.isStreamed(),
                Duration.between(clock.instant(), reserved.expiresAt()).minus(BEFORE_EXPIRY),
                cancellation));
    }
}
