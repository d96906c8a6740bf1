package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.proxy.audit.LedgerReadings;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.decisions.Ledger;
import com.gogogoapi.proxy.keys.Operator;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accounts that wait since the ledger could not decide a record of theirs: to be looked at, and let go on. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class ParkedAccountsController {

    private final RequestBodies bodies;
    private final Ledger ledger;
    private final LedgerReadings readings;
    private final OrderSigner signer;
    private final OperatorAudit audit;
    private final Clock clock;

    ParkedAccountsController(
            RequestBodies bodies,
            Ledger ledger,
            LedgerReadings readings,
            OrderSigner signer,
            OperatorAudit audit,
            Clock clock) {
        this.bodies = bodies;
        this.ledger = ledger;
        this.readings = readings;
        this.signer = signer;
        this.audit = audit;
        this.clock = clock;
    }

    /** The accounts that wait, the longest waiting first. */
    @GetMapping("/parked")
    ResponseEntity<byte[]> accounts(HttpServletRequest request) {
        return readings.json("/internal/parked");
    }

    /** One account's records that are or were parked, with their content and why. */
    @GetMapping("/accounts/{account}/parked")
    @QueryParameters("from_offset")
    ResponseEntity<byte[]> records(
            @PathVariable String account,
            @RequestParam(name = "from_offset", defaultValue = "0") long fromOffset,
            HttpServletRequest request) {
        return readings.json("/internal/accounts/" + accountId(account) + "/parked?from_offset=" + fromOffset);
    }

    /**
     * Lets an account go on from the record it is parked at, {@code {"action":"retry"|"skip","reason":"…"}}. Answers 202:
     * the ledger decides it in the account's order; {@link #records} shows what became of it. The offset is its natural
     * reference: once the account has gone on from there, the same again changes nothing.
     */
    @PostMapping("/accounts/{account}/parked/{offset}")
    ResponseEntity<Map<String, Object>> resume(
            @PathVariable String account, @PathVariable long offset, HttpServletRequest request) throws IOException {
        var body = BodyFields.of(bodies.read(request), "action", "reason");
        var action = action(body.text("action", 16));
        var reason = body.text("reason", ParkedResumeRequested.MAX_TEXT_CHARS);
        ledger.publish(signer.signed(new ParkedResumeRequested(
                accountId(account),
                offset,
                action,
                Operator.of(request).name(),
                reason,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null)));
        audit.record(request, "resume-parked", account, action + " at offset " + offset, reason);
        return ResponseEntity.accepted()
                .body(Map.of("account_id", account, "offset", offset, "action", body.node("action")));
    }

    private static AccountId accountId(String text) {
        if (!AccountId.isValid(text)) {
            throw ApiError.notFound("There is no such account.");
        }
        return new AccountId(text);
    }

    private static ParkedResumeRequested.Action action(String text) {
        return switch (text) {
            case "retry" -> ParkedResumeRequested.Action.RETRY;
            case "skip" -> ParkedResumeRequested.Action.SKIP;
            default -> throw ApiError.invalidRequest("action", "action must be \"retry\" or \"skip\".");
        };
    }
}
