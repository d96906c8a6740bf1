package com.gogogoapi.usage.statements;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.activity.DailyCharges.DailyCharge;
import com.gogogoapi.usage.api.AsOf;
import com.gogogoapi.usage.balance.Balances.EntrySum;
import com.gogogoapi.usage.balance.EntryType;
import com.gogogoapi.usage.balance.StatedBalance;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement adds up to what the ledger states, or there is none. */
class StatementTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Balance BEFORE = Balance.NONE.granted(usd("5.00")).reserved(usd("1.00"));
    private static final Balance AFTER = BEFORE.settled(usd("1.00"), usd("0.25"), false)
            .granted(usd("2.00"))
            .expired(usd("0.50"))
            .revoked(usd("0.10"));

    private static Statement statement(String charged, String granted, String expired, String revoked) {
        return statement(charged, granted, expired, revoked, NOW);
    }

    private static Statement statement(String charged, String granted, String expired, String revoked, Instant asOf) {
        return new Statement(
                StatementMonth.read("2026-11", null, NOW),
                new StatedBalance(3, NOW, BEFORE),
                new StatedBalance(7, NOW, AFTER),
                List.of(),
                List.of(
                        new EntrySum(EntryType.GRANT, 1, usd(granted), 5),
                        new EntrySum(EntryType.EXPIRY, 1, usd(expired), 6),
                        new EntrySum(EntryType.TRANSFER_OUT, 1, usd(revoked), 7)),
                List.of(new DailyCharge("2026-11-23", "flash", 1, 1, 0, 1, usd(charged), usd("0.75"), Usd.ZERO, 4)),
                new AsOf(0, 7, asOf, false));
    }

    /** A month that is over by the clock may still be read, or decided. */
    @ParameterizedTest
    @CsvSource({"2026-11-30T23:59:59.999Z, false", "2026-12-01T00:00:00Z, true"})
    void isFinalOnceAnEventFromAfterItWasRead(Instant asOf, boolean isFinal) {
        assertThat(statement("0.25", "2.00", "0.50", "0.10", asOf).isFinal()).isEqualTo(isFinal);
    }

    @Test
    void addsUp() {
        var statement = statement("0.25", "2.00", "0.50", "0.10");
        assertThat(statement.opening().credit()).isEqualTo(usd("5.00"));
        assertThat(statement.closing().credit()).isEqualTo(usd("6.15"));
        assertThat(statement.total(DailyCharge::charged)).isEqualTo(usd("0.25"));
        assertThat(statement.listsEntries()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0.26, 2.00, 0.50, 0.10, charges",
        "0.25, 1.99, 0.50, 0.10, what was added",
        "0.25, 2.00, 0.51, 0.10, expiries",
        "0.25, 2.00, 0.50, 0.09, what was taken"
    })
    void isRefusedWhereItDoesNot(String charged, String granted, String expired, String revoked, String what) {
        assertThatThrownBy(() -> statement(charged, granted, expired, revoked))
                .isInstanceOf(Statement.DoesNotAddUp.class)
                .hasMessageContaining("must add up")
                .hasMessageContaining(what);
    }

    @Test
    void thereIsNoneWhileEverythingIsReadAnew() {
        assertThatThrownBy(() -> Statements.requireAll(new AsOf(0, 7, NOW, true)))
                .isInstanceOfSatisfying(ApiError.class, error -> {
                    assertThat(error.status()).isEqualTo(503);
                    assertThat(error.code()).isEqualTo("usage_rebuilding");
                    assertThat(error.headers()).containsKey("Retry-After");
                });
        assertThatCode(() -> Statements.requireAll(new AsOf(0, 7, NOW, false))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03, Europe/Berlin, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z",
        "2026-03, America/New_York, 2026-03-01T05:00:00Z, 2026-04-01T04:00:00Z",
        "2026-11, Asia/Kolkata, 2026-10-31T18:30:00Z, 2026-11-30T18:30:00Z",
        "2026-11, , 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z"
    })
    void monthsBeginAndEndWhereTheZonesDo(String month, String zone, Instant from, Instant to) {
        var read = StatementMonth.read(month, zone, NOW);
        assertThat(read.from()).isEqualTo(from);
        assertThat(read.to()).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12, UTC, month must be from 2020-01",
        "2019-12, UTC, month must be from 2020-01",
        "2026-13, UTC, month must be a month such as",
        "2026-1, UTC, month must be a month such as",
        "2026-11, Europe/Nowhere, zone must be a name"
    })
    void whatIsNoMonthIsRefused(String month, String zone, String message) {
        assertThatThrownBy(() -> StatementMonth.read(month, zone, NOW))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining(message);
    }
}
