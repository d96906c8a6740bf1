package com.gogogoapi.proxy.usage;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An account's requests and what it used. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class UsageController {

    private static final List<String> OF_REQUESTS =
            List.of("limit", "cursor", "model", "key", "member", "rule", "tag", "from", "to", "q", "zone");
    private static final List<String> OF_ACTIVITY = List.of("group_by", "zone", "from", "to", "cursor");

    private final Authentication authentication;
    private final UsageReadings readings;

    UsageController(Authentication authentication, UsageReadings readings) {
        this.authentication = authentication;
        this.readings = readings;
    }

    @GetMapping("/requests")
    @QueryParameters({"limit", "cursor", "model", "key", "member", "rule", "tag", "from", "to", "q", "zone"})
    ResponseEntity<byte[]> requests(HttpServletRequest request) {
        return readings.json(authentication.anyReader(request), "/internal/requests", request, OF_REQUESTS);
    }

    @GetMapping("/requests/{requestId}")
    ResponseEntity<byte[]> request(@PathVariable String requestId, HttpServletRequest request) {
        var caller = authentication.anyReader(request);
        return readings.json(caller, "/internal/requests/" + checked(requestId), request, List.of());
    }

    @GetMapping("/generation")
    @QueryParameters("id")
    ResponseEntity<byte[]> generation(HttpServletRequest request) {
        return readings.json(authentication.anyReader(request), "/internal/generation", request, List.of("id"));
    }

    @GetMapping("/activity")
    @QueryParameters({"group_by", "zone", "from", "to", "cursor"})
    ResponseEntity<byte[]> activity(HttpServletRequest request) {
        return readings.table(authentication.anyReader(request), "/internal/activity", request, OF_ACTIVITY);
    }

    private static UUID checked(String requestId) {
        try {
            return UUID.fromString(requestId);
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("There is no such request.");
        }
    }
}
