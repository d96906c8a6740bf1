package com.gogogoapi.proxy.catalog;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.ModelName;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.audit.LedgerReadings;
import com.gogogoapi.proxy.body.Admission;
import com.gogogoapi.proxy.body.BodyFields;
import com.gogogoapi.proxy.execution.SpokenProtocols;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.protocol.messages.AnthropicClient;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What customers read: prices (public), quotes, credits and their statement (with a key). */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class CatalogController {

    /** What clients of other gateways call it, and what the ledger does, in the order in which it is shown. */
    private static final SequencedMap<String, String> CREDIT_FIELDS = new LinkedHashMap<>();

    static {
        CREDIT_FIELDS.put("total_credits", "granted_usd");
        CREDIT_FIELDS.put("total_usage", "charged_usd");
        CREDIT_FIELDS.put("available", "available_usd");
        CREDIT_FIELDS.put("held", "held_usd");
        CREDIT_FIELDS.put("expired", "expired_usd");
        CREDIT_FIELDS.put("revoked", "revoked_usd");
    }

    private static final Set<String> MODEL = Set.of("model");
    private static final Set<String> PROTOCOL_AND_MODEL = Set.of("protocol", "model");

    private final Authentication authentication;
    private final Admission admission;
    private final InstallationServices services;
    private final LedgerReadings readings;
    private final SpokenProtocols spoken;

    CatalogController(
            Authentication authentication,
            Admission admission,
            InstallationServices services,
            LedgerReadings readings,
            SpokenProtocols spoken) {
        this.authentication = authentication;
        this.admission = admission;
        this.services = services;
        this.readings = readings;
        this.spoken = spoken;
    }

    @GetMapping("/pricing")
    ResponseEntity<byte[]> pricing(HttpServletRequest request) {
        return forwardPricing(request, "/internal/pricing");
    }

    @GetMapping("/pricing/{model}")
    ResponseEntity<byte[]> pricing(@PathVariable String model, HttpServletRequest request) {
        return forwardPricing(request, "/internal/pricing/" + checked(model));
    }

    @GetMapping("/pricing/{model}/history")
    ResponseEntity<byte[]> history(@PathVariable String model, HttpServletRequest request) {
        return forwardPricing(request, "/internal/pricing/" + checked(model) + "/history");
    }

    private ResponseEntity<byte[]> forwardPricing(HttpServletRequest request, String path) {
        authentication.requireNoWrongKey(request);
        var headers = new HashMap<String, String>();
        var known = request.getHeader("If-None-Match");
        if (known != null) {
            headers.put("If-None-Match", known);
        }
        var answer = services.get(Service.PRICING, path, headers);
        var response = ResponseEntity.status(answer.status());
        answer.header("etag").ifPresent(tag -> response.header("ETag", tag));
        answer.header("cache-control").ifPresent(rule -> response.header("Cache-Control", rule));
        return response.contentType(MediaType.APPLICATION_JSON).body(answer.body());
    }

    /** Of a request of any protocol: the one that is said, or the one that it looks like; the answer says which. */
    @PostMapping("/quote")
    @QueryParameters("protocol")
    ResponseEntity<byte[]> quote(HttpServletRequest request) throws IOException {
        var caller = authentication.quoter(request);
        try (var place = admission.enter(
                caller.account(), caller.scope(), caller.policy().inFlight())) {
            var body = place.receive(request);
            caller.requireRoute(place.look(body, () -> model(body.bytes())));
            var answer = services.post(
                    Service.QUOTE,
                    "/internal/quotes" + protocolSaid(request),
                    Map.of(ServiceHeaders.ACCOUNT, caller.account().value()),
                    body.bytes());
            requireServed(answer.body());
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer.body());
        }
    }

    /** Or its quote would be for nothing. Of which protocol and route it is, its quote says. */
    private void requireServed(byte[] quote) {
        var said = BodyFields.in(quote, PROTOCOL_AND_MODEL);
        var model = said.value(quote, "model").asString();
        spoken.requireServed(
                RequestProtocol.named(said.value(quote, "protocol").asString()).orElseThrow(), model, model);
    }

    /** As it is named there; empty where it is not named in the form of a name, which the quote-service refuses. */
    private static String model(byte[] body) {
        return BodyFields.in(body, MODEL).value(body, "model").asString("");
    }

    /** As a part of a path. */
    private static String protocolSaid(HttpServletRequest request) {
        // Of the address alone: a body that calls itself a form would be read for it.
        var said = UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams()
                .getFirst("protocol");
        if (said == null) {
            return AnthropicClient.isThere(request) ? "/" + RequestProtocol.MESSAGES.wireName() : "";
        }
        return "/"
                + RequestProtocol.named(said)
                        .orElseThrow(() -> ApiError.invalidRequest(
                                "protocol", "protocol must be one of " + RequestProtocol.names() + "."))
                        .wireName();
    }

    /** How right quotes were, for everybody to see. */
    @GetMapping("/quote/accuracy")
    ResponseEntity<byte[]> quoteAccuracy(HttpServletRequest request) {
        authentication.requireNoWrongKey(request);
        var answer = services.get(Service.QUOTE, "/internal/quotes/accuracy", Map.of());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer.body());
    }

    /** Sums as JSON numbers, where clients of other gateways look for them, and as exact text beside. */
    @GetMapping("/credits")
    Map<String, Object> credits(HttpServletRequest request) {
        var caller = authentication.anyReader(request);
        var balance = JsonMapper.shared()
                .readTree(services.get(Service.LEDGER, "/internal/accounts/" + caller.account() + "/balance", Map.of())
                        .body());
        var data = new LinkedHashMap<String, Object>();
        CREDIT_FIELDS.forEach((name, source) -> {
            var amount = balance.path(source).asString("");
            data.put(name, new BigDecimal(amount));
            data.put(name + "_usd", amount);
        });
        data.put("sequence", balance.path("sequence"));
        return Map.of("data", data);
    }

    /** What is left of each grant, and until when. */
    @GetMapping("/credits/grants")
    ResponseEntity<byte[]> grants(HttpServletRequest request) {
        return readings.json(
                "/internal/accounts/" + authentication.anyReader(request).account() + "/grants");
    }

    @GetMapping("/ledger")
    @QueryParameters({"limit", "cursor", "at", "seq"})
    ResponseEntity<byte[]> ledger(HttpServletRequest request) {
        return readings.statement(authentication.anyReader(request).account(), request);
    }

    private static String checked(String model) {
        if (!ModelName.isValid(model)) {
            throw ApiError.modelNotFound(model);
        }
        return model;
    }
}
