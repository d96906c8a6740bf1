package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.proxy.keys.Operator;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who did what, from where and why: one row for every write of an operator that is not the account-service's, which keeps a
 * trail of its own. Secrets are never part of it.
 */
@Repository
class OperatorAudit {

    private static final Logger log = LoggerFactory.getLogger(OperatorAudit.class);

    private final JdbcClient jdbc;

    OperatorAudit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** With the reason that the request's header gives, if it does. */
    void record(HttpServletRequest request, String action, String subject, String detail) {
        record(request, action, subject, detail, null);
    }

    /** @param reason as the body gives it; null where it has none */
    void record(HttpServletRequest request, String action, String subject, String detail, @Nullable String reason) {
        var operator = Operator.of(request).name();
        jdbc.sql("""
                        insert into operator_audit (request_id, operator, address, action, subject, detail, reason)
                        values (:request, :operator, :address, :action, :subject, :detail, :reason)""")
                .param("request", RequestIdFilter.of(request))
                .param("operator", operator)
                .param("address", request.getRemoteAddr())
                .param("action", action)
                .param("subject", subject)
                .param("detail", detail)
                .param("reason", reason == null ? Operator.reasonOf(request) : reason, Types.VARCHAR)
                .update();
        log.info("operator {}: {} {} {}", operator, action, subject, detail);
    }

    /** A row of it; who and from where is not known of what was written before 0.6. */
    record Entry(
            long id,
            Instant at,
            UUID requestId,
            @Nullable String operator,
            @Nullable String address,
            String action,
            String subject,
            String detail,
            @Nullable String reason) {}

    /** The rows before that one, the newest first. */
    List<Entry> before(Instant at, long id, int limit) {
        return jdbc.sql("""
                        select * from operator_audit where (at, id) < (:at, :id) order by at desc, id desc limit :limit""")
                .param("at", Timestamp.from(at))
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> new Entry(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getObject("request_id", UUID.class),
                        row.getString("operator"),
                        row.getString("address"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("detail"),
                        row.getString("reason")))
                .list();
    }
}
