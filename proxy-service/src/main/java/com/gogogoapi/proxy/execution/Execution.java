package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ErrorForm;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.chassis.tomcat.ClientConnection;
import com.gogogoapi.proxy.body.Admission;
import com.gogogoapi.proxy.keys.Authentication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * The life of a request, in whichever protocol it comes.
 *
 * <pre>
 * authenticate ─▶ let in ─▶ read ─▶ quote and hold ─▶ upstream ─▶ relay ─▶ settle
 *    401 403       429 503  400 403      402 …            │           │
 *                                                         └─ free ◀───┴─ by the rule for how it broke
 * </pre>
 */
@Component
public class Execution {

    private final Authentication authentication;
    private final Admission admission;
    private final Holds holds;
    private final Relay relay;

    Execution(Authentication authentication, Admission admission, Holds holds, Relay relay) {
        this.authentication = authentication;
        this.admission = admission;
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
        ErrorForm.use(request, protocol.errors());
        var caller = authentication.caller(request);
        try (var place = admission.enter(caller.account())) {
            var body = place.receive(request);
            var asked = place.look(body, () -> protocol.read(body));
            caller.requireRoute(asked.model());
            var hold = holds.begin(
                    caller,
                    RequestIdFilter.of(request),
                    new Holds.Asked(protocol.name(), body.bytes()),
                    PresentedQuote.of(request.getHeader(PresentedQuote.HEADER), asked.quoteId()));
            ChargeHeaders.held(response, hold);
            relay.relay(hold, asked, body, ClientConnection.of(request), response);
        }
    }
}
