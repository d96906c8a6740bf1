package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.OperatorProperties;
import com.gogogoapi.proxy.operator.CreditOrders.Order;
import com.gogogoapi.proxy.operator.OperatorOrder.By;
import com.gogogoapi.proxy.operator.OperatorOrder.Kind;
import com.gogogoapi.proxy.operator.OperatorOrder.Status;
import com.gogogoapi.proxy.operator.OrdersGivenAlone.Wanted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Orders above an amount wait until a second operator approves them, and only then does the ledger hear of them; so does the one
 * with which what an operator ordered alone within a day would exceed that amount. Who gave an
 * order can reject it, and never approve it.
 */
@Component
class SecondApproval {

    static final int MAX_PENDING = 1_000;
    private static final int UNAVAILABLE = 503;

    private final OrderRows rows;
    private final OrdersGivenAlone alone;
    private final OrderedCredit credit;
    private final ApprovedOrders approved;
    private final Clock clock;
    private final Optional<Usd> above;
    private final Duration within;

    SecondApproval(
            OrderRows rows,
            OrdersGivenAlone alone,
            OrderedCredit credit,
            ApprovedOrders approved,
            OperatorProperties properties,
            Clock clock) {
        this.rows = rows;
        this.alone = alone;
        this.credit = credit;
        this.approved = approved;
        this.clock = clock;
        this.above = properties.approvalAbove();
        this.within = properties.approvalWithin();
    }

    /** What became of an order. */
    sealed interface Ordered {

        /** The ledger answered. */
        record Decided(LedgerEvent event) implements Ordered {}

        /** Nobody has approved it yet; or it is a transfer that has not arrived yet. */
        record Waiting(OperatorOrder order) implements Ordered {}
    }

    /**
     * Orders it of the ledger, at once or when another operator approves it; the same again changes nothing.
     *
     * @param reason why, as whoever approves it reads
     * @throws ApiError 422 if the reference was used for something else, or its order was not approved
     */
    Ordered order(Kind kind, Order order, CreditIntake intake, String reason) {
        var before = rows.find(order.accountId(), order.reference());
        if (before.isPresent()) {
            return again(before.get(), intake);
        }
        if (isSmall(kind, order)) {
            return new Ordered.Decided(credit.decided(intake));
        }
        // It may have been ordered before so much needed a second operator.
        var known = credit.known(order.accountId(), intake.requestId());
        return known.<Ordered>map(Ordered.Decided::new).orElseGet(() -> kept(kind, order, intake, reason));
    }

    /** Whether its operator can give it alone, with what the same one gave alone within a day. */
    private boolean isSmall(Kind kind, Order order) {
        return above.isEmpty()
                || alone.fits(
                        new Wanted(
                                order.by().operator(),
                                order.accountId(),
                                kind,
                                order.reference(),
                                order.amount(),
                                order.at()),
                        above.get());
    }

    /**
     * The same of a transfer. It is kept in any case, so that what has left an account arrives at the other one whatever
     * becomes of this proxy and of whoever ordered it.
     */
    Ordered transfer(Order order, CreditTransferRequested transfer, String reason) {
        var before = rows.find(order.accountId(), order.reference());
        if (before.isPresent()) {
            return again(before.get(), transfer);
        }
        if (!isSmall(Kind.TRANSFER, order)) {
            return kept(Kind.TRANSFER, order, transfer, reason);
        }
        var begun = row(Kind.TRANSFER, order, transfer, reason, order.at(), Status.APPROVED);
        return rows.add(begun)
                ? carriedOut(begun)
                : again(rows.find(order.accountId(), order.reference()).orElseThrow(), transfer);
    }

    /** A transfer that is under way when the ledger does not answer is kept, and told as such. */
    private Ordered carriedOut(OperatorOrder order) {
        try {
            return new Ordered.Decided(approved.carryOut(order));
        } catch (ApiError unanswered) {
            if (order.kind() != Kind.TRANSFER || unanswered.status() != UNAVAILABLE) {
                throw unanswered;
            }
            return new Ordered.Waiting(existing(order.orderId()));
        }
    }

