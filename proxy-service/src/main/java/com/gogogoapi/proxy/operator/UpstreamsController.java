package com.gogogoapi.proxy.operator;

import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.upstream.UpstreamHealth;
import com.gogogoapi.proxy.upstream.UpstreamHealth.OfModel;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the upstream does. Each instance tells what it has met itself. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class UpstreamsController {

    private final UpstreamHealth health;
    private final String host;
    private final Clock clock;

    UpstreamsController(UpstreamHealth health, ProxyProperties properties, Clock clock) {
        this.health = health;
        // Whatever else is in the address is nobody's to see.
        this.host = String.valueOf(properties.upstream().baseUrl().getHost());
        this.clock = clock;
    }

    @GetMapping("/upstreams")
    Map<String, Object> all() {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("object", "list");
        answer.put("as_of", clock.instant());
        answer.put("upstream", host);
        answer.put(
                "data", health.models().stream().map(UpstreamsController::line).toList());
        return answer;
    }

    private static Map<String, Object> line(OfModel of) {
        var line = new LinkedHashMap<String, Object>();
        line.put("model", of.model());
        line.put("circuit", of.circuit().written());
        line.put("recent_requests", of.recent());
        line.put("recent_failures", of.failed());
        line.put("held_off", of.heldOff());
        line.put("in_flight", of.inFlight());
        line.put("places", of.places());
        return line;
    }
}
