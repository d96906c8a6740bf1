package com.gogogoapi.proxy.operator;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.proxy.operator.OperatorOrder.By;
import com.gogogoapi.proxy.operator.OperatorOrder.Kind;
import com.gogogoapi.proxy.operator.OperatorOrder.Outcome;
import com.gogogoapi.proxy.operator.OperatorOrder.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The orders in PostgreSQL, which all proxies share. */
@Repository
class OrderRows {

    private final JdbcClient jdbc;

    OrderRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static OperatorOrder order(ResultSet row) throws SQLException {
        var judgedBy = row.getString("judged_by");
        var answer = row.getString("answer");
        return new OperatorOrder(
                row.getObject("order_id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                intake(row.getString("intake")),
                row.getString("reference"),
                Usd.parse(row.getString("amount_usd")),
                row.getString("reason"),
                new By(row.getString("ordered_by"), row.getString("ordered_from"), instant(row, "ordered_at")),
                instant(row, "expires_at"),
                Status.valueOf(row.getString("status")),
                judgedBy == null ? null : new By(judgedBy, row.getString("judged_from"), instant(row, "judged_at")),
                answer == null ? null : new Outcome(answer, instant(row, "decided_at")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    /** {@code {"type","event"}}, by the names that are on the wire. */
    private static CreditIntake intake(String json) {
        var stored = JsonMapper.shared().readTree(json);
        var type = EventType.named(stored.path("type").asString(""));
        if (type.isPresent()
                && EventJson.mapper()
                                .treeToValue(stored.path("event"), type.get().eventClass())
                        instanceof CreditIntake intake) {
            return intake;
        }
        throw new IllegalStateException("An order must be a record that the ledger takes: " + json);
    }

    private static String json(CreditIntake intake) {
        var stored = EventJson.mapper().createObjectNode();
        stored.put("type", EventType.of(intake).wireName());
        stored.set("event", EventJson.mapper().valueToTree(intake));
        return EventJson.mapper().writeValueAsString(stored);
    }

    /** False if the account has one under that reference. */
    boolean add(OperatorOrder order) {
        return jdbc.sql("""
                        insert into operator_order (order_id, kind, account_id, reference, amount_usd, intake, reason,
                               ordered_by, ordered_from, ordered_at, expires_at, status)
                        values (:id, :kind, :account, :reference, :amount, :intake, :reason, :by, :from, :at, :expires, :status)
                            on conflict do nothing""")
                        .param("id", order.orderId())
                        .param("kind", order.kind().name())
                        .param("account", order.intake().accountId().value())
                        .param("reference", order.reference())
                        .param("amount", order.amount().toString())
                        .param("intake", json(order.intake()))
                        .param("reason", order.reason())
                        .param("by", order.ordered().operator())
                        .param("from", order.ordered().address())
                        .param("at", Timestamp.from(order.ordered().at()))
                        .param("expires", Timestamp.from(order.expiresAt()))
                        .param("status", order.status().name())
                        .update()
                == 1;
    }

    Optional<OperatorOrder> find(UUID orderId) {
        return jdbc.sql("select * from operator_order where order_id = ?")
                .param(orderId)
                .query((row, number) -> order(row))
                .optional();
    }

    Optional<OperatorOrder> find(AccountId account, String reference) {
        return jdbc.sql("select * from operator_order where account_id = ? and reference = ?")
                .params(account.value(), reference)
                .query((row, number) -> order(row))
                .optional();
    }

    int countPending(Instant now) {
        return jdbc.sql("select count(*) from operator_order where status = 'PENDING' and expires_at > ?")
                .param(Timestamp.from(now))
                .query(Integer.class)
                .single();
    }

    /** Those before that one, the newest first, in one state or in any. */
    List<OperatorOrder> before(@Nullable UUID orderId, @Nullable Status status, int limit) {
        return jdbc.sql("""
                        select * from operator_order
                         where (cast(:before as uuid) is null or order_id < :before)
                           and (cast(:status as text) is null or status = :status)
                         order by order_id desc limit :limit""")
                .param("before", orderId, Types.OTHER)
                .param("status", status == null ? null : status.name(), Types.VARCHAR)
                .param("limit", limit)
                .query((row, number) -> order(row))
                .list();
    }

    /** What is approved since before then and has no answer yet. */
    List<OperatorOrder> approvedBefore(Instant then, int limit) {
        return jdbc.sql(
                        "select * from operator_order where status = 'APPROVED' and coalesce(judged_at, ordered_at) < ? order by order_id limit ?")
                .params(Timestamp.from(then), limit)
                .query((row, number) -> order(row))
                .list();
    }

    /** False unless it waits. */
    boolean judge(UUID orderId, Status status, By by) {
        return jdbc.sql("""
                        update operator_order set status = :status, judged_by = :by, judged_from = :from, judged_at = :at
                         where order_id = :id and status = 'PENDING' and expires_at > :at""")
                        .param("status", status.name())
                        .param("by", by.operator())
                        .param("from", by.address())
                        .param("at", Timestamp.from(by.at()))
                        .param("id", orderId)
                        .update()
                == 1;
    }

    /** Ends those that nobody approved in time. */
    void expire(Instant now) {
        jdbc.sql("update operator_order set status = 'EXPIRED' where status = 'PENDING' and expires_at <= ?")
                .param(Timestamp.from(now))
                .update();
    }

    /** How far an approved one is. */
    void goingOn(UUID orderId, Outcome soFar) {
        jdbc.sql("update operator_order set answer = ?, decided_at = ? where order_id = ? and status = 'APPROVED'")
                .params(soFar.answer(), Timestamp.from(soFar.at()), orderId)
                .update();
    }

    /** That the ledger answered; again changes nothing. */
    void decided(UUID orderId, Status status, Outcome outcome) {
        jdbc.sql("""
                        update operator_order set status = :status, answer = :answer, decided_at = :at
                         where order_id = :id and status = 'APPROVED'""")
                .param("status", status.name())
                .param("answer", outcome.answer())
                .param("at", Timestamp.from(outcome.at()))
                .param("id", orderId)
                .update();
    }
}