    private static OperatorOrder row(
            Kind kind, Order order, CreditIntake intake, String reason, Instant expiresAt, Status status) {
        return new OperatorOrder(
                TimeOrderedIds.next(),
                kind,
                intake,
                order.reference(),
                order.amount(),
                reason,
                order.by(),
                expiresAt,
                status,
                null,
                null);
    }

    private Ordered kept(Kind kind, Order order, CreditIntake intake, String reason) {
        if (rows.countPending(clock.instant()) >= MAX_PENDING) {
            throw ApiError.conflict(
                    "too_many_pending_orders",
                    null,
                    "At most " + MAX_PENDING
                            + " orders must wait for a second operator: approve or reject some first.");
        }
        var waiting = row(kind, order, intake, reason, order.at().plus(within), Status.PENDING);
        return rows.add(waiting)
                ? new Ordered.Waiting(waiting)
                : again(rows.find(order.accountId(), order.reference()).orElseThrow(), intake);
    }

    private Ordered again(OperatorOrder order, CreditIntake intake) {
        if (!meaning(order.intake()).equals(meaning(intake))) {
            throw CreditOrders.mismatch("orders something else.");
        }
        return switch (current(order).status()) {
            case PENDING -> new Ordered.Waiting(order);
            case APPROVED, EXECUTED, REFUSED -> carriedOut(order);
            case REJECTED -> throw notApproved("order_rejected", "was rejected");
            case EXPIRED -> throw notApproved("order_expired", "was approved by nobody in time");
        };
    }

    private OperatorOrder current(OperatorOrder order) {
        if (order.status() != Status.PENDING || clock.instant().isBefore(order.expiresAt())) {
            return order;
        }
        rows.expire(clock.instant());
        return existing(order.orderId());
    }

    private static ApiError notApproved(String code, String what) {
        return ApiError.conflict(
                code, "reference", "The reference must be another one: the order under this one " + what + ".");
    }

    /** All that an order says, but for when. */
    private static JsonNode meaning(CreditIntake intake) {
        var json = (ObjectNode) EventJson.mapper().<JsonNode>valueToTree(intake);
        json.remove("requestedAt");
        return json;
    }

    /** @throws ApiError 404 if there is none, 403 if it is who approves that ordered it, 422 if it does not wait */
    OperatorOrder approve(UUID orderId, By by) {
        var order = existing(orderId);
        if (order.ordered().operator().equals(by.operator())) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "own_order",
                    "An order must be approved by another operator than the one who gave it: " + by.operator() + ".");
        }
        if (!rows.judge(orderId, Status.APPROVED, by)) {
            requireApproved(current(existing(orderId)));
        }
        return existing(orderId);
    }

    private static void requireApproved(OperatorOrder order) {
        switch (order.status()) {
            case APPROVED, EXECUTED, REFUSED -> {}
            case PENDING, EXPIRED -> throw notWaiting("order_expired", "it was approved by nobody in time");
            case REJECTED -> throw notWaiting("order_rejected", "it was rejected");
        }
    }

    private static ApiError notWaiting(String code, String what) {
        return ApiError.conflict(code, null, "The order must still wait for approval: " + what + ".");
    }

    /** @throws ApiError 404 if there is none, 422 if it does not wait */
    OperatorOrder reject(UUID orderId, By by) {
        existing(orderId);
        if (!rows.judge(orderId, Status.REJECTED, by)) {
            var order = current(existing(orderId));
            if (order.status() != Status.REJECTED) {
                throw notWaiting(
                        "order_" + order.status().written(),
                        "it is " + order.status().written());
            }
        }
        return existing(orderId);
    }

    /** @throws ApiError 404 if there is none */
    OperatorOrder existing(UUID orderId) {
        return rows.find(orderId).orElseThrow(() -> ApiError.notFound("There is no such order."));
    }
}
