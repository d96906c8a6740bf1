package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.ModelName;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What routes cost the customers and the operator, and what follows from it, with the operator token. Every write leaves a row in the audit. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class RoutesController {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int MAX_KEY_CHARS = 200;
    private static final int MAX_AUDIT_CHARS = 2_000;

    private final RequestBodies bodies;
    private final InstallationServices services;
    private final OperatorAudit audit;

    RoutesController(RequestBodies bodies, InstallationServices services, OperatorAudit audit) {
        this.bodies = bodies;
        this.services = services;
        this.audit = audit;
    }

    @PostMapping("/routes/{model}/prices")
    ResponseEntity<byte[]> publishPrice(@PathVariable String model, HttpServletRequest request) throws IOException {
        return published(model, "prices", "publish-price", request);
    }

    @PostMapping("/routes/{model}/costs")
    ResponseEntity<byte[]> recordCost(@PathVariable String model, HttpServletRequest request) throws IOException {
        return published(model, "costs", "record-cost", request);
    }

    private ResponseEntity<byte[]> published(String model, String what, String action, HttpServletRequest request)
            throws IOException {
        var key = BodyFields.checkedOrNull(IDEMPOTENCY_KEY, request.getHeader(IDEMPOTENCY_KEY), MAX_KEY_CHARS);
        var headers = operator(request);
        if (key != null) {
            headers.put(IDEMPOTENCY_KEY, key);
        }
        var answer = services.post(
                Service.PRICING, "/internal/routes/" + checked(model) + "/" + what, headers, bodies.read(request));
        return audited(request, action, model, answer.body());
    }

    @PutMapping("/routes/{model}/loss-policy")
    ResponseEntity<byte[]> setLossPolicy(@PathVariable String model, HttpServletRequest request) throws IOException {
        return set(model, "loss-policy", request);
    }

    /** All of a route's other names: {@code {"aliases":[…],"reason"}}. */
    @PutMapping("/routes/{model}/aliases")
    ResponseEntity<byte[]> setAliases(@PathVariable String model, HttpServletRequest request) throws IOException {
        return set(model, "aliases", request);
    }

    private ResponseEntity<byte[]> set(String model, String what, HttpServletRequest request) throws IOException {
        var answer = services.put(
                Service.PRICING,
                "/internal/routes/" + checked(model) + "/" + what,
                operator(request),
                bodies.read(request));
        return audited(request, "set-" + what, model, answer.body());
    }

    /** Routes, prices and costs as YAML; with {@code ?dry_run=true} nothing changes and the difference is told. */
    @PostMapping("/routes/import")
    @QueryParameters("dry_run")
    ResponseEntity<byte[]> importRoutes(HttpServletRequest request) throws IOException {
        // Read before any parameter is: of a body that claims to be a form, parameters would eat it.
        var yaml = bodies.read(request);
        var dryRun = flag(request, "dry_run");
        var answer =
                services.post(Service.PRICING, "/internal/routes/import?dry_run=" + dryRun, operator(request), yaml);
        return dryRun ? json(answer.body()) : audited(request, "import-routes", "routes", answer.body());
    }

    @GetMapping("/margins")
    ResponseEntity<byte[]> margins(HttpServletRequest request) {
        return json(services.get(Service.PRICING, "/internal/margins", Map.of()).body());
    }

    /** Strict: whoever means a dry run must not be taken to mean a real one. */
    private static boolean flag(HttpServletRequest request, String name) {
        var value = request.getParameter(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw ApiError.invalidRequest(name, name + " must be true or false.");
    }

    private static Map<String, String> operator(HttpServletRequest request) {
        return new HashMap<>(
                Map.of(ServiceHeaders.OPERATOR, Operator.of(request).name()));
    }

    private static String checked(String model) {
        if (!ModelName.isValid(model)) {
            throw ApiError.invalidRequest("model", "model must be " + ModelName.FORM + ".");
        }
        return model;
    }

    private ResponseEntity<byte[]> audited(HttpServletRequest request, String action, String subject, byte[] answer) {
        var detail = new String(answer, StandardCharsets.UTF_8);
        audit.record(
                request,
                action,
                subject,
                detail.length() > MAX_AUDIT_CHARS ? detail.substring(0, MAX_AUDIT_CHARS) + "…" : detail);
        return json(answer);
    }

    private static ResponseEntity<byte[]> json(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
