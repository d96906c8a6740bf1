package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.usage.activity.DailyCharges;
import com.gogogoapi.usage.activity.DailyCharges.DailyCharge;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A month in which clocks change, in three zones, one of them half an hour beside the others: charts and statement show, to the last
 * digit, what the ledger's events add up to, and its own balances. {@code MonthOfAMillion} does the same with a million requests.
 */
@Tag("integration")
// Alone in its process: its shard is another test's in ./gogogo test.
@Tag("long")
class SumsOfAMonthTest {

    private static final int REQUESTS = 12_000;
    private static final int SHARD = 9;

    private static RunningUsage usage;
    private static MonthProof month;

    @BeforeAll
    static void readAll() {
        usage = RunningUsage.start(Infrastructure.shared().newDatabase("usage_month"));
        month = MonthProof.published(usage, SHARD, REQUESTS);
        usage.awaitSequence(SHARD, month.last());
    }

    @AfterAll
    static void stop() {
        usage.close();
    }

    private static List<ZoneId> zones() {
        return LedgerSums.ZONES;
    }

    @ParameterizedTest
    @MethodSource("zones")
    void chartsShowWhatTheLedgerDecided(ZoneId zone) {
        month.chartsShowWhatTheLedgerDecided(zone);
    }

    @ParameterizedTest
    @MethodSource("zones")
    void theStatementAddsUpToTheLedgersBalance(ZoneId zone) {
        month.theStatementAddsUpToTheLedgersBalance(zone);
    }

    /** However many routes there are, a statement stays so long. */
    @Test
    void ofMoreLinesThanThereIsRoomForThoseOfADayAreOne() {
        var charges = usage.part(DailyCharges.class);
        var from = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
        var to = Instant.parse("2026-04-01T00:00:00Z").getEpochSecond();
        var all = charges.of(MonthProof.ACCOUNT, ZoneOffset.UTC, from, to, 62);
        assertThat(all).hasSize(62).allMatch(line -> line.model() != null);
        var days = charges.of(MonthProof.ACCOUNT, ZoneOffset.UTC, from, to, 61);
        assertThat(days).hasSize(31).allMatch(line -> line.model() == null);
        assertThat(sum(days)).isEqualTo(sum(all));
    }

    private static Usd sum(List<DailyCharge> charges) {
        return charges.stream().map(DailyCharge::charged).reduce(Usd.ZERO, Usd::plus);
    }

    @ParameterizedTest
    @MethodSource("zones")
    void thePrintedStatementAddsUp(ZoneId zone) throws IOException {
        month.thePrintedStatementAddsUp(zone);
    }
}
