package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.proxy.audit.LedgerReadings;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Shards that stopped since the intake no longer has what they were to read next. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class IntakeGapsController {

    private static final int MAX_TEXT_CHARS = 200;

    private final RequestBodies bodies;
    private final LedgerReadings readings;
    private final InstallationServices services;
    private final OrderSigner signer;
    private final OperatorAudit audit;

    IntakeGapsController(
            RequestBodies bodies,
            LedgerReadings readings,
            InstallationServices services,
            OrderSigner signer,
            OperatorAudit audit) {
        this.bodies = bodies;
        this.readings = readings;
        this.services = services;
        this.signer = signer;
        this.audit = audit;
    }

    /** The gaps that were found, the newest first, and who accepted which. */
    @GetMapping("/ledger/intake-gaps")
    ResponseEntity<byte[]> gaps(HttpServletRequest request) {
        return readings.json("/internal/intake-gaps");
    }

    /**
     * Lets a shard go on behind a gap, {@code {"expected_offset":…,"accepted_by":"…","reason":"…"}}: what was acknowledged
     * there is lost. Once and for good; the same again is 404.
     */
    @PostMapping("/ledger/intake-gaps/{shard}")
    ResponseEntity<byte[]> accept(@PathVariable int shard, HttpServletRequest request) throws IOException {
        var body = BodyFields.of(bodies.read(request), "expected_offset", "accepted_by", "reason");
        var expected = body.node("expected_offset");
        if (!expected.isIntegralNumber() || !expected.canConvertToLong() || expected.longValue() < 0) {
            throw ApiError.invalidRequest("expected_offset", "expected_offset must be a whole number from 0.");
        }
        var by = Operator.of(request).by(body, "accepted_by", MAX_TEXT_CHARS);
        var reason = body.text("reason", MAX_TEXT_CHARS);
        var signature = signer.ofGap(installation(shard), expected.longValue(), by, reason);
        var answer = services.post(
                Service.LEDGER,
                "/internal/intake-gaps/" + shard,
                Map.of(),
                JsonMapper.shared()
                        .writeValueAsBytes(Map.of(
                                "expected_offset", expected.longValue(),
                                "accepted_by", by,
                                "reason", reason,
                                "at", signature.at().toString(),
                                "signature", signatureJson(signature))));
        audit.record(
                request,
                "accept-intake-gap",
                "shard " + shard,
                "at offset " + expected.longValue() + " by " + by,
                reason);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer.body());
    }

    private static Map<String, String> signatureJson(OrderSignature signature) {
        return Map.of("key", signature.key(), "at", signature.at().toString(), "value", signature.value());
    }

    private static AccountId installation(int shard) {
        if (shard < 0) {
            throw ApiError.notFound("There is no such shard.");
        }
        return InstallationAccount.of(shard);
    }
}
