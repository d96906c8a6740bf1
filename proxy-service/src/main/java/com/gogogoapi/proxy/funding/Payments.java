package com.gogogoapi.proxy.funding;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Payments by programs (x402) of whoever calls: what is offered where credit is missing, and what is paid with a request. Where they are
 * not switched on nobody is asked anything.
 */
@Component
@EnableConfigurationProperties(X402Properties.class)
public class Payments {

    private static final Logger log = LoggerFactory.getLogger(Payments.class);

    private static final String INSUFFICIENT = "insufficient_credits";
    private static final String TOP_UPS = "/internal/top-ups";
    /** What could be paid is not worth keeping a refusal back for. */
    private static final Duration OFFERED_WITHIN = Duration.ofSeconds(5);
    /** The funding-service answers earlier, in one way or another. */
    private static final Duration PAYING_WITHIN = Duration.ofSeconds(60);

    private static final Pattern VERSION = Pattern.compile("^(?:/api)?/v1(?=/)");
    private static final int PAYMENT_REQUIRED = 402;

    private final InstallationServices services;
    private final boolean areOn;

    Payments(InstallationServices services, X402Properties properties) {
        this.services = services;
        this.areOn = properties.enabled();
    }

    boolean areOn() {
        return areOn;
    }

    /**
     * Takes the payment that a request brings, if it brings one, before anything is held for it. What was paid is the account's credit,
     * whatever becomes of the request.
     *
     * @param response is told what was paid
     * @throws ApiError 400 or 402 if it is not taken, 422 if it is another request's, 503 {@code payment_pending} while its outcome is
     *     not known
     */
    public void take(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        if (areOn) {
            PaymentHeaders.payment(request).ifPresent(payment -> take(caller, request, response, payment, "credited"));
        }
    }

    /** @return the payment as it stands, at least as far as it was to be */
    JsonNode take(
            Caller caller, HttpServletRequest request, HttpServletResponse response, String payment, String until) {
        var answer = paid(caller, Map.of("payment", payment, "resource", resource(request), "until", until));
        var standing = answer.path("payment");
        return switch (answer.path("outcome").asString("")) {
            case "paid" -> {
                response.setHeader(PaymentHeaders.RESPONSE, PaymentHeaders.settled(standing));
                yield standing;
            }
            case "pending" -> throw pending(standing);
            default ->
                throw refused(
                        answer.path("reason").asString("invalid_payload"),
                        answer.path("message").asString(""),
                        request,
                        caller);
        };
    }

    private JsonNode paid(Caller caller, Map<String, ?> payment) {
        try {
            return post(TOP_UPS, caller, payment, PAYING_WITHIN);
        } catch (ApiError e) {
            // It may have been taken before whoever took it went away.
            throw ApiError.unavailable(
                            "payment_pending",
                            "Whether the payment was taken is not known now: send the same request again with the same"
                                    + " PAYMENT-SIGNATURE, and pay nothing more.")
                    .withHeader("Retry-After", "5")
                    .withShouldRetry(true)
                    .becauseOf(e);
        }
    }

    /** Never 402 again: who paid would pay twice. */
    static ApiError pending(JsonNode payment) {
        var error = ApiError.unavailable(
                        "payment_pending",
                        "The payment is under way and was not lost: send the same request again, with the same"
                                + " PAYMENT-SIGNATURE or without one, and pay nothing more.")
                .withDetail("payment_id", payment.path("id").asString(""))
                .withDetail("payment_state", payment.path("state").asString(""))
                .withHeader("Retry-After", "5")
                .withShouldRetry(true);
        return payment.path("transaction").isString()
                ? error.withHeader(PaymentHeaders.RESPONSE, PaymentHeaders.settled(payment))
                : error;
    }

    private ApiError refused(String reason, String message, HttpServletRequest request, Caller caller) {
        var error = ApiError.other(PAYMENT_REQUIRED, "insufficient_quota", "payment_refused", message)
                .withDetail("reason", reason)
                .withHeader(PaymentHeaders.RESPONSE, PaymentHeaders.refused(reason, null));
        log.info("a payment to {} was refused: {}", caller.account(), reason);
        return error;
    }

    /**
     * The 402 of a request for which credit is missing, with what can be paid; any other error as it is.
     *
     * @return 503 {@code payment_pending} where a payment of the account's is under way: what is missing may be on its way
     */
    public ApiError offered(ApiError error, Caller caller, HttpServletRequest request) {
        if (!areOn || !error.code().equals(INSUFFICIENT)) {
            return error;
        }
        return missing(error)
                .map(missing -> offered(error, missing, caller, request))
                .orElse(error);
    }

    private ApiError offered(ApiError error, Usd missing, Caller caller, HttpServletRequest request) {
        try {
            var offer = offer(caller, request, Map.of("missing_usd", missing.toString()), error.getMessage());
            if (offer.path("in_flight").isObject()) {
                return pending(offer.path("in_flight"));
            }
            return offer.path("payment_required").isObject()
                    ? error.withHeader(PaymentHeaders.REQUIRED, PaymentHeaders.encoded(offer.path("payment_required")))
                    : error;
        } catch (ApiError | ServiceRefusal e) {
            log.warn("what could be paid is not known: {}", e.getMessage());
            return error;
        }
    }

    private static Optional<Usd> missing(ApiError error) {
        var fields = error.fields();
        return fields.get("required_usd") instanceof Usd required
                        && fields.get("available_usd") instanceof Usd available
                ? Optional.of(required.minus(available)).filter(Usd::isPositive)
                : Optional.empty();
    }

    /** What the account can be paid with. @param amount {@code missing_usd} or {@code amount_usd}, and means */
    JsonNode offer(Caller caller, HttpServletRequest request, Map<String, String> amount, @Nullable String error) {
        var asked = new LinkedHashMap<String, Object>(amount);
        asked.put("url", request.getRequestURL().toString());
        asked.put("error", String.valueOf(error));
        return post(TOP_UPS + "/offers", caller, asked, OFFERED_WITHIN);
    }

    /** How one of the account's stands. */
    JsonNode one(Caller caller, String id) {
        return JsonMapper.shared()
                .readTree(services.get(Service.FUNDING, TOP_UPS + "/" + id, caller.headers())
                        .body());
    }

    private JsonNode post(String path, Caller caller, Map<String, ?> body, Duration within) {
        var answer = services.post(
                Service.FUNDING, path, caller.headers(), JsonMapper.shared().writeValueAsBytes(body), within);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** What a payment is for: the route, by whichever of its addresses it was called. */
    private static String resource(HttpServletRequest request) {
        return VERSION.matcher(request.getRequestURI()).replaceFirst("");
    }
}
