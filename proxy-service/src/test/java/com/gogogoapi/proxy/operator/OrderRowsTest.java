package com.gogogoapi.proxy.operator;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.proxy.operator.OperatorOrder.By;
import com.gogogoapi.proxy.operator.OperatorOrder.Kind;
import com.gogogoapi.proxy.operator.OperatorOrder.Outcome;
import com.gogogoapi.proxy.operator.OperatorOrder.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Orders that wait for a second operator, on a real database: each is judged once, in time. */
@Tag("integration")
class OrderRowsTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration WITHIN = Duration.ofDays(3);

    private static OrderRows rows;
    private static long ids;

    @BeforeAll
    static void migrate() {
        var database = Infrastructure.shared().newDatabase("orders");
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/proxy-service")
                .load()
                .migrate();
        rows = new OrderRows(JdbcClient.create(source));
    }

    /** In order also within a millisecond. */
    private static UUID nextId() {
        return new UUID((NOON.toEpochMilli() + ids++ << 16) | 0x7000L, 1L << 63);
    }

    private static By by(String operator, Instant at) {
        return new By(operator, "192.0.2.1", at);
    }

    private static OperatorOrder grant(String reference) {
        return order(
                Kind.GRANT,
                reference,
                GrantRequested.byOperator(ACCOUNT, usd("5000"), GrantTerms.USUAL, reference, "anna", "a test", NOON));
    }

    private static OperatorOrder order(Kind kind, String reference, CreditIntake intake) {
        return new OperatorOrder(
                nextId(),
                kind,
                intake,
                reference,
                usd("5000"),
                "a test",
                by("anna", NOON),
                NOON.plus(WITHIN),
                Status.PENDING,
                null,
                null);
    }

    private static OperatorOrder added(OperatorOrder order) {
        assertThat(rows.add(order)).isTrue();
        return order;
    }

    private static OperatorOrder now(UUID orderId) {
        return rows.find(orderId).orElseThrow();
    }

    @Test
    void isReadAsItWasOrdered() {
        var order = added(grant("read"));
        assertThat(now(order.orderId())).isEqualTo(order);
        assertThat(rows.find(ACCOUNT, "read")).contains(order);
        assertThat(rows.add(grant("read")))
                .as("under one reference there is one")
                .isFalse();
        var transfer = added(order(
                Kind.TRANSFER,
                "moved",
                CreditTransferRequested.from(
                        ACCOUNT, new AccountId("acct_2"), usd("5000"), "moved", "anna", "a test", NOON)));
        assertThat(now(transfer.orderId())).isEqualTo(transfer);
    }

    @Test
    void isJudgedOnce() {
        var order = added(grant("judged"));
        assertThat(rows.judge(order.orderId(), Status.APPROVED, by("ben", NOON.plusSeconds(1))))
                .isTrue();
        assertThat(rows.judge(order.orderId(), Status.REJECTED, by("carl", NOON.plusSeconds(2))))
                .isFalse();
        assertThat(now(order.orderId()).judgment()).isEqualTo(by("ben", NOON.plusSeconds(1)));
        assertThat(rows.approvedBefore(NOON.plusSeconds(2), 10))
                .extracting(OperatorOrder::orderId)
                .contains(order.orderId());

        rows.goingOn(order.orderId(), new Outcome("on its way", NOON.plusSeconds(3)));
        rows.decided(order.orderId(), Status.EXECUTED, new Outcome("done", NOON.plusSeconds(4)));
        rows.decided(order.orderId(), Status.REFUSED, new Outcome("late", NOON.plusSeconds(5)));
        assertThat(now(order.orderId()).status()).isEqualTo(Status.EXECUTED);
        assertThat(now(order.orderId()).outcome()).isEqualTo(new Outcome("done", NOON.plusSeconds(4)));
        assertThat(rows.approvedBefore(NOON.plusSeconds(9), 1_000))
                .extracting(OperatorOrder::orderId)
                .doesNotContain(order.orderId());
    }

    @Test
    void isOverWhenNobodyApprovesItInTime() {
        var order = added(grant("too late"));
        var over = NOON.plus(WITHIN);
        assertThat(rows.countPending(over.minusSeconds(1))).isPositive();
        assertThat(rows.judge(order.orderId(), Status.APPROVED, by("ben", over)))
                .isFalse();
        assertThat(now(order.orderId()).status()).isEqualTo(Status.PENDING);
        rows.expire(over);
        assertThat(now(order.orderId()).status()).isEqualTo(Status.EXPIRED);
        assertThat(rows.countPending(over.minusSeconds(1))).isZero();
        assertThat(rows.judge(order.orderId(), Status.APPROVED, by("ben", NOON.plusSeconds(1))))
                .isFalse();
    }

    @Test
    void isListedTheNewestFirst() {
        var first = added(grant("first"));
        var second = added(grant("second"));
        assertThat(rows.before(null, null, 1_000))
                .extracting(OperatorOrder::orderId)
                .containsSubsequence(second.orderId(), first.orderId());
        assertThat(rows.before(second.orderId(), null, 1))
                .extracting(OperatorOrder::orderId)
                .containsExactly(first.orderId());
        assertThat(rows.before(null, Status.REJECTED, 1_000)).isEmpty();
    }
}
