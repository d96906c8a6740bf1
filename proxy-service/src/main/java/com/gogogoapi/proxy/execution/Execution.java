package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.proxy.body.Admission;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.funding.Payments;
import com.gogogoapi.proxy.idempotency.Attempt;
import com.gogogoapi.proxy.idempotency.Fingerprint;
import com.gogogoapi.proxy.idempotency.Idempotency;
import com.gogogoapi.proxy.idempotency.Idempotency.Keyed;
import com.gogogoapi.proxy.idempotency.IdempotencyKey;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.rates.RateHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The life of a request, in whichever protocol it comes.
 *
 * <pre>
 * authenticate ─▶ let in ─▶ read ─▶ quote and hold ─▶ upstream ─▶ relay ─▶ settle
 *    401 403       429 503  400 403      402 …            │           │
 *                                                         └─ free ◀───┴─ by the rule for how it broke
 * </pre>
 *
 * What it brings as a payment is taken before it is held for. One with an idempotency key is looked up before it is held for, and answered as it was before if it was.
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
    private final Idempotency idempotency;
    private final Payments payments;

    Execution(
            Authentication authentication,
            Admission admission,
            Holds holds,
            Relay relay,
            RateHeaders rateHeaders,
            FullMinutes fullMinutes,
            SpokenProtocols spokenProtocols,
            Idempotency idempotency,
            Payments payments) {
        this.authentication = authentication;
        this.admission = admission;
        this.holds = holds;
        this.relay = relay;
        this.rateHeaders = rateHeaders;
        this.fullMinutes = fullMinutes;
        this.spokenProtocols = spokenProtocols;
        this.idempotency = idempotency;
        this.payments = payments;
    }

    /**
     * Executes a client's request and answers it.
     *
     * @throws com.gogogoapi.chassis.errors.ApiError for whatever keeps it from an answer
     */
    public void execute(Protocol protocol, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = authentication.caller(request);
        var key = IdempotencyKey.of(request, caller.account());
        rateHeaders.write(response, protocol.rateLimits(), caller.policy().rates());
        if (key == null) {
            fullMinutes.requireNone(caller, RequestIdFilter.of(request));
        }
        try (var place = admission.enter(
                caller.account(), caller.scope(), caller.policy().inFlight())) {
            var body = place.receive(request);
            var read = place.look(body, () -> protocol.read(body));
            caller.requireRoute(read.model());
            var asked = spokenProtocols.asked(protocol.name(), read, body, place);
            var asking = new Asking(
                    protocol,
                    caller,
                    asked,
                    body,
                    new Holds.Asked(
                            protocol.name(),
                            body.bytes(),
                            request.getHeader(RequestFields.ON_INSUFFICIENT_CREDIT_HEADER)),
                    PresentedQuote.of(request.getHeader(PresentedQuote.HEADER), asked.quoteId()),
                    request);
            if (key == null) {
                run(asking, Attempt.single(request, response));
                return;
            }
            var route = protocol.name().wireName() + " " + read.endpoint().path();
            var fingerprint = place.look(body, () -> Fingerprint.of(route, request, body.bytes()));
            idempotency.once(new Keyed(key, fingerprint, asking.quote().isPresent(), request, response), attempt -> {
                fullMinutes.requireNone(caller, RequestIdFilter.of(request));
                run(asking, attempt);
            });
        }
    }

    /**
     * What a client asks for, read.
     *
     * @param asked of the upstream
     * @param priced what it is held for
     * @param quote that it presents
     * @param request as it came, which may bring a payment
     */
    private record Asking(
            Protocol protocol,
            Caller caller,
            Protocol.Request asked,
            RequestBody body,
            Holds.Asked priced,
            Optional<PresentedQuote> quote,
            HttpServletRequest request) {}

    private void run(Asking asking, Attempt attempt) throws IOException {
        HeldRequest hold;
        try {
            payments.take(asking.caller(), asking.request(), attempt.response());
            hold = holds.begin(asking.caller(), attempt, asking.priced(), asking.quote());
        } catch (ApiError e) {
            throw payments.offered(e, asking.caller(), asking.request());
        } finally {
            // Whatever was decided, it says how the rates stand now.
            rateHeaders.write(
                    attempt.unrecorded(),
                    asking.protocol().rateLimits(),
                    asking.caller().policy().rates());
        }
        ChargeHeaders.held(attempt.response(), hold);
        relay.relay(hold, asking.asked(), asking.body(), attempt);
    }
}
