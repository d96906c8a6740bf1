package com.gogogoapi.pricing.api;

import com.gogogoapi.chassis.bodies.StrictJson;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.ModelName;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.pricing.book.Aliases;
import com.gogogoapi.pricing.book.Announcements;
import com.gogogoapi.pricing.book.Announcements.Once;
import com.gogogoapi.pricing.book.NewVersion.Kind;
import com.gogogoapi.pricing.publication.PriceAdded;
import com.gogogoapi.pricing.routefile.RouteFile;
import com.gogogoapi.pricing.routefile.RouteImport;
import com.gogogoapi.pricing.routefile.RouteSettings;
import com.gogogoapi.pricing.routefile.VersionReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Where an operator publishes prices, records costs, says what becomes of a loss, and imports all of it at once. */
@RestController
@RequestMapping("/internal/routes")
class OperatorController {

    /** A version with 32 windows and a thousand holidays has room. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private static final int MAX_KEY_CHARS = 200;

    private final Announcements announcements;
    private final Aliases aliases;
    private final RouteImport routeImport;
    private final PriceAdded added;

    OperatorController(Announcements announcements, Aliases aliases, RouteImport routeImport, PriceAdded added) {
        this.announcements = announcements;
        this.aliases = aliases;
        this.routeImport = routeImport;
        this.added = added;
    }

    @PostMapping("/{model}/prices")
    Map<String, Object> publish(
            @PathVariable String model,
            @RequestHeader(ServiceHeaders.OPERATOR) String operator,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestBody byte[] json) {
        return announce(Kind.PRICE, "price_version", model, operator, idempotencyKey, json);
    }

    @PostMapping("/{model}/costs")
    Map<String, Object> record(
            @PathVariable String model,
            @RequestHeader(ServiceHeaders.OPERATOR) String operator,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestBody byte[] json) {
        return announce(Kind.COST, "cost_version", model, operator, idempotencyKey, json);
    }

    private Map<String, Object> announce(
            Kind kind, String nameField, String model, String operator, @Nullable String idempotencyKey, byte[] json) {
        checkModel(model);
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY_CHARS)) {
            throw ApiError.invalidRequest(
                    "Idempotency-Key", "The Idempotency-Key must have 1 to " + MAX_KEY_CHARS + " characters.");
        }
        var asked = VersionReader.read(kind, model, operator, read(json));
        var once = idempotencyKey == null ? null : new Once(idempotencyKey, sha256(kind, model, json));
        var version = announcements.announce(asked, once);
        added.priceAdded();
        return Map.of(nameField, version.version(), "model", version.model(), "valid_from", version.validFrom());
    }

    /** Whether it is sold anyway or suspended while its price is below its cost. */
    @PutMapping("/{model}/loss-policy")
    Map<String, Object> setLossPolicy(
            @PathVariable String model,
            @RequestHeader(ServiceHeaders.OPERATOR) String operator,
            @RequestBody byte[] json) {
        checkModel(model);
        var asked = RouteSettings.lossPolicy(read(json));
        var set = announcements.setLossPolicy(model, asked.policy(), operator, asked.reason());
        added.priceAdded();
        return Map.of("model", model, "policy", set.policy().name().toLowerCase(Locale.ROOT), "set_at", set.setAt());
    }

    /** All of its other names; those it had and that are not named are free again. */
    @PutMapping("/{model}/aliases")
    Map<String, Object> setAliases(
            @PathVariable String model,
            @RequestHeader(ServiceHeaders.OPERATOR) String operator,
            @RequestBody byte[] json) {
        checkModel(model);
        var asked = RouteSettings.aliases(read(json));
        var set = aliases.set(model, asked.aliases(), operator, asked.reason());
        added.priceAdded();
        return Map.of("model", model, "aliases", set.aliases(), "set_at", set.setAt());
    }

    /** Brings the book to what the file says; with {@code dry_run} only tells what that would change. */
    @PostMapping("/import")
    RouteImport.Difference importFile(
            @RequestHeader(ServiceHeaders.OPERATOR) String operator,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            @RequestBody byte[] yaml) {
        if (yaml.length > RouteFile.MAX_BYTES) {
            throw ApiError.bodyTooLarge(RouteFile.MAX_BYTES);
        }
        var file = RouteFile.read(yaml, operator);
        if (dryRun) {
            return routeImport.compare(file);
        }
        var difference = routeImport.apply(file);
        added.priceAdded();
        return difference;
    }

    private static void checkModel(String model) {
        if (!ModelName.isValid(model)) {
            throw ApiError.invalidRequest("model", "model must be " + ModelName.FORM + ".");
        }
    }

    private static JsonNode read(byte[] json) {
        if (json.length > MAX_BODY_BYTES) {
            throw ApiError.bodyTooLarge(MAX_BODY_BYTES);
        }
        return StrictJson.read(json);
    }

    private static byte[] sha256(Kind kind, String model, byte[] json) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            // Prices as they were hashed before there were costs, so that a repetition is still recognised.
            sha.update((kind == Kind.PRICE ? "" : kind + "\n").getBytes(StandardCharsets.UTF_8));
            sha.update((model + "\n").getBytes(StandardCharsets.UTF_8));
            return sha.digest(json);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }
}
