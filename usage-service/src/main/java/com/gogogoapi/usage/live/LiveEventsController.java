package com.gogogoapi.usage.live;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.tomcat.ClientConnection;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.live.Told.Decided;
import com.gogogoapi.usage.live.Told.Resync;
import com.gogogoapi.usage.requests.RequestMembers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happens in an account, as it happens. */
@RestController
@RequestMapping("/internal")
class LiveEventsController {

    private static final Logger log = LoggerFactory.getLogger(LiveEventsController.class);

    /** Whoever follows for longer comes back, with the last event that he knows. */
    private static final int MOST_SECONDS = 3_600;

    /** Whoever has left takes no place of one who comes. Also how late at most a stream ends and a heartbeat is. */
    private static final Duration LOOKED_AT_EVERY = Duration.ofMillis(500);

    private final LiveEvents events;
    private final EventText text;
    private final RequestMembers members;
    private final LiveProperties properties;

    LiveEventsController(LiveEvents events, EventText text, RequestMembers members, LiveProperties properties) {
        this.events = events;
        this.text = text;
        this.members = members;
        this.properties = properties;
    }

    /** On the request's own virtual thread, for as long as somebody reads. */
    @GetMapping("/events")
    void follow(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable String seconds)
            throws InterruptedException {
        var lasts = Duration.ofSeconds(Parameters.number("seconds", seconds, MOST_SECONDS, MOST_SECONDS));
        var stream = events.open(Asker.of(request), lastKnown(request));
        try {
            response.setContentType("text/event-stream;charset=utf-8");
            response.setHeader("Cache-Control", "no-store");
            tell(stream, request, response, System.nanoTime() + lasts.toNanos());
        } catch (IOException e) {
            log.debug("whoever followed has left", e);
        } finally {
            events.close(stream);
        }
    }

    private void tell(LiveStream stream, HttpServletRequest request, HttpServletResponse response, long until)
            throws IOException, InterruptedException {
        var asker = stream.asker();
        var own = new OwnRequests(asker, requestId -> members.of(asker.account(), requestId));
        var reader = ClientConnection.of(request);
        var out = response.getOutputStream();
        var saidAt = System.nanoTime();
        while (!stream.isOver() && !reader.isClosedByClient() && System.nanoTime() - until < 0) {
            var next = stream.next(LOOKED_AT_EVERY);
            var seen = next == null ? null : seen(next, own);
            var now = System.nanoTime();
            if (seen != null) {
                out.write(text.of(seen));
            } else if (now - saidAt >= properties.heartbeat().toNanos()) {
                out.write(EventText.HEARTBEAT);
            } else {
                continue;
            }
            out.flush();
            saidAt = now;
        }
    }

    /** As its reader may see it; null for nothing. */
    private static @Nullable Told seen(Told told, OwnRequests own) {
        if (!(told instanceof Decided(var followed))) {
            return told;
        }
        return switch (own.sightOf(followed.event())) {
            case SHOWN -> told;
            case HIDDEN -> null;
            case UNKNOWN -> new Resync(followed.shard(), followed.sequence());
        };
    }

    private static @Nullable Long lastKnown(HttpServletRequest request) {
        var id = request.getHeader("Last-Event-ID");
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (!id.matches("[0-9]{1,18}")) {
            throw ApiError.invalidRequest(
                    "Last-Event-ID", "Last-Event-ID must be the id of an event of this stream, a whole number.");
        }
        return Long.parseLong(id);
    }
}
