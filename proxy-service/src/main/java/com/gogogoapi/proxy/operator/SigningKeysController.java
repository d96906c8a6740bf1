package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.evidence.signing.VerifyingKey;
import com.gogogoapi.proxy.audit.LedgerReadings;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.decisions.Ledger;
import com.gogogoapi.proxy.keys.Operator;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys by which orders that create, take or skip money are signed: shown, trusted, revoked; in every shard alike. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class SigningKeysController {

    private final RequestBodies bodies;
    private final Ledger ledger;
    private final LedgerReadings readings;
    private final InstalledTopics topics;
    private final OrderSigner signer;
    private final OperatorAudit audit;
    private final Clock clock;

    SigningKeysController(
            RequestBodies bodies,
            Ledger ledger,
            LedgerReadings readings,
            InstalledTopics topics,
            OrderSigner signer,
            OperatorAudit audit,
            Clock clock) {
        this.bodies = bodies;
        this.ledger = ledger;
        this.readings = readings;
        this.topics = topics;
        this.signer = signer;
        this.audit = audit;
        this.clock = clock;
    }

    /** Every key that is or was trusted, with its roles, and in how many shards. */
    @GetMapping("/ledger/signing-keys")
    ResponseEntity<byte[]> keys(HttpServletRequest request) {
        return readings.json("/internal/signing-keys");
    }

    /**
     * Trusts a key, {@code {"name","public_key","roles":[…],"trusted_by","reason"}}. Answers 202: each shard decides it in its
     * turn. The same key again changes nothing.
     */
    @PostMapping("/ledger/signing-keys")
    ResponseEntity<Map<String, Object>> trust(HttpServletRequest request) throws IOException {
        var body = BodyFields.of(bodies.read(request), "name", "public_key", "roles", "trusted_by", "reason");
        var name = body.text("name", SigningKeyTrustRequested.MAX_NAME_CHARS);
        var key = publicKey(body.text("public_key", SigningKeyTrustRequested.MAX_NAME_CHARS));
        var roles = roles(body);
        var by = Operator.of(request).by(body, "trusted_by", CreditOrders.MAX_NAME_CHARS);
        var reason = body.text("reason", ParkedResumeRequested.MAX_TEXT_CHARS);
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        for (var shard = 0; shard < topics.shards(); shard++) {
            ledger.publish(
                    shard,
                    signer.signed(new SigningKeyTrustRequested(
                            InstallationAccount.of(shard), name, key.base64(), roles, by, reason, at, null)));
        }
        audit.record(request, "trust-signing-key", name, key.id() + " as " + roles + " by " + by, reason);
        return ResponseEntity.accepted().body(Map.of("key", key.id(), "name", name, "roles", roles));
    }

    /** Revokes a key for good, {@code {"revoked_by","reason"}}. Answers 202, as {@link #trust} does. */
    @PostMapping("/ledger/signing-keys/{key}/revocation")
    ResponseEntity<Map<String, Object>> revoke(@PathVariable String key, HttpServletRequest request)
            throws IOException {
        var body = BodyFields.of(bodies.read(request), "revoked_by", "reason");
        var by = Operator.of(request).by(body, "revoked_by", CreditOrders.MAX_NAME_CHARS);
        var reason = body.text("reason", ParkedResumeRequested.MAX_TEXT_CHARS);
        if (!key.matches("[0-9a-f]{" + OrderSignature.KEY_CHARS + "}")) {
            throw ApiError.notFound("There is no such key.");
        }
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        for (var shard = 0; shard < topics.shards(); shard++) {
            ledger.publish(
                    shard,
                    signer.signed(new SigningKeyRevocationRequested(
                            InstallationAccount.of(shard), key, by, reason, at, null)));
        }
        audit.record(request, "revoke-signing-key", key, "by " + by, reason);
        return ResponseEntity.accepted().body(Map.of("key", key));
    }

    private static VerifyingKey publicKey(String text) {
        try {
            return VerifyingKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("public_key", "public_key must be an Ed25519 public key (X.509) in Base64.");
        }
    }

    private static List<SigningRole> roles(BodyFields body) {
        var roles = new ArrayList<SigningRole>();
        try {
            for (var role : body.node("roles")) {
                roles.add(SigningRole.valueOf(role.asString("")));
            }
        } catch (IllegalArgumentException e) {
            roles.clear();
        }
        if (roles.isEmpty() || roles.stream().distinct().count() != roles.size()) {
            throw ApiError.invalidRequest("roles", "roles must be some of KEYS, OPERATOR and FUNDING, each once.");
        }
        return roles;
    }
}
