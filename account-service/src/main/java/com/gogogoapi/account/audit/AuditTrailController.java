package com.gogogoapi.account.audit;

import com.gogogoapi.account.audit.AuditTrail.Entry;
import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The trail, the newest first, for the proxy, which puts it together with its own. */
@RestController
class AuditTrailController {

    private static final int MAX = 1_001;

    private final AuditTrail trail;

    AuditTrailController(AuditTrail trail) {
        this.trail = trail;
    }

    /** {@code ?at=&id=&account=&limit=}: what stands before that row, of one account or of all. */
    @GetMapping("/internal/audit-trail")
    Map<String, Object> before(HttpServletRequest request) {
        var account = request.getParameter("account");
        try {
            return Map.of(
                    "data",
                    trail
                            .before(
                                    Instant.parse(parameter(request, "at")),
                                    Long.parseLong(parameter(request, "id")),
                                    account == null ? "" : account,
                                    Math.min(MAX, Integer.parseInt(parameter(request, "limit"))))
                            .stream()
                            .map(AuditTrailController::line)
                            .toList());
        } catch (DateTimeException | NumberFormatException e) {
            throw ApiError.invalidRequest(null, "at must be an instant, id and limit whole numbers.");
        }
    }

    private static String parameter(HttpServletRequest request, String name) {
        return String.valueOf(request.getParameter(name));
    }

    private static Map<String, @Nullable Object> line(Entry entry) {
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("id", entry.id());
        line.put("at", entry.at());
        line.put("request_id", entry.requestId());
        line.put("actor", entry.actor());
        line.put("address", entry.address());
        line.put("action", entry.action());
        line.put("account_id", entry.accountId().isEmpty() ? null : entry.accountId());
        line.put("subject", entry.subject());
        line.put("detail", entry.detail());
        line.put("reason", entry.reason());
        return line;
    }
}
