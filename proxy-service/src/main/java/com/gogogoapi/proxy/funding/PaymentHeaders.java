package com.gogogoapi.proxy.funding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The headers of x402, version 2: each is JSON in Base64. */
final class PaymentHeaders {

    static final String REQUIRED = "PAYMENT-REQUIRED";
    static final String SIGNATURE = "PAYMENT-SIGNATURE";
    static final String RESPONSE = "PAYMENT-RESPONSE";

    private static final int MAX_CHARS = 8_192;

    private PaymentHeaders() {}

    /**
     * The payment that a request brings.
     *
     * @throws ApiError 400 if it brings several, or one that is too large
     */
    static Optional<String> payment(HttpServletRequest request) {
        var all = Collections.list(request.getHeaders(SIGNATURE));
        if (all.size() > 1) {
            throw ApiError.invalidRequest(SIGNATURE, SIGNATURE + " must be given once.");
        }
        if (!all.isEmpty() && (all.getFirst().isBlank() || all.getFirst().length() > MAX_CHARS)) {
            throw ApiError.invalidRequest(SIGNATURE, SIGNATURE + " must have 1 to " + MAX_CHARS + " characters.");
        }
        return all.stream().findFirst();
    }

    /** Of a payment that was settled. @param payment as the funding-service tells of it */
    static String settled(JsonNode payment) {
        var response = new LinkedHashMap<String, Object>();
        response.put("success", true);
        response.put("transaction", payment.path("transaction").asString(""));
        response.put("network", payment.path("network").asString(""));
        response.put("payer", payment.path("payer").asString(""));
        response.put("amount", payment.path("amount_atomic").asString(""));
        return encoded(response);
    }

    /** Of one that was not. */
    static String refused(String reason, @Nullable String network) {
        var response = new LinkedHashMap<String, Object>();
        response.put("success", false);
        response.put("errorReason", reason);
        response.put("transaction", "");
        response.put("network", network == null ? "" : network);
        return encoded(response);
    }

    static String encoded(Object json) {
        return Base64.getEncoder()
                .encodeToString(JsonMapper.shared().writeValueAsString(json).getBytes(UTF_8));
    }
}
