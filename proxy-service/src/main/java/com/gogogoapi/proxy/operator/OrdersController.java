package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.body.RequestBodies;
import com.gogogoapi.proxy.operator.OperatorOrder.Status;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Orders that need a second operator: shown, approved and rejected. */
@RestController
@RequestMapping({"/v1/operator", "/api/v1/operator"})
class OrdersController {

    private static final Logger log = LoggerFactory.getLogger(OrdersController.class);
    private static final int MAX_REASON_CHARS = 500;

    private final SecondApproval approval;
    private final ApprovedOrders approved;
    private final OrderRows rows;
    private final CreditOrders orders;
    private final RequestBodies bodies;
    private final OperatorAudit audit;

    OrdersController(
            SecondApproval approval,
            ApprovedOrders approved,
            OrderRows rows,
            CreditOrders orders,
            RequestBodies bodies,
            OperatorAudit audit) {
        this.approval = approval;
        this.approved = approved;
        this.rows = rows;
        this.orders = orders;
        this.bodies = bodies;
        this.audit = audit;
    }

    /** The newest first, in one state ({@code ?status=}) or in any. */
    @GetMapping("/orders")
    @QueryParameters({"limit", "cursor", "status"})
    Map<String, Object> list(HttpServletRequest request) {
        var limit = PageLimit.of(request);
        var cursor = request.getParameter("cursor");
        var found =
                rows.before(cursor == null ? null : cursor(cursor), status(request.getParameter("status")), limit + 1);
        var shown = found.stream().limit(limit).toList();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("object", "list");
        answer.put("data", shown.stream().map(OperatorOrder::written).toList());
        if (found.size() > limit) {
            answer.put("next_cursor", shown.getLast().orderId().toString());
        }
        return answer;
    }

    private static UUID cursor(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("cursor", "cursor must be the next_cursor of the page before.");
        }
    }

    private static @Nullable Status status(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(Status.values())
                .filter(status -> status.written().equals(text))
                .findFirst()
                .orElseThrow(() -> ApiError.invalidRequest(
                        "status",
                        "status must be one of: "
                                + Arrays.stream(Status.values())
                                        .map(Status::written)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    @GetMapping("/orders/{order}")
    Map<String, Object> read(@PathVariable String order) {
        return approval.existing(orderId(order)).written();
    }

    /**
     * Approves it, as another operator than the one who gave it, and asks the ledger for it. Answers 202 where the ledger does
     * not answer at once: it is asked until it does. The same again changes nothing.
     */
    @PostMapping("/orders/{order}/approval")
    ResponseEntity<Map<String, Object>> approve(@PathVariable String order, HttpServletRequest request)
            throws IOException {
        requireNoFields(request);
        var now = approval.approve(orderId(order), orders.by(request));
        if (now.status() == Status.APPROVED) {
            audit.record(request, "approve-order", now.intake().accountId().value(), words(now));
            now = carriedOut(now);
        }
        return now.status() == Status.APPROVED
                ? ResponseEntity.accepted().body(now.written())
                : ResponseEntity.ok(now.written());
    }

    private OperatorOrder carriedOut(OperatorOrder order) {
        try {
            approved.carryOut(order);
        } catch (ApiError e) {
            log.warn("order {} is approved and not carried out yet", order.orderId(), e);
        }
        return approval.existing(order.orderId());
    }

    /** Rejects it for good: {@code {"reason"}}. Also who gave it may. */
    @PostMapping("/orders/{order}/rejection")
    Map<String, Object> reject(@PathVariable String order, HttpServletRequest request) throws IOException {
        var reason = BodyFields.of(bodies.read(request), "reason").text("reason", MAX_REASON_CHARS);
        var rejected = approval.reject(orderId(order), orders.by(request));
        audit.record(request, "reject-order", rejected.intake().accountId().value(), words(rejected), reason);
        return rejected.written();
    }

    private void requireNoFields(HttpServletRequest request) throws IOException {
        var body = bodies.read(request);
        if (body.length > 0) {
            BodyFields.of(body);
        }
    }

    private static String words(OperatorOrder order) {
        return order.kind() + " of $" + order.amount() + " by reference " + order.reference() + ", ordered by "
                + order.ordered().operator() + " (" + order.orderId() + ")";
    }

    private static UUID orderId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("There is no such order.");
        }
    }
}
