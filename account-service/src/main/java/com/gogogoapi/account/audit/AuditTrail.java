package com.gogogoapi.account.audit;

import com.gogogoapi.contracts.wire.ServiceHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Timestamp;
import java.time.Clock;
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
     * @param name {@code operator}, or the id of the key it is done with
     * @param address from which the proxy was called
     * @param requestId of that call
     */
    public record Actor(String name, String address, String requestId) {

        /** As the service that passes the call on names them. */
        public static Actor of(HttpServletRequest request) {
            return new Actor(
                    header(request, ServiceHeaders.OPERATOR),
                    header(request, ServiceHeaders.CLIENT_ADDRESS),
                    header(request, ServiceHeaders.REQUEST));
        }

        private static String header(HttpServletRequest request, String name) {
            var value = request.getHeader(name);
            return value == null ? "unknown" : value;
        }
    }

    public void record(Actor actor, String action, String accountId, String subject, String detail) {
        jdbc.sql("""
                        insert into audit_trail (at, request_id, actor, address, action, account_id, subject, detail)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        Timestamp.from(clock.instant()),
                        actor.requestId(),
                        actor.name(),
                        actor.address(),
                        action,
                        accountId,
                        subject,
                        detail)
                .update();
        log.info("{}: {} {} {} {}", actor.name(), action, accountId, subject, detail);
    }
}
