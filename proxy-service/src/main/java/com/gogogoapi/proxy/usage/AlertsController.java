package com.gogogoapi.proxy.usage;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.InstallationServices.ServiceResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an account is told without asking, and where: the usage-service reads the bodies. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class AlertsController {

    private static final String ALERTS = "/internal/alerts";
    private static final String WEBHOOKS = "/internal/webhooks";
    private static final byte[] NOTHING = {};

    private final Authentication authentication;
    private final RequestBodies bodies;
    private final InstallationServices services;

    AlertsController(Authentication authentication, RequestBodies bodies, InstallationServices services) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.services = services;
    }

    @GetMapping("/alerts")
    ResponseEntity<byte[]> alerts(HttpServletRequest request) {
        return get(authentication.anyReader(request), ALERTS);
    }

    @PutMapping("/alerts")
    ResponseEntity<byte[]> setAlerts(HttpServletRequest request) throws IOException {
        var caller = authentication.anyReader(request);
        return answer(services.put(Service.USAGE, ALERTS, UsageReadings.headers(caller), bodies.read(request)));
    }

    @PostMapping("/alerts/test")
    ResponseEntity<byte[]> testMail(HttpServletRequest request) throws IOException {
        return post(authentication.anyReader(request), ALERTS + "/test", bodies.read(request));
    }

    @PostMapping("/alerts/confirmation")
    ResponseEntity<byte[]> confirmAddress(HttpServletRequest request) throws IOException {
        return post(authentication.anyReader(request), ALERTS + "/confirmation", bodies.read(request));
    }

    @GetMapping("/webhooks")
    ResponseEntity<byte[]> webhooks(HttpServletRequest request) {
        return get(authentication.anyReader(request), WEBHOOKS);
    }

    @PostMapping("/webhooks")
    ResponseEntity<byte[]> addWebhook(HttpServletRequest request) throws IOException {
        return post(authentication.anyReader(request), WEBHOOKS, bodies.read(request));
    }

    @DeleteMapping("/webhooks/{webhookId}")
    ResponseEntity<byte[]> removeWebhook(@PathVariable String webhookId, HttpServletRequest request) {
        return post(authentication.anyReader(request), path(webhookId, "remove"), NOTHING);
    }

    @PostMapping("/webhooks/{webhookId}/test")
    ResponseEntity<byte[]> testWebhook(@PathVariable String webhookId, HttpServletRequest request) throws IOException {
        return post(authentication.anyReader(request), path(webhookId, "test"), bodies.read(request));
    }

    @PostMapping("/webhooks/{webhookId}/rotation")
    ResponseEntity<byte[]> rotateSecret(@PathVariable String webhookId, HttpServletRequest request) throws IOException {
        return post(authentication.anyReader(request), path(webhookId, "rotation"), bodies.read(request));
    }

    @PostMapping("/webhooks/{webhookId}/replay")
    ResponseEntity<byte[]> replayWebhook(@PathVariable String webhookId, HttpServletRequest request)
            throws IOException {
        return post(authentication.anyReader(request), path(webhookId, "replay"), bodies.read(request));
    }

    @PostMapping("/webhooks/{webhookId}/enable")
    ResponseEntity<byte[]> enableWebhook(@PathVariable String webhookId, HttpServletRequest request)
            throws IOException {
        return post(authentication.anyReader(request), path(webhookId, "enable"), bodies.read(request));
    }

    @GetMapping("/webhooks/{webhookId}/deliveries")
    ResponseEntity<byte[]> deliveries(@PathVariable String webhookId, HttpServletRequest request) {
        return get(authentication.anyReader(request), path(webhookId, "deliveries"));
    }

    private static String path(String webhookId, String what) {
        try {
            return WEBHOOKS + "/" + UUID.fromString(webhookId) + "/" + what;
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("This account has no such webhook.");
        }
    }

    private ResponseEntity<byte[]> get(Caller caller, String path) {
        return answer(services.get(Service.USAGE, path, UsageReadings.headers(caller)));
    }

    private ResponseEntity<byte[]> post(Caller caller, String path, byte[] body) {
        return answer(services.post(Service.USAGE, path, UsageReadings.headers(caller), body));
    }

    private static ResponseEntity<byte[]> answer(ServiceResponse response) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(response.body());
    }
}
