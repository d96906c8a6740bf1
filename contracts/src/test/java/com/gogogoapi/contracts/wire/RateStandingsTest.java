package com.gogogoapi.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.ledger.RateStanding;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateStandingsTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void theyAreReadAsTheyWereWritten() {
        var standing = new RateStanding(
                new RateLimit(BudgetScope.ofKey(new UUID(7, 1)), 60L, null),
                3,
                1_000,
                NOON,
                NOON.plusSeconds(20),
                NOON.plusSeconds(60),
                NOON);
        var headers = new RecordHeaders();
        RateStandings.add(headers, List.of(standing));
        assertThat(RateStandings.of(headers)).containsExactly(standing);
    }

    @Test
    void anOlderLedgerSaysNothing() {
        assertThat(RateStandings.of(new RecordHeaders())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[null]", "{}", "[{}]", "[{\"rate\":{\"scope\":null}}]", "no JSON"})
    void whatCannotBeReadSaysNothing(String value) {
        var headers = new RecordHeaders();
        headers.add(RateStandings.HEADER, value.getBytes(UTF_8));
        assertThat(RateStandings.of(headers)).isEmpty();
    }
}
