package com.gogogoapi.proxy.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What could be sent to the treasury, what left the accounts' addresses, and whose these are: the funding-service reads the parameters. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class SweepsController {

    private static final int MAX_REASON_CHARS = 200;

    private final RequestBodies bodies;
    private final InstallationServices services;
    private final OperatorAudit audit;

    SweepsController(RequestBodies bodies, InstallationServices services, OperatorAudit audit) {
        this.bodies = bodies;
        this.services = services;
        this.audit = audit;
    }

    @GetMapping("/deposit-addresses")
    @QueryParameters({"limit", "cursor"})
    ResponseEntity<byte[]> addresses(HttpServletRequest request) {
        return get("/internal/address-list", request, List.of("limit", "cursor"));
    }

    @GetMapping("/sweeps")
    @QueryParameters({"chain_id", "limit", "cursor"})
    ResponseEntity<byte[]> sweeps(HttpServletRequest request) {
        return get("/internal/sweeps", request, List.of("chain_id", "limit", "cursor"));
    }

    @GetMapping("/sweeps/proposals")
    @QueryParameters({"chain_id", "token", "at_least", "limit"})
    ResponseEntity<byte[]> proposals(HttpServletRequest request) {
        return get("/internal/sweeps/proposals", request, List.of("chain_id", "token", "at_least", "limit"));
    }

    /** Why something left for elsewhere than the treasury: {@code {"reason":"…"}}. */
    @PutMapping("/sweeps/{chain}/{transaction}/{log}/explanation")
    ResponseEntity<byte[]> explain(
            @PathVariable String chain,
            @PathVariable String transaction,
            @PathVariable String log,
            HttpServletRequest request)
            throws IOException {
        var json = bodies.read(request);
        var reason = BodyFields.of(json, "reason").text("reason", MAX_REASON_CHARS);
        var subject = chain + "/" + transaction + "/" + log;
        var answer = services.put(
                Service.FUNDING,
                "/internal/sweeps/" + encoded(chain) + "/" + encoded(transaction) + "/" + encoded(log) + "/explanation",
                Map.of(ServiceHeaders.OPERATOR, Operator.of(request).name()),
                json);
        audit.record(request, "explain-departure", subject, "", reason);
        return json(answer.body());
    }

    private ResponseEntity<byte[]> get(String path, HttpServletRequest request, List<String> parameters) {
        var query = new StringBuilder();
        for (var name : parameters) {
            var value = request.getParameter(name);
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(value));
            }
        }
        return json(services.get(Service.FUNDING, path + query, Map.of()).body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static ResponseEntity<byte[]> json(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
