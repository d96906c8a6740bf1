package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was done, by whom, from where and why, the newest first: the operators' writes that the proxy keeps, and all that the
 * account-service keeps of accounts, keys, members and operators. The two are put together page by page.
 */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class AuditTrailController {

    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");
    private static final String CURSOR_FORM = "[0-9T:.Z-]{20,30}_[01]_[0-9]{1,19}";

    /** Rows of one instant stand in the order of their origin, then of their ids. */
    private static final Comparator<Line> NEWEST_FIRST = Comparator.comparing(Line::at)
            .thenComparing(Line::origin)
            .thenComparing(Line::id)
            .reversed();

    private final OperatorAudit audit;
    private final InstallationServices services;

    AuditTrailController(OperatorAudit audit, InstallationServices services) {
        this.audit = audit;
        this.services = services;
    }

    /** @param origin 0 for the proxy's, 1 for the account-service's */
    private record Line(Instant at, int origin, long id, Map<String, @Nullable Object> fields) {

        /** Below which rows of an origin the next page begins. */
        long idBelow(int other) {
            return other < origin ? Long.MAX_VALUE : other == origin ? id : 0;
        }
    }

    /** Of all, or, with {@code ?account=}, of what was done to one account. */
    @GetMapping("/audit-trail")
    @QueryParameters({"limit", "cursor", "account"})
    Map<String, Object> trail(HttpServletRequest request) {
        var limit = PageLimit.of(request);
        var from = from(request.getParameter("cursor"));
        var account = account(request.getParameter("account"));
        var found = new ArrayList<Line>();
        if (account.isEmpty()) {
            found.addAll(ofProxy(from, limit + 1));
        }
        found.addAll(ofAccounts(from, account, limit + 1));
        found.sort(NEWEST_FIRST);
        var shown = found.stream().limit(limit).toList();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("object", "list");
        answer.put("data", shown.stream().map(Line::fields).toList());
        if (found.size() > limit) {
            var last = shown.getLast();
            answer.put("next_cursor", last.at() + "_" + last.origin() + "_" + last.id());
        }
        return answer;
    }

    private static Line from(@Nullable String cursor) {
        if (cursor == null) {
            return new Line(END, 2, Long.MAX_VALUE, Map.of());
        }
        try {
            if (cursor.matches(CURSOR_FORM)) {
                var parts = cursor.split("_");
                return new Line(
                        Instant.parse(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]), Map.of());
            }
        } catch (RuntimeException e) {
            throw invalidCursor().becauseOf(e);
        }
        throw invalidCursor();
    }

    private static ApiError invalidCursor() {
        return ApiError.invalidRequest("cursor", "cursor must be the next_cursor of the page before.");
    }

    private static String account(@Nullable String text) {
        if (text != null && !AccountId.isValid(text)) {
            throw ApiError.invalidRequest("account", "account must be an account's id.");
        }
        return text == null ? "" : text;
    }

    private List<Line> ofProxy(Line from, int limit) {
        return audit.before(from.at(), from.idBelow(0), limit).stream()
                .map(entry -> {
                    var fields = new LinkedHashMap<String, @Nullable Object>();
                    fields.put("at", entry.at());
                    fields.put("request_id", entry.requestId());
                    fields.put("actor", entry.operator());
                    fields.put("address", entry.address());
                    fields.put("action", entry.action());
                    fields.put("account_id", AccountId.isValid(entry.subject()) ? entry.subject() : null);
                    fields.put("subject", entry.subject());
                    fields.put("detail", entry.detail());
                    fields.put("reason", entry.reason());
                    return new Line(entry.at(), 0, entry.id(), fields);
                })
                .toList();
    }

    private List<Line> ofAccounts(Line from, String account, int limit) {
        var answer = services.get(
                Service.ACCOUNT,
                "/internal/audit-trail?at=" + from.at() + "&id=" + from.idBelow(1) + "&limit=" + limit
                        + (account.isEmpty() ? "" : "&account=" + account),
                Map.of());
        var lines = new ArrayList<Line>();
        for (var entry : JsonMapper.shared().readTree(answer.body()).path("data")) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            for (var field : entry.properties()) {
                if (!field.getKey().equals("id")) {
                    fields.put(field.getKey(), textOrNull(field.getValue()));
                }
            }
            lines.add(new Line(
                    Instant.parse(entry.path("at").asString()),
                    1,
                    entry.path("id").asLong(),
                    fields));
        }
        return lines;
    }

    private static @Nullable String textOrNull(JsonNode value) {
        return value.isNull() ? null : value.asString();
    }
}
