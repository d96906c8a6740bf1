package com.gogogoapi.usage;

import com.gogogoapi.embedded.Infrastructure;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A month in which clocks change, in three zones, one of them half an hour beside the others: charts and statement show, to the last
 * digit, what the ledger's events add up to, and its own balances. {@code MonthOfAMillion} does the same with a million requests.
 */
@Tag("integration")
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

    @ParameterizedTest
    @MethodSource("zones")
    void thePrintedStatementAddsUp(ZoneId zone) throws IOException {
        month.thePrintedStatementAddsUp(zone);
    }
}
