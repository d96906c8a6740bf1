package com.gogogoapi.proxy.live;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.tomcat.ClientConnection;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What happens in an account, as server-sent events. The usage-service tells them and bounds how many follow; here is looked
 * after whether who follows still may.
 */
@RestController
@RequestMapping({"/v1", "/api/v1"})
@EnableConfigurationProperties(EventsProperties.class)
class EventsController {

    private static final Logger log = LoggerFactory.getLogger(EventsController.class);

    /** The usage-service says something at least every five seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** Whoever has left takes no place of one who comes. */
    private static final Duration CLIENT_LOOKED_AT_EVERY = Duration.ofMillis(500);

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Authentication authentication;
    private final InstallationServices services;
    private final EventsProperties properties;
    private final Set<Passage> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isStopping;

    EventsController(Authentication authentication, InstallationServices services, EventsProperties properties) {
        this.authentication = authentication;
        this.services = services;
        this.properties = properties;
    }

    @GetMapping("/events")
    @QueryParameters("seconds")
    void follow(HttpServletRequest request, HttpServletResponse response) throws InterruptedException {
        var caller = authentication.anyReader(request);
        if (request.getMethod().equals("HEAD")) {
            describe(response);
            return;
        }
        var headers = caller.headers();
        var lastEventId = request.getHeader(LAST_EVENT_ID);
        if (lastEventId != null) {
            headers.put(LAST_EVENT_ID, lastEventId);
        }
        var seconds = request.getParameter("seconds");
        var path = "/internal/events"
                + (seconds == null ? "" : "?seconds=" + URLEncoder.encode(seconds, StandardCharsets.UTF_8));
        try (var passage = new Passage(services.follow(Service.USAGE, path, headers))) {
            open.add(passage);
            if (isStopping) {
                passage.end();
            }
            try {
                pass(passage, caller, request, response);
            } finally {
                open.remove(passage);
            }
        } catch (IOException e) {
            log.debug("whoever followed has left", e);
        }
    }

    private void pass(Passage passage, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        describe(response);
        var out = response.getOutputStream();
        var client = ClientConnection.of(request);
        var heardAt = System.nanoTime();
        var looks = new CallerLooks(properties.callerLookedAtEvery(), () -> isStill(caller, request), heardAt);
        for (var piece = passage.next(CLIENT_LOOKED_AT_EVERY);
                piece != null && !client.isClosedByClient();
                piece = passage.next(CLIENT_LOOKED_AT_EVERY)) {
            var now = System.nanoTime();
            if (!looks.stillMay(now)) {
                return;
            }
            if (piece.length > 0) {
                out.write(piece);
                out.flush();
                heardAt = now;
            } else if (now - heardAt >= SILENCE.toNanos()) {
                return;
            }
        }
    }

    private static void describe(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Whether it is the same one, and in the same role; of what cannot be told, whoever comes back hears. */
    private boolean isStill(Caller caller, HttpServletRequest request) {
        try {
            var now = authentication.callerByNow(request);
            return now.account().equals(caller.account())
                    && now.role() == caller.role()
                    && Objects.equals(now.member(), caller.member());
        } catch (ApiError | ServiceRefusal e) {
            log.debug("who followed may no more", e);
            return false;
        }
    }

    /** Before the web server waits for what runs: whoever follows comes back to another instance. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        isStopping = true;
        open.forEach(Passage::end);
    }
}
