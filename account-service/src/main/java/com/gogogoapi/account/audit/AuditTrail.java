package com.gogogoapi.account.audit;

import com.gogogoapi.contracts.wire.ServiceHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** One row for everything that is done to accounts and keys, in the transaction that does it. Secrets are never part of it. */
@Repository
public class AuditTrail {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

    private final JdbcClient jdbc;
    private final Clock clock;

    AuditTrail(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Who does something.
     *
     * @param name an operator's, or the id of the key it is done with and of the member whose it is
     * @param address from which the proxy was called
     * @param requestId of that call
     * @param reason why, where it was said
     */
    public record Actor(
            String name,
            String address,
            String requestId,
            @Nullable String reason) {

        /** As the service that passes the call on names them. */
        public static Actor of(HttpServletRequest request) {
            var reason = request.getHeader(ServiceHeaders.REASON);
            var member = request.getHeader(ServiceHeaders.MEMBER);
            var name = header(request, ServiceHeaders.OPERATOR);
            return new Actor(
                    member == null ? name : name + " of member " + member,
                    header(request, ServiceHeaders.CLIENT_ADDRESS),
                    header(request, ServiceHeaders.REQUEST),
                    reason == null ? null : URLDecoder.decode(reason, StandardCharsets.UTF_8));
        }

        private static String header(HttpServletRequest request, String name) {
            var value = request.getHeader(name);
            return value == null ? "unknown" : value;
        }
    }

    public void record(Actor actor, String action, String accountId, String subject, String detail) {
        jdbc.sql("""
                        insert into audit_trail (at, request_id, actor, address, action, account_id, subject, detail, reason)
                        values (:at, :request, :actor, :address, :action, :account, :subject, :detail, :reason)""")
                .param("at", Timestamp.from(clock.instant()))
                .param("request", actor.requestId())
                .param("actor", actor.name())
                .param("address", actor.address())
                .param("action", action)
                .param("account", accountId)
                .param("subject", subject)
                .param("detail", detail)
                .param("reason", actor.reason(), Types.VARCHAR)
                .update();
        log.info("{}: {} {} {} {}", actor.name(), action, accountId, subject, detail);
    }

    /** A row of it. */
    public record Entry(
            long id,
            Instant at,
            String requestId,
            String actor,
            String address,
            String action,
            String accountId,
            String subject,
            String detail,
            @Nullable String reason) {}

    /** The rows before that one, the newest first: of one account, or of all where it is empty. */
    public List<Entry> before(Instant at, long id, String accountId, int limit) {
        return jdbc.sql("""
                        select * from audit_trail
                         where (at, id) < (:at, :id) and (:account = '' or account_id = :account)
                         order by at desc, id desc limit :limit""")
                .param("at", Timestamp.from(at))
                .param("id", id)
                .param("account", accountId)
                .param("limit", limit)
                .query((row, number) -> new Entry(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("request_id"),
                        row.getString("actor"),
                        row.getString("address"),
                        row.getString("action"),
                        row.getString("account_id"),
                        row.getString("subject"),
                        row.getString("detail"),
                        row.getString("reason")))
                .list();
    }
}
