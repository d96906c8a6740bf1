package com.gogogoapi.usage.statements;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.usage.activity.DailyCharges;
import com.gogogoapi.usage.api.AsOf;
import com.gogogoapi.usage.api.Readings;
import com.gogogoapi.usage.balance.Balances;
import com.gogogoapi.usage.balance.Balances.EntrySum;
import com.gogogoapi.usage.balance.CreditEntry;
import com.gogogoapi.usage.statements.Statement.DoesNotAddUp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads all of a statement as of one moment. */
@Component
class Statements {

    /** More are only added up. */
    static final int MOST_ENTRIES = 1_000;

    /** Of more, those of one day are made one. */
    static final int MOST_CHARGES = 3_000;

    private static final Duration LATER = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Statements.class);

    private final Readings readings;
    private final Balances balances;
    private final DailyCharges charges;
    private final Counter notAddingUp;

    Statements(Readings readings, Balances balances, DailyCharges charges, MeterRegistry meters) {
        this.readings = readings;
        this.balances = balances;
        this.charges = charges;
        this.notAddingUp = meters.counter("gogogoapi.usage.statements.not.adding.up");
    }

    /** @throws ApiError 503 while everything is read anew, if it does not add up, or if the database does not answer */
    Statement of(AccountId account, StatementMonth month) {
        try {
            return read(account, month);
        } catch (DoesNotAddUp e) {
            notAddingUp.increment();
            log.error("No statement of {} for {}", account, month, e);
            throw ApiError.unavailable(
                            "statement_does_not_add_up",
                            "This statement does not add up to the ledger's balance, so there is none; whoever runs this service was told.")
                    .withShouldRetry(false)
                    .becauseOf(e);
        }
    }

    private Statement read(AccountId account, StatementMonth month) {
        return readings.of(account, asOf -> {
            requireAll(asOf);
            var sums = balances.entrySums(account, month.from(), month.to());
            var from = month.from().getEpochSecond();
            var to = month.to().getEpochSecond();
            return new Statement(
                    month,
                    balances.before(account, from),
                    balances.before(account, to),
                    sums.stream().mapToLong(EntrySum::count).sum() > MOST_ENTRIES
                            ? List.of()
                            : balances.entries(account, month.from(), month.to(), MOST_ENTRIES),
                    sums,
                    charges.of(account, month.zone(), from, to, MOST_CHARGES),
                    asOf);
        });
    }

    /** What added credit, and as of when that is known. */
    record Added(CreditEntry entry, AsOf asOf) {}

    /** @throws ApiError 404 if nothing added credit under that id */
    Added added(AccountId account, UUID grantId) {
        return readings.of(account, asOf -> balances.added(account, grantId)
                .map(entry -> new Added(entry, asOf))
                .orElseThrow(() -> ApiError.notFound(
                        "This account has no such grant, or the ledger's events are not read as far as it yet.")));
    }

    /** @throws ApiError 503 while less is known than was before */
    static void requireAll(AsOf asOf) {
        if (asOf.rebuilding()) {
            throw ApiError.unavailable(
                            "usage_rebuilding",
                            "Everything is being read anew, and a statement must have all of it; try again later.")
                    .withHeader("Retry-After", Long.toString(LATER.toSeconds()))
                    .withShouldRetry(false);
        }
    }
}
