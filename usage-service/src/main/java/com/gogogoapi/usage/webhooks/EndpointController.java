package com.gogogoapi.usage.webhooks;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.usage.alerts.AlertKind;
import com.gogogoapi.usage.alerts.Alerts;
import com.gogogoapi.usage.api.Asker;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An account's webhooks: where to, what, whether it works, and again from a point on. */
@RestController
@RequestMapping("/internal/webhooks")
class EndpointController {

    private static final int MAX_DELIVERIES = 100;
    private static final int MAX_REPLAYED = 10_000;
    private static final String FROM = "from_sequence";
    private static final int SECRET_BYTES = 24;
    private static final String OVERLAP = "overlap_seconds";
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(31);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final Alerts alerts;
    private final EndpointFields fields;
    private final TransactionTemplate transactions;
    private final WebhookProperties properties;
    private final Clock clock;

    EndpointController(
            Endpoints endpoints,
            Deliveries deliveries,
            Alerts alerts,
            EndpointFields fields,
            TransactionTemplate transactions,
            WebhookProperties properties,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.alerts = alerts;
        this.fields = fields;
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
                endpoints.of(Asker.ofAll(request)).stream()
                        .map(EndpointController::view)
                        .toList());
    }

    /** {@code {"url","events"}}; the secret is shown this once. */
    @PostMapping
    Map<String, @Nullable Object> add(@RequestBody byte[] json, HttpServletRequest request) {
        var account = Asker.ofAll(request);
        var body = BodyFields.of(json, "url", "events");
        var endpoint = new Endpoint(
                TimeOrderedIds.next(),
                account,
                fields.url(body),
                secret(),
                null,
                EndpointFields.events(body),
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

    private static String secret() {
        var random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        return "whsec_" + Base64.getEncoder().encodeToString(random);
    }

    /** {@code {"overlap_seconds"}}: another secret, shown this once; for so long what is sent is signed by both. */
    @PostMapping("/{id}/rotation")
    Map<String, @Nullable Object> rotate(
            @PathVariable String id, @RequestBody byte[] json, HttpServletRequest request) {
        var overlap = BodyFields.of(json, OVERLAP).optionalNumber(OVERLAP, 0, LONGEST_OVERLAP.toSeconds());
        if (overlap == null) {
            throw ApiError.invalidRequest(
                    OVERLAP,
                    OVERLAP + " must say for how long the secret goes on beside its successor: 0 ends it at once.");
        }
        var endpoint = find(request, id);
        var secret = secret();
        endpoints.rotate(endpoint.id(), secret, clock.instant().plusSeconds(overlap));
        var view = view(find(request, id));
        view.put("secret", secret);
        return view;
    }

    /** Sends it a {@code test} alert; what became of it is in its deliveries, until the next. */
    @PostMapping("/{id}/test")
    Map<String, @Nullable Object> test(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] json,
            HttpServletRequest request) {
        BodyFields.ofOptional(json);
        var endpoint = find(request, id);
        requireOn(endpoint);
        transactions.executeWithoutResult(status -> {
            deliveries.forgetTests(endpoint.id());
            var alert = alerts.raise(
                    endpoint.account(),
                    AlertKind.TEST,
                    TimeOrderedIds.next().toString(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    Map.of("webhook_id", endpoint.id()));
            deliveries.deliver(endpoint.id(), alert.id());
        });
        return view(endpoint);
    }

    /** Delivers again what it is told of that event and later ones, {@code {"from_sequence"}}. */
    @PostMapping("/{id}/replay")
    Map<String, @Nullable Object> replay(
            @PathVariable String id, @RequestBody byte[] json, HttpServletRequest request) {
        var from = BodyFields.of(json, FROM).optionalNumber(FROM, 0, Long.MAX_VALUE);
        var endpoint = find(request, id);
        requireOn(endpoint);
        if (from == null) {
            throw ApiError.invalidRequest(FROM, FROM + " must be given: the sequence of the first event.");
        }
        var replayed = deliveries.replay(endpoint, from, MAX_REPLAYED);
        var view = view(endpoint);
        view.put("replayed", replayed.size());
        if (replayed.size() == MAX_REPLAYED) {
            // Of that event there may be more.
            view.put("next_from_sequence", replayed.getLast());
        }
        return view;
    }

    /** Switches it on again. */
    @PostMapping("/{id}/enable")
    Map<String, @Nullable Object> enable(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] json,
            HttpServletRequest request) {
        BodyFields.ofOptional(json);
        endpoints.switchOn(find(request, id).id());
        return view(find(request, id));
    }

    /** Removes it and forgets what was delivered to it. */
    @PostMapping("/{id}/remove")
    Map<String, @Nullable Object> remove(@PathVariable String id, HttpServletRequest request) {
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
            return endpoints.find(Asker.ofAll(request), UUID.fromString(id)).orElseThrow(EndpointController::none);
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
        view.put(
                "earlier_secret_until",
                endpoint.earlier() == null ? null : endpoint.earlier().until());
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
