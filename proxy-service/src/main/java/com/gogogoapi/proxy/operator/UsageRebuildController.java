package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.InstallationServices.ServiceResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has what was used made anew of the ledger's events; ordered again, it begins anew. */
@RestController
@RequestMapping({"/v1/operator/usage", "/api/v1/operator/usage"})
class UsageRebuildController {

    private static final String PATH = "/internal/rebuild";
    private static final int MAX_TEXT_CHARS = 500;
    private static final byte[] NOTHING = {};

    private final RequestBodies bodies;
    private final InstallationServices services;
    private final OperatorAudit audit;

    UsageRebuildController(RequestBodies bodies, InstallationServices services, OperatorAudit audit) {
        this.bodies = bodies;
        this.services = services;
        this.audit = audit;
    }

    /** How far it is. */
    @GetMapping("/rebuild")
    ResponseEntity<byte[]> progress(HttpServletRequest request) {
        return answer(services.get(Service.USAGE, PATH, Map.of()));
    }

    /** Begins it: {@code {"reason":"…"}}. */
    @PostMapping("/rebuild")
    ResponseEntity<byte[]> rebuild(HttpServletRequest request) throws IOException {
        var body = BodyFields.of(bodies.read(request), "reason");
        var reason = body.text("reason", MAX_TEXT_CHARS);
        var answer = services.post(
                Service.USAGE,
                PATH,
                Map.of(ServiceHeaders.OPERATOR, Operator.of(request).name()),
                NOTHING);
        audit.record(request, "rebuild-usage", "usage-service", "", reason);
        return answer(answer);
    }

    private static ResponseEntity<byte[]> answer(ServiceResponse response) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(response.body());
    }
}
