package com.gogogoapi.proxy.pricingpage;

import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.rates.CallRates;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.InstallationServices.ServiceResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The price page for everybody, without a key. The pricing-service writes it; an estimate on it is the quote-service's, which
 * the pricing-service does not know, so this brings the two together.
 */
@RestController
class PricingPageController {

    private static final List<String> PASSED_ON =
            List.of("Content-Type", "Content-Security-Policy", "Cache-Control", "ETag");

    private final InstallationServices services;
    private final Estimates estimates;
    private final CallRates rates;

    PricingPageController(InstallationServices services, Estimates estimates, CallRates rates) {
        this.services = services;
        this.estimates = estimates;
        this.rates = rates;
    }

    @GetMapping("/pricing")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> page(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        return passedOn(services.get(Service.PRICING, "/internal/pricing-page", known(request)));
    }

    /** Of a form: {@code model}, {@code prompt}, {@code completion_tokens}. A prompt in an address would stay in logs. */
    @PostMapping("/pricing")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> estimate(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        var estimate = estimates.of(
                request.getRemoteAddr(),
                text(request.getParameter("model")),
                text(request.getParameter("prompt")),
                text(request.getParameter("completion_tokens")));
        var page = services.post(Service.PRICING, "/internal/pricing-page", Map.of(), estimate.json());
        return passedOn(page, estimate.status());
    }

    @GetMapping("/pricing/changes.atom")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> feed(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        return passedOn(services.get(Service.PRICING, "/internal/pricing-feed", known(request)));
    }

    private static String text(@org.jspecify.annotations.Nullable String parameter) {
        return parameter == null ? "" : parameter;
    }

    private static Map<String, String> known(HttpServletRequest request) {
        var tag = request.getHeader("If-None-Match");
        return tag == null ? Map.of() : Map.of("If-None-Match", tag);
    }

    private static ResponseEntity<byte[]> passedOn(ServiceResponse answer) {
        return passedOn(answer, answer.status());
    }

    private static ResponseEntity<byte[]> passedOn(ServiceResponse answer, int status) {
        var response = ResponseEntity.status(status)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
        for (var name : PASSED_ON) {
            answer.header(name.toLowerCase(java.util.Locale.ROOT)).ifPresent(value -> response.header(name, value));
        }
        return response.body(answer.body());
    }
}
