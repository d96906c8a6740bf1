package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.chassis.tomcat.ClientConnection;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.proxy.body.Admission;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.rates.RateHeaders;
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
    private final RateHeaders rateHeaders;
    private final FullMinutes fullMinutes;
    private final SpokenProtocols spokenProtocols;

    Execution(
            Authentication authentication,
            Admission admission,
            Holds holds,
            Relay relay,
            RateHeaders rateHeaders,
            FullMinutes fullMinutes,
            SpokenProtocols spokenProtocols) {
        this.authentication = authentication;
        this.admission = admission;
        this.holds = holds;
        this.relay = relay;
        this.rateHeaders = rateHeaders;
        this.fullMinutes = fullMinutes;
        this.spokenProtocols = spokenProtocols;
    }

    /**
     * Executes a client's request and answers it.
     *
     * @throws com.gogogoapi.chassis.errors.ApiError for whatever keeps it from an answer
     */
    public void execute(Protocol protocol, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = authentication.caller(request);
        var rates = caller.policy().rates();
        rateHeaders.write(response, protocol.rateLimits(), rates);
        fullMinutes.requireNone(caller, RequestIdFilter.of(request));
        try (var place = admission.enter(
                caller.account(), caller.scope(), caller.policy().inFlight())) {
            var body = place.receive(request);
            var read = place.look(body, () -> protocol.read(body));
            caller.requireRoute(read.model());
            var asked = spokenProtocols.asked(protocol.name(), read, body, place);
            HeldRequest hold;
            try {
                hold = holds.begin(
                        caller,
                        RequestIdFilter.of(request),
                        new Holds.Asked(
                                protocol.name(),
                                body.bytes(),
                                request.getHeader(RequestFields.ON_INSUFFICIENT_CREDIT_HEADER)),
                        PresentedQuote.of(request.getHeader(PresentedQuote.HEADER), asked.quoteId()));
            } finally {
                // Whatever was decided, it says how the rates stand now.
                rateHeaders.write(response, protocol.rateLimits(), rates);
            }
            ChargeHeaders.held(response, hold);
            relay.relay(hold, asked, body, ClientConnection.of(request), response);
        }
    }
}
