package com.gogogoapi.proxy.funding;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.keys.Authentication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Credit that a program buys: 402 says what to sign, and the same request with the signature pays. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class TopUpsController {

    private static final int MAX_CHARS = 40;
    private static final int PAYMENT_REQUIRED = 402;

    private final Authentication authentication;
    private final Payments payments;

    TopUpsController(Authentication authentication, Payments payments) {
        this.authentication = authentication;
        this.payments = payments;
    }

    /** {@code {"amount_usd","chain_id","token"}}, of which the last two may be left out. */
    @PostMapping("/top-ups")
    JsonNode topUp(@RequestBody byte @Nullable [] json, HttpServletRequest request, HttpServletResponse response) {
        var caller = authentication.anyReader(request);
        var body = BodyFields.ofOptional(json, "amount_usd", "chain_id", "token");
        var asked = new LinkedHashMap<String, String>();
        asked.put("amount_usd", amount(body.text("amount_usd", MAX_CHARS)));
        for (var name : new String[] {"chain_id", "token"}) {
            var value = body.optionalText(name, MAX_CHARS);
            if (value != null) {
                asked.put(name, value);
            }
        }
        if (!payments.areOn()) {
            throw none();
        }
        var payment = PaymentHeaders.payment(request);
        if (payment.isPresent()) {
            return payments.take(caller, request, response, payment.get(), "settled");
        }
        var offer = payments.offer(
                caller, request, asked, "PAYMENT-SIGNATURE must be given: it pays what PAYMENT-REQUIRED offers.");
        if (!offer.path("payment_required").isObject()) {
            throw none();
        }
        var inFlight = offer.path("in_flight");
        if (inFlight.isObject() && !inFlight.path("state").asString().equals("settled")) {
            throw Payments.pending(inFlight);
        }
        throw ApiError.other(
                        PAYMENT_REQUIRED,
                        "insufficient_quota",
                        "payment_required",
                        "PAYMENT-SIGNATURE must be given: a payment of " + asked.get("amount_usd")
                                + " USD, as PAYMENT-REQUIRED has it.")
                .withHeader(PaymentHeaders.REQUIRED, PaymentHeaders.encoded(offer.path("payment_required")));
    }

    private static String amount(String text) {
        try {
            return Usd.parse(text).toString();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw ApiError.invalidRequest("amount_usd", "amount_usd must be an amount in USD such as \"5.00\".");
        }
    }

    @GetMapping("/top-ups/{payment}")
    JsonNode one(@PathVariable String payment, HttpServletRequest request) {
        var caller = authentication.anyReader(request);
        if (!payments.areOn()) {
            throw none();
        }
        return payments.one(caller, id(payment));
    }

    private static String id(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("There is no such payment.");
        }
    }

    private static ApiError none() {
        return ApiError.notFound("This installation takes no payments by x402.");
    }
}
