package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.proxy.accounts.Accounts;
import com.gogogoapi.proxy.operator.CreditOrders.Order;
import com.gogogoapi.proxy.operator.OperatorOrder.Status;
import com.gogogoapi.proxy.operator.SecondApproval.Ordered;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moves credit from one account to another, as two events of the ledger that name each other. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class TransfersController {

    private static final int MAX_ACCOUNT_CHARS = 100;
    private static final int NO_SUCH_ACCOUNT = 404;

    private final CreditOrders orders;
    private final SecondApproval approval;
    private final Accounts accounts;
    private final OperatorAudit audit;

    TransfersController(CreditOrders orders, SecondApproval approval, Accounts accounts, OperatorAudit audit) {
        this.orders = orders;
        this.approval = approval;
        this.accounts = accounts;
        this.audit = audit;
    }

    /**
     * Transfers once per reference: {@code {"to","amount_usd","reference","reason"}}. Answers 202 where a second operator has to
     * approve it, and where it has left and has not arrived yet; it then arrives without anybody asking again.
     */
    @PostMapping("/accounts/{account}/transfers")
    ResponseEntity<Map<String, Object>> transfer(@PathVariable String account, HttpServletRequest request)
            throws IOException {
        var order = orders.read(account, request, "to", "reason");
        var reason = order.body().text("reason", Correction.MAX_REASON_CHARS);
        var to = to(order);
        var transfer = CreditTransferRequested.from(
                order.accountId(),
                to,
                order.amount(),
                order.reference(),
                order.operator().name(),
                reason,
                order.at());
        var words = "$" + order.amount() + " to " + to + " by reference " + order.reference();
        return switch (approval.transfer(order, transfer, reason)) {
            case Ordered.Waiting waiting -> {
                var kept = waiting.order();
                audit.record(
                        request,
                        "order-transfer",
                        account,
                        words
                                + (kept.status() == Status.PENDING
                                        ? ", which needs a second operator"
                                        : ", which is on its way")
                                + " (" + kept.orderId() + ")",
                        reason);
                yield ResponseEntity.accepted().body(kept.written());
            }
            case Ordered.Decided decided -> {
                var transferred = transferred(transfer, decided.event());
                audit.record(request, "transfer", account, words, reason);
                yield ResponseEntity.ok(answer(transferred));
            }
        };
    }

    private AccountId to(Order order) {
        var text = order.body().text("to", MAX_ACCOUNT_CHARS);
        if (text.equals(order.accountId().value())) {
            throw ApiError.invalidRequest("to", "to must be another account.");
        }
        if (AccountId.isValid(text)) {
            try {
                return accounts.existing(text);
            } catch (ServiceRefusal refusal) {
                if (refusal.status() != NO_SUCH_ACCOUNT) {
                    throw refusal;
                }
            }
        }
        throw ApiError.invalidRequest("to", "to must be the id of an account.");
    }

    private static CreditTransferred transferred(CreditTransferRequested wanted, LedgerEvent decided) {
        if (decided instanceof CreditTransferred transferred
                && transferred.counterpart().equals(wanted.counterpart())
                && transferred.amountUsd().equals(wanted.amountUsd())) {
            return transferred;
        }
        if (decided instanceof CreditRefused refused && refused.requiredUsd().equals(wanted.amountUsd())) {
            throw refused(refused);
        }
        throw CreditOrders.mismatch("was used before, for something else.");
    }

    private static ApiError refused(CreditRefused refused) {
        var lasting = refused.reason() == RefusalReason.NOT_TRANSFERABLE;
        return ApiError.conflict(
                        lasting ? "not_transferable" : "insufficient_credits",
                        "amount_usd",
                        lasting
                                ? "Of what is available too much would expire, and only what never expires is"
                                        + " transferred, so nothing was. This answer stays with the reference."
                                : "Of $" + refused.requiredUsd() + " only $"
                                        + refused.balance().availableUsd()
                                        + " was available, so nothing was transferred. This answer stays with the"
                                        + " reference.")
                .withDetail("available_usd", refused.balance().availableUsd())
                .withDetail("held_usd", refused.balance().heldUsd());
    }

    private static Map<String, Object> answer(CreditTransferred transferred) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("account_id", transferred.accountId().value());
        answer.put("to", transferred.counterpart().value());
        answer.put("amount_usd", transferred.amountUsd());
        answer.put("reference", transferred.reference());
        answer.put("reason", transferred.reason());
        answer.put("ordered_by", transferred.orderedBy());
        if (transferred.approvedBy() != null) {
            answer.put("approved_by", transferred.approvedBy());
        }
        answer.put("transfer_id", transferred.transferId());
        answer.put("request_id", transferred.requestId());
        answer.put("counterpart_request_id", transferred.counterpartRequestId());
        answer.put("available_usd", transferred.balance().availableUsd());
        return answer;
    }
}
