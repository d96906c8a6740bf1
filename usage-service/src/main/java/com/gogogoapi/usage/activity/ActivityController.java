package com.gogogoapi.usage.activity;

import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.api.Readings;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an account used. */
@RestController
@RequestMapping("/internal/activity")
class ActivityController {

    private final Activity activity;
    private final Readings readings;
    private final Clock clock;

    ActivityController(Activity activity, Readings readings, Clock clock) {
        this.activity = activity;
        this.readings = readings;
        this.clock = clock;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> json(
            HttpServletRequest request,
            @RequestParam(name = "group_by", required = false) @Nullable String groupBy,
            @RequestParam(required = false) @Nullable String zone,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor) {
        return page(Asker.of(request), ActivityQuery.read(groupBy, zone, from, to, cursor, clock.instant()))
                .json();
    }

    @GetMapping(produces = "text/csv")
    ResponseEntity<String> csv(
            HttpServletRequest request,
            @RequestParam(name = "group_by", required = false) @Nullable String groupBy,
            @RequestParam(required = false) @Nullable String zone,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor) {
        var page = page(Asker.of(request), ActivityQuery.read(groupBy, zone, from, to, cursor, clock.instant()));
        var answer = ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        ServiceHeaders.AS_OF,
                        page.asOf().shard() + "/" + page.asOf().sequence());
        if (page.nextCursor() != null) {
            answer.header(ServiceHeaders.NEXT_CURSOR, page.nextCursor().toString());
        }
        return answer.body(page.csv());
    }

    private ActivityPage page(Asker asker, ActivityQuery query) {
        return readings.of(
                asker.account(),
                asOf -> ActivityPage.of(
                        query, (slices, most) -> activity.groups(asker, query.dimensions(), slices, most), asOf));
    }
}
