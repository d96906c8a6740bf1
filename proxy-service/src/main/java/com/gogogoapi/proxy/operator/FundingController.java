package com.gogogoapi.proxy.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.InstallationServices.ServiceResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How deposits come in: the chains, what arrived, and which tokens an operator has stopped. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class FundingController {

    private static final String STOPS = "/internal/token-stops";
    private static final int MAX_REASON_CHARS = 200;
    private static final byte[] NOTHING = {};

    private final RequestBodies bodies;
    private final InstallationServices services;
    private final OperatorAudit audit;

    FundingController(RequestBodies bodies, InstallationServices services, OperatorAudit audit) {
        this.bodies = bodies;
        this.services = services;
        this.audit = audit;
    }

    @GetMapping("/chains")
    ResponseEntity<byte[]> chains() {
        return answer(services.get(Service.FUNDING, "/internal/chains", Map.of()));
    }

    @GetMapping("/deposits")
    @QueryParameters({"limit", "cursor", "state", "chain_id", "account"})
    ResponseEntity<byte[]> deposits(HttpServletRequest request) {
        var query = new StringBuilder();
        for (var name : List.of("limit", "cursor", "state", "chain_id", "account")) {
            var value = request.getParameter(name);
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, UTF_8));
            }
        }
        return answer(services.get(Service.FUNDING, "/internal/all-deposits" + query, Map.of()));
    }

    @GetMapping("/token-stops")
    ResponseEntity<byte[]> stops() {
        return answer(services.get(Service.FUNDING, STOPS, Map.of()));
    }

    /** What arrives of it waits, and customers are shown why: {@code {"reason":"…"}}. */
    @PutMapping("/token-stops/{chainId}/{token}")
    ResponseEntity<byte[]> stop(@PathVariable String chainId, @PathVariable String token, HttpServletRequest request)
            throws IOException {
        var json = bodies.read(request);
        var reason = BodyFields.of(json, "reason").text("reason", MAX_REASON_CHARS);
        var answer = services.put(Service.FUNDING, path(chainId, token), by(request), json);
        audit.record(request, "stop-token", chainId + "/" + token, "", reason);
        return answer(answer);
    }

    /** It is credited again, with what has arrived meanwhile. */
    @DeleteMapping("/token-stops/{chainId}/{token}")
    ResponseEntity<byte[]> resume(
            @PathVariable String chainId, @PathVariable String token, HttpServletRequest request) {
        var answer = services.send(Service.FUNDING, "DELETE", path(chainId, token), by(request), NOTHING);
        audit.record(request, "resume-token", chainId + "/" + token, "");
        return answer(answer);
    }

    private static String path(String chainId, String token) {
        return STOPS + "/" + URLEncoder.encode(chainId, UTF_8) + "/" + URLEncoder.encode(token, UTF_8);
    }

    private static Map<String, String> by(HttpServletRequest request) {
        return Map.of(ServiceHeaders.OPERATOR, Operator.of(request).name());
    }

    private static ResponseEntity<byte[]> answer(ServiceResponse response) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(response.body());
    }
}
