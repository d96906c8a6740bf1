package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.proxy.RequestBodies;
import com.gogogoapi.proxy.keys.Authentication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * The life of a request, in whichever protocol it comes.
 *
 * <pre>
 * authenticate ─▶ quote and hold ─▶ upstream ─▶ relay ─▶ settle
 *      401            402 …            │           │
 *                                      └─ free ◀───┴─ by the rule for how it broke
 * </pre>
 */
@Component
public class Execution {

    private final Authentication authentication;
    private final RequestBodies bodies;
    private final Holds holds;
    private final Relay relay;

    Execution(Authentication authentication, RequestBodies bodies, Holds holds, Relay relay) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.holds = holds;
        this.relay = relay;
    }

    /**
     * Executes a client's request and answers it.
     *
     * @throws com.gogogoapi.chassis.errors.ApiError for whatever keeps it from an answer
     */
    public void execute(Protocol protocol, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = authentication.caller(request);
        var body = bodies.read(request);
        var hold = holds.begin(
                caller.account(),
                RequestIdFilter.of(request),
                body,
                PresentedQuote.of(request.getHeader(PresentedQuote.HEADER), body));
        ChargeHeaders.held(response, hold);
        relay.relay(hold, protocol, body, response);
    }
}
