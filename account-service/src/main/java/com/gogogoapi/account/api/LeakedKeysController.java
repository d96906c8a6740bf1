package com.gogogoapi.account.api;

import com.gogogoapi.account.audit.AuditTrail;
import com.gogogoapi.account.audit.AuditTrail.Actor;
import com.gogogoapi.account.keys.ApiKey;
import com.gogogoapi.account.keys.ApiKeys;
import com.gogogoapi.account.publication.KeysChanged;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Revokes a key that leaked, whosever it is, by what leaked of it. */
@RestController
class LeakedKeysController {

    private static final int MAX_KEY_CHARS = 200;
    private static final int LAST_FOUR_CHARS = 4;
    private static final int MAX_CANDIDATES = 100;

    private final ApiKeys keys;
    private final AuditTrail audit;
    private final KeysChanged changed;
    private final Clock clock;

    LeakedKeysController(ApiKeys keys, AuditTrail audit, KeysChanged changed, Clock clock) {
        this.keys = keys;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
    }

    /** {@code {"api_key"}} or {@code {"last_four"}}: in the body, since addresses are logged everywhere. */
    @PostMapping("/internal/keys/revocations")
    @Transactional
    Map<String, Object> revoke(@RequestBody byte[] json, HttpServletRequest request) {
        var body = BodyFields.of(json, "api_key", "last_four");
        var key = body.optionalText("api_key", MAX_KEY_CHARS);
        var lastFour = body.optionalText("last_four", LAST_FOUR_CHARS);
        if ((key == null) == (lastFour == null)) {
            throw ApiError.invalidRequest("api_key", "Either api_key or last_four must be given.");
        }
        if (lastFour != null && lastFour.length() != LAST_FOUR_CHARS) {
            throw ApiError.invalidRequest("last_four", "last_four must have 4 characters.");
        }
        var leaked = key != null
                ? keys.find(key).orElseThrow(() -> ApiError.notFound("There is no such key."))
                : only(keys.endingIn(String.valueOf(lastFour), MAX_CANDIDATES), clock.instant());
        keys.revoke(leaked.account(), leaked.keyId());
        changed.keysChanged();
        audit.record(
                Actor.of(request),
                "revoke-key",
                leaked.account().value(),
                leaked.keyId(),
                key != null ? "by the key itself" : "by its last four characters");
        return Map.of("key_id", leaked.keyId(), "account_id", leaked.account().value(), "revoked", true);
    }

    /** The one that is meant: the only valid one, or where none is valid the only one. */
    static ApiKey only(List<ApiKey> candidates, Instant now) {
        var valid = candidates.stream().filter(key -> !key.isRevoked()).toList();
        var meant = valid.isEmpty() ? candidates : valid;
        if (meant.isEmpty()) {
            throw ApiError.notFound("There is no key that ends in these characters.");
        }
        if (meant.size() > 1) {
            throw ApiError.conflict(
                            "ambiguous_key",
                            "last_four",
                            "last_four must be those of one valid key; there are several. Revoke the one that is meant by its"
                                    + " id.")
                    .withDetail(
                            "candidates",
                            meant.stream()
                                    .map(key -> KeyFields.written(key, now))
                                    .toList());
        }
        return meant.getFirst();
    }
}
