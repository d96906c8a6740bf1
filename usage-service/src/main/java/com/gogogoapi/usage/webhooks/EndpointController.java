package com.gogogoapi.usage.webhooks;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.usage.alerts.AlertKind;
import com.gogogoapi.usage.alerts.Alerts;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.api.Body;
import com.gogogoapi.usage.api.Readings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** An account's webhooks: where to, what, whether it works, and again from a point on. */
@RestController
@RequestMapping("/internal/webhooks")
class EndpointController {

    private static final int MAX_URL_CHARS = 2_000;
    private static final int MAX_DELIVERIES = 100;
    private static final int MAX_REPLAYED = 10_000;
    private static final int SECRET_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final Alerts alerts;
    private final Readings readings;
    private final TransactionTemplate transactions;
    private final WebhookProperties properties;
    private final Clock clock;

    EndpointController(
            Endpoints endpoints,
            Deliveries deliveries,
            Alerts alerts,
            Readings readings,
            TransactionTemplate transactions,
            WebhookProperties properties,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.alerts = alerts;
        this.readings = readings;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    @GetMapping
    Map<String, Object> list(HttpServletRequest request) {
        return Map.of(
                "object",
                "list",
                "data",
                endpoints.of(Asker.of(request).account()).stream()
                        .map(EndpointController::view)
                        .toList());
    }

    /** {@code {"url","events"}}; the secret is shown this once. */
    @PostMapping
    Map<String, @Nullable Object> add(HttpServletRequest request) throws IOException {
        var body = Body.read(request, "url", "events");
        var endpoint = new Endpoint(
                TimeOrderedIds.next(),
                Asker.of(request).account(),
                url(Body.text(body, "url", MAX_URL_CHARS)),
                secret(),
                events(body.path("events")),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null,
                null);
        if (!endpoints.add(endpoint, properties.maxEndpoints())) {
            throw ApiError.conflict(
                    "too_many_webhooks",
                    null,
                    "An account must have at most " + properties.maxEndpoints() + " webhooks; remove one first.");
        }
        var view = view(endpoint);
        view.put("secret", endpoint.secret());
        return view;
    }

    private String url(@Nullable String text) {
        try {
            var url = text == null ? null : new URI(text);
            if (url != null
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getFragment() == null
                    && ("https".equals(url.getScheme())
                            || properties.allowPrivate() && "http".equals(url.getScheme()))) {
                return url.toString();
            }
        } catch (URISyntaxException e) {
            throw mustBeUrl();
        }
        throw mustBeUrl();
    }

    private ApiError mustBeUrl() {
        return ApiError.invalidRequest(
                "url",
                "url must be an address that begins with https://" + (properties.allowPrivate() ? " or http://" : "")
                        + ", without a login or a fragment.");
    }

    private static List<String> events(JsonNode events) {
        if (events.isMissingNode() || events.isNull()) {
            return List.of();
        }
        var names = new ArrayList<String>();
        for (var event : events) {
            var name = event.asString("");
            if (AlertKind.named(name).isEmpty() || names.contains(name)) {
                throw mustBeEvents();
            }
            names.add(name);
        }
        if (!events.isArray() || names.isEmpty()) {
            throw mustBeEvents();
        }
        return names;
    }

    private static ApiError mustBeEvents() {
        return ApiError.invalidRequest(
                "events", "events must be a list of names of alerts, each once, or left out for all.");
    }

    private static String secret() {
        var random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        return "whsec_" + Base64.getEncoder().encodeToString(random);
    }

    /** Sends it a {@code test} alert. */
    @PostMapping("/{id}/test")
    Map<String, @Nullable Object> test(@PathVariable String id, HttpServletRequest request) throws IOException {
        Body.read(request);
        var endpoint = find(request, id);
        requireOn(endpoint);
        var asOf = readings.of(endpoint.account(), now -> now);
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var name = TimeOrderedIds.next().toString();
        transactions.executeWithoutResult(status -> {
            var alert = alerts.raise(
                    endpoint.account(),
                    AlertKind.TEST,
                    name,
                    asOf.shard(),
                    asOf.sequence(),
                    at,
                    Map.of("webhook_id", endpoint.id()));
            deliveries.deliver(endpoint.id(), alert.id());
        });
        return view(endpoint);
    }

    /** Delivers again what it is told of that event and later ones, {@code {"from_sequence"}}. */
    @PostMapping("/{id}/replay")
    Map<String, @Nullable Object> replay(@PathVariable String id, HttpServletRequest request) throws IOException {
        var body = Body.read(request, "from_sequence");
        var endpoint = find(request, id);
        requireOn(endpoint);
        var from = body.path("from_sequence");
        if (!from.isIntegralNumber() || !from.canConvertToLong() || from.longValue() < 0) {
            throw ApiError.invalidRequest("from_sequence", "from_sequence must be a whole number from 0.");
        }
        var view = view(endpoint);
        view.put("replayed", deliveries.replay(endpoint, from.longValue(), MAX_REPLAYED));
        return view;
    }

    /** Switches it on again. */
    @PostMapping("/{id}/enable")
    Map<String, @Nullable Object> enable(@PathVariable String id, HttpServletRequest request) throws IOException {
        Body.read(request);
        endpoints.switchOn(find(request, id).id());
        return view(find(request, id));
    }

    /** Removes it and forgets what was delivered to it. */
    @PostMapping("/{id}/remove")
    Map<String, @Nullable Object> remove(@PathVariable String id, HttpServletRequest request) throws IOException {
        Body.read(request);
        var endpoint = find(request, id);
        endpoints.remove(endpoint.id());
        return view(endpoint);
    }

    @GetMapping("/{id}/deliveries")
    Map<String, Object> deliveries(@PathVariable String id, HttpServletRequest request) {
        return Map.of(
                "object",
                "list",
                "data",
                deliveries.of(find(request, id).id(), MAX_DELIVERIES).stream()
                        .map(EndpointController::view)
                        .toList());
    }

    private Endpoint find(HttpServletRequest request, String id) {
        try {
            return endpoints
                    .find(Asker.of(request).account(), UUID.fromString(id))
                    .orElseThrow(EndpointController::none);
        } catch (IllegalArgumentException e) {
            throw none();
        }
    }

    private static ApiError none() {
        return ApiError.notFound("This account has no such webhook.");
    }

    private static void requireOn(Endpoint endpoint) {
        if (endpoint.disabledAt() != null) {
            throw ApiError.conflict(
                    "webhook_disabled",
                    null,
                    "The webhook must be on; it was switched off: " + endpoint.disabledReason());
        }
    }

    private static Map<String, @Nullable Object> view(Endpoint endpoint) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", endpoint.id());
        view.put("object", "webhook");
        view.put("url", endpoint.url());
        view.put("events", endpoint.events());
        view.put("created_at", endpoint.createdAt());
        view.put("status", endpoint.disabledAt() == null ? "on" : "off");
        view.put("disabled_at", endpoint.disabledAt());
        view.put("disabled_reason", endpoint.disabledReason());
        return view;
    }

    private static Map<String, @Nullable Object> view(Deliveries.Delivery delivery) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("webhook_id", "msg_" + delivery.alertId().toString().replace("-", ""));
        view.put("type", delivery.kind());
        view.put("sequence", delivery.sequence());
        view.put("attempts", delivery.attempts());
        view.put("delivered_at", delivery.deliveredAt());
        view.put("next_at", delivery.nextAt());
        view.put("last_status", delivery.lastStatus());
        view.put("last_error", delivery.lastError());
        return view;
    }
}
