package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.proxy.operator.CreditOrders.Order;
import com.gogogoapi.proxy.operator.OperatorOrder.Kind;
import com.gogogoapi.proxy.operator.SecondApproval.Ordered;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes good what an earlier event got wrong: credit given or taken back, as an event of its own that names the wrong one,
 * why, and who says so. Nothing is ever edited.
 */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class CorrectionsController {

    private static final String GIVE = "give";
    private static final String TAKE = "take";

    private final CreditOrders orders;
    private final SecondApproval approval;
    private final InstallationServices services;
    private final OperatorAudit audit;

    CorrectionsController(
            CreditOrders orders, SecondApproval approval, InstallationServices services, OperatorAudit audit) {
        this.orders = orders;
        this.approval = approval;
        this.services = services;
        this.audit = audit;
    }

    /**
     * Corrects once per reference: {@code {"amount_usd","corrects","reason","corrected_by","reference"}} and, to take credit
     * back, {@code "direction":"take"}. What is taken back has to be available: all of it is taken or nothing. Answers 202
     * where a second operator has to approve it.
     */
    @PostMapping("/accounts/{account}/corrections")
    ResponseEntity<Map<String, Object>> correct(@PathVariable String account, HttpServletRequest request)
            throws IOException {
        var order = orders.read(account, request, "corrects", "reason", "corrected_by", "direction");
        var takes = takes(order);
        var correctedBy = order.operator().by(order.body(), "corrected_by", CreditOrders.MAX_NAME_CHARS);
        var correction = new Correction(
                eventId(order.body().text("corrects", 36)), order.body().text("reason", Correction.MAX_REASON_CHARS));
        requireEvent(order.accountId(), correction.correctedEventId());
        var words = (takes ? "take $" : "give $") + order.amount() + " for event " + correction.correctedEventId()
                + " by " + correctedBy;
        return switch (approval.order(
                Kind.CORRECTION, order, intake(order, takes, correction, correctedBy), correction.reason())) {
            case Ordered.Waiting waiting -> {
                audit.record(
                        request,
                        "order-correction",
                        account,
                        words + ", which needs a second operator ("
                                + waiting.order().orderId() + ")",
                        correction.reason());
                yield ResponseEntity.accepted().body(waiting.order().written());
            }
            case Ordered.Decided decided -> {
                var corrected = takes
                        ? taken(order, correction, correctedBy, decided.event())
                        : given(order, correction, correctedBy, decided.event());
                audit.record(request, "correct", account, words, correction.reason());
                yield ResponseEntity.ok(answer(order, takes, correction, correctedBy, corrected));
            }
        };
    }

    private static CreditIntake intake(Order order, boolean takes, Correction correction, String correctedBy) {
        return takes
                ? CreditRevocationRequested.correcting(
                        correction, order.accountId(), order.amount(), order.reference(), correctedBy, order.at())
                : GrantRequested.correcting(
                        correction, order.accountId(), order.amount(), order.reference(), correctedBy, order.at());
    }

    private static Map<String, Object> answer(
            Order order, boolean takes, Correction correction, String correctedBy, LedgerEvent corrected) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("account_id", order.accountId().value());
        answer.put("direction", takes ? TAKE : GIVE);
        answer.put("amount_usd", order.amount());
        answer.put("corrects", correction.correctedEventId());
        answer.put("reason", correction.reason());
        answer.put("corrected_by", correctedBy);
        answer.put("reference", order.reference());
        answer.put("request_id", corrected.requestId());
        if (corrected instanceof CreditRevoked revoked) {
            answer.put(
                    "burned",
                    revoked.consumed().stream()
                            .map(part -> Map.of("grant_id", part.grantId(), "amount_usd", part.amountUsd()))
                            .toList());
        }
        answer.put("decided_at", corrected.decidedAt());
        answer.put("available_usd", corrected.balance().availableUsd());
        return answer;
    }

    private static boolean takes(Order order) {
        return switch (order.body().optionalText("direction", 10)) {
            case null -> false;
            case GIVE -> false;
            case TAKE -> true;
            default -> throw ApiError.invalidRequest("direction", "direction must be \"give\" or \"take\".");
        };
    }

    private static LedgerEvent given(Order order, Correction correction, String correctedBy, LedgerEvent decided) {
        if (decided instanceof CreditGranted granted
                && granted.amountUsd().equals(order.amount())
                && granted.grantedBy().equals(correctedBy)
                && correction.equals(granted.correction())) {
            return granted;
        }
        throw CreditOrders.mismatch("was used before, for something else.");
    }

    private static LedgerEvent taken(Order order, Correction correction, String correctedBy, LedgerEvent decided) {
        if (decided instanceof CreditRevoked revoked
                && revoked.amountUsd().equals(order.amount())
                && revoked.revokedBy().equals(correctedBy)
                && revoked.correction().equals(correction)) {
            return revoked;
        }
        if (decided instanceof CreditRefused refused && refused.requiredUsd().equals(order.amount())) {
            throw ApiError.conflict(
                            "insufficient_credits",
                            "amount_usd",
                            "Of $" + refused.requiredUsd() + " only $"
                                    + refused.balance().availableUsd()
                                    + " was available, so nothing was taken back. This answer stays with the reference.")
                    .withDetail("available_usd", refused.balance().availableUsd())
                    .withDetail("held_usd", refused.balance().heldUsd());
        }
        throw CreditOrders.mismatch("was used before, for something else.");
    }

    /** Before the ledger is asked: its answer would stick to the reference, and an event that is there never goes away. */
    private void requireEvent(AccountId accountId, UUID eventId) {
        try {
            services.get(Service.LEDGER, "/internal/accounts/" + accountId + "/events/" + eventId, Map.of());
        } catch (ServiceRefusal refusal) {
            if (refusal.status() == 404) {
                throw ApiError.invalidRequest("corrects", "corrects must be the id of an event of this account.");
            }
            throw refusal;
        }
    }

    private static UUID eventId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("corrects", "corrects must be the id of a ledger event.");
        }
    }
}
