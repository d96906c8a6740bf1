package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.RequestBodies;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.outcome.Ending;
import com.gogogoapi.proxy.upstream.Upstream;
import com.gogogoapi.proxy.upstream.UpstreamAnswer;
import com.gogogoapi.proxy.upstream.UpstreamFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Chat completions.
 *
 * <pre>
 * authenticate ─▶ quote and hold ─▶ upstream ─▶ relay ─▶ settle
 *      401            402 …            │           │
 *                                      └─ free ◀───┴─ by the rule for how it broke
 * </pre>
 */
@RestController
class ChatController {

    private final Authentication authentication;
    private final RequestBodies bodies;
    private final Holds holds;
    private final Upstream upstream;
    private final WholeAnswer wholeAnswer;
    private final StreamedAnswer streamedAnswer;
    private final Settlement settlement;
    private final ProxyProperties properties;

    ChatController(
            Authentication authentication,
            RequestBodies bodies,
            Holds holds,
            Upstream upstream,
            WholeAnswer wholeAnswer,
            StreamedAnswer streamedAnswer,
            Settlement settlement,
            ProxyProperties properties) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.holds = holds;
        this.upstream = upstream;
        this.wholeAnswer = wholeAnswer;
        this.streamedAnswer = streamedAnswer;
        this.settlement = settlement;
        this.properties = properties;
    }

    @PostMapping({"/v1/chat/completions", "/api/v1/chat/completions", "/v1/chat/deepseek", "/api/v1/chat/deepseek"})
    void complete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = authentication.caller(request);
        var body = bodies.read(request);
        var hold = holds.begin(
                caller.account(),
                RequestIdFilter.of(request),
                body,
                PresentedQuote.of(request.getHeader(PresentedQuote.HEADER), body));
        ChargeHeaders.held(response, hold);
        var ended = false;
        try {
            var forUpstream = UpstreamBody.of(body);
            try (var answer = open(hold, forUpstream)) {
                ended = true;
                if (forUpstream.isStream()) {
                    streamedAnswer.relay(answer, hold, forUpstream.isUsageAskedFor(), response);
                } else {
                    wholeAnswer.relay(answer, hold, response);
                }
            } catch (UpstreamFailure failure) {
                ended = true;
                settlement
                        .end(hold, failure.ending(), Served.nothing())
                        .ifPresent(end -> ChargeHeaders.ended(response, end));
                throw failure.error();
            }
        } finally {
            if (!ended) {
                // A request that never reached the upstream, such as one with a malformed option: free.
                settlement.end(hold, Ending.NOT_SENT, Served.nothing());
            }
        }
    }

    private UpstreamAnswer open(HeldRequest hold, UpstreamBody body) throws UpstreamFailure {
        var reserved = hold.reserved();
        var limits = properties.upstream();
        return upstream.chat(
                reserved.model(),
                body.forUpstream(reserved.maxCompletionTokens(), reserved.accountId()),
                // An answer in one piece makes no progress until it is there.
                body.isStream() ? limits.noProgressTimeout() : limits.totalTimeout());
    }
}
