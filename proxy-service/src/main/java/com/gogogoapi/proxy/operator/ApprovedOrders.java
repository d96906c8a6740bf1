package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.proxy.operator.OperatorOrder.Outcome;
import com.gogogoapi.proxy.operator.OperatorOrder.Status;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Asks the ledger for what is approved, until it has answered: whoever approves an order does so at once, and where that
 * failed, or its proxy died over it, any proxy does, soon and again after every start. The ledger knows an order by its
 * request, so asked twice it is carried out once.
 *
 * <p>A transfer is asked for at both its ends: the account that gives first, and only once it has given the one that gets.
 * Whatever fails in between, nothing is lost and nothing doubled: what has left is asked for at the other end until it is there.
 */
@Component
class ApprovedOrders implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ApprovedOrders.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** Longer than whoever approved it waits for the ledger. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final int AT_ONCE = 20;

    private final OrderRows rows;
    private final OrderedCredit credit;
    private final Clock clock;
    private @Nullable Turns turns;

    ApprovedOrders(OrderRows rows, OrderedCredit credit, Clock clock) {
        this.rows = rows;
        this.credit = credit;
        this.clock = clock;
    }

    /**
     * What the ledger makes of an approved order; of a transfer, what the account that gives did.
     *
     * @throws ApiError 503 if it does not say now, 422 if it is too late to ask
     */
    LedgerEvent carryOut(OperatorOrder order) {
        var judgment = order.judgment();
        var intake = judgment == null ? order.intake() : OrderedCredit.approved(order.intake(), judgment.operator());
        if (isOver(intake)) {
            return credit.known(intake.accountId(), intake.requestId()).orElseThrow(() -> tooLate(order));
        }
        var event = credit.decided(intake);
        if (event instanceof CreditTransferred left
                && intake instanceof CreditTransferRequested transfer
                && isWhatWasOrdered(order, event)) {
            arrive(order, transfer, left);
            return event;
        }
        rows.decided(
                order.orderId(),
                isWhatWasOrdered(order, event) ? Status.EXECUTED : Status.REFUSED,
                new Outcome(words(order, event), event.decidedAt()));
        return event;
    }

    private void arrive(OperatorOrder order, CreditTransferRequested transfer, CreditTransferred left) {
        rows.goingOn(order.orderId(), new Outcome("has left and is on its way", left.decidedAt()));
        var arrived = credit.decided(transfer.otherEnd());
        if (!(arrived instanceof CreditTransferred)) {
            throw new IllegalStateException("What has left must arrive, and the ledger says " + arrived);
        }
        rows.decided(
                order.orderId(),
                Status.EXECUTED,
                new Outcome(
                        "done: $" + left.balance().availableUsd() + " available where it left", arrived.decidedAt()));
    }

    private boolean isOver(CreditIntake intake) {
        return intake instanceof GrantRequested grant
                && grant.expiresAt() != null
                && !grant.expiresAt().isAfter(clock.instant());
    }

    private ApiError tooLate(OperatorOrder order) {
        rows.decided(
                order.orderId(),
                Status.REFUSED,
                new Outcome("The credit would have expired before it was given.", clock.instant()));
        return ApiError.conflict(
                "order_refused", "expires_at", "expires_at must be in the future when the order is approved.");
    }

    private static boolean isWhatWasOrdered(OperatorOrder order, LedgerEvent event) {
        return switch (event) {
            case CreditGranted granted ->
                order.intake() instanceof GrantRequested wanted
                        && granted.amountUsd().equals(wanted.amountUsd())
                        && granted.grantedBy().equals(wanted.grantedBy());
            case CreditRevoked revoked ->
                order.intake() instanceof CreditRevocationRequested wanted
                        && revoked.amountUsd().equals(wanted.amountUsd())
                        && revoked.correction().equals(wanted.correction());
            case CreditTransferred transferred ->
                order.intake() instanceof CreditTransferRequested wanted
                        && transferred.amountUsd().equals(wanted.amountUsd())
                        && transferred.counterpart().equals(wanted.counterpart());
            default -> false;
        };
    }

    private static String words(OperatorOrder order, LedgerEvent event) {
        if (event instanceof CreditRefused refused) {
            return "refused: " + refused.reason();
        }
        return isWhatWasOrdered(order, event)
                ? "done: $" + event.balance().availableUsd() + " available"
                : "refused: the reference was used before, for something else";
    }

    private void turn() {
        try {
            goOn();
        } catch (DataAccessException away) {
            log.warn("approved orders wait for the database: {}", away.getMessage());
        }
    }

    private void goOn() {
        rows.expire(clock.instant());
        for (var order : rows.approvedBefore(clock.instant().minus(LEFT_ALONE), AT_ONCE)) {
            try {
                carryOut(order);
                log.info("order {} is carried out, which whoever ordered it could not await", order.orderId());
            } catch (RuntimeException e) {
                // One that cannot be carried out must not keep the others waiting.
                log.warn("order {} is approved and not carried out yet", order.orderId(), e);
            }
        }
    }

    @Override
    public synchronized void start() {
        turns = Turns.withPauses("approved-orders", PAUSE, this::turn, this::turn);
    }

    @Override
    public synchronized void stop() {
        if (turns != null) {
            turns.stop(() -> {}, STOP_WITHIN);
            turns = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return turns != null;
    }
}
