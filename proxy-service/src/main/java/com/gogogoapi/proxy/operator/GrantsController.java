package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.GrantPriority;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.operator.CreditOrders.Order;
import com.gogogoapi.proxy.operator.OperatorOrder.Kind;
import com.gogogoapi.proxy.operator.SecondApproval.Ordered;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives credit. Every grant's event says who gave it and why: where nothing else is said, the operator by its reference. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class GrantsController {

    private static final int MAX_INSTANT_CHARS = 40;

    private final CreditOrders orders;
    private final SecondApproval approval;
    private final OrderedCredit credit;
    private final OperatorAudit audit;

    private record Wanted(
            Usd amountUsd,
            String grantedBy,
            @Nullable Integer priority,
            @Nullable Instant expiresAt,
            String reason) {

        boolean canBeGranted(Instant at) {
            return expiresAt == null
                    || (expiresAt.isAfter(at) && !expiresAt.isAfter(at.plus(GrantRequested.LONGEST_LIFE)));
        }

        GrantRequested request(Order order) {
            return GrantRequested.byOperator(
                    order.accountId(),
                    amountUsd,
                    new GrantTerms(priority, expiresAt),
                    order.reference(),
                    grantedBy,
                    reason,
                    order.at());
        }
    }

    GrantsController(CreditOrders orders, SecondApproval approval, OrderedCredit credit, OperatorAudit audit) {
        this.orders = orders;
        this.approval = approval;
        this.credit = credit;
        this.audit = audit;
    }

    /**
     * Grants once per reference: {@code {"amount_usd","reference"}} and optionally {@code "reason"}, {@code "granted_by"},
     * {@code "priority"} and {@code "expires_at"}. Answers 202 where a second operator has to approve it.
     */
    @PostMapping("/accounts/{account}/grants")
    ResponseEntity<Map<String, Object>> grant(@PathVariable String account, HttpServletRequest request)
            throws IOException {
        var order = orders.read(account, request, "reason", "granted_by", "priority", "expires_at");
        var wanted = wanted(order);
        return switch (ordered(order, wanted)) {
            case Ordered.Waiting waiting -> {
                audit.record(
                        request,
                        "order-grant",
                        account,
                        words(order) + ", which needs a second operator ("
                                + waiting.order().orderId() + ")",
                        wanted.reason());
                yield ResponseEntity.accepted().body(waiting.order().written());
            }
            case Ordered.Decided decided -> {
                var granted = granted(order, decided.event());
                requireSame(wanted, granted);
                audit.record(
                        request,
                        "grant",
                        account,
                        words(order) + " with priority " + granted.consumptionPriority()
                                + (granted.expiresAt() == null ? "" : " until " + granted.expiresAt()) + " by "
                                + granted.grantedBy(),
                        granted.reason());
                yield ResponseEntity.ok(answer(account, granted));
            }
        };
    }

    private static String words(Order order) {
        return "$" + order.amount() + " by reference " + order.reference();
    }

    private static Wanted wanted(Order order) {
        var reason = order.body().optionalText("reason", Correction.MAX_REASON_CHARS);
        var priority = order.body().optionalNumber("priority", 0, GrantPriority.MAX);
        return new Wanted(
                order.amount(),
                order.operator().by(order.body(), "granted_by", CreditOrders.MAX_NAME_CHARS),
                priority == null ? null : Integer.valueOf(priority.intValue()),
                expiry(order),
                reason == null ? order.reference() : reason);
    }

    private static @Nullable Instant expiry(Order order) {
        var text = order.body().optionalText("expires_at", MAX_INSTANT_CHARS);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw ApiError.invalidRequest("expires_at", "expires_at must be an instant such as 2027-01-31T00:00:00Z.");
        }
    }

    private Ordered ordered(Order order, Wanted wanted) {
        if (wanted.canBeGranted(order.at())) {
            return approval.order(Kind.GRANT, order, wanted.request(order), wanted.reason());
        }
        // One that is over by now may have been granted in time: the ledger may not be asked for it, but what it said
        // may.
        return credit.known(order.accountId(), GrantRequested.requestIdOf(order.accountId(), order.reference()))
                .map(Ordered.Decided::new)
                .orElseThrow(() -> ApiError.invalidRequest(
                        "expires_at", "expires_at must be in the future and within ten years."));
    }

    private static CreditGranted granted(Order order, LedgerEvent decided) {
        if (decided instanceof CreditGranted granted) {
            return granted;
        }
        if (decided instanceof CreditRefused refused && refused.reason() == RefusalReason.TOO_MANY_EXPIRING_GRANTS) {
            throw ApiError.conflict(
                    "too_many_expiring_grants",
                    "expires_at",
                    "This account has as many grants that are still to expire as one account may have. The refusal stays"
                            + " with the reference " + order.reference() + ".");
        }
        throw CreditOrders.mismatch("was used before, for something else.");
    }

    /** Whether the reference was used for this very grant; grants that say no reason are from before there was one. */
    private static void requireSame(Wanted wanted, CreditGranted granted) {
        if (!granted.amountUsd().equals(wanted.amountUsd())) {
            throw CreditOrders.mismatch("granted $" + granted.amountUsd() + " before.");
        }
        var priority = wanted.priority() == null ? GrantPriority.USUAL : wanted.priority();
        if (granted.consumptionPriority() != priority) {
            throw CreditOrders.mismatch("granted with priority " + granted.consumptionPriority() + " before.");
        }
        if (!Objects.equals(granted.expiresAt(), wanted.expiresAt())) {
            throw CreditOrders.mismatch("granted with another expiry before.");
        }
        if (granted.source() != GrantSource.OPERATOR_GRANT
                || !granted.grantedBy().equals(wanted.grantedBy())
                || (granted.reason() != null && !granted.reason().equals(wanted.reason()))) {
            throw CreditOrders.mismatch("was used before, for something else.");
        }
    }

    private static Map<String, Object> answer(String account, CreditGranted granted) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("account_id", account);
        answer.put("amount_usd", granted.amountUsd());
        answer.put("reference", granted.reference());
        answer.put("granted_by", granted.grantedBy());
        if (granted.reason() != null) {
            answer.put("reason", granted.reason());
        }
        answer.put("priority", granted.consumptionPriority());
        if (granted.expiresAt() != null) {
            answer.put("expires_at", granted.expiresAt());
        }
        if (granted.approvedBy() != null) {
            answer.put("approved_by", granted.approvedBy());
        }
        answer.put("available_usd", granted.balance().availableUsd());
        return answer;
    }
}
