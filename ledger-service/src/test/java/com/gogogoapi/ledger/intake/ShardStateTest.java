package com.gogogoapi.ledger.intake;

import static com.gogogoapi.ledger.intake.ShardState.ASSIGNED;
import static com.gogogoapi.ledger.intake.ShardState.CLOSED;
import static com.gogogoapi.ledger.intake.ShardState.GIVEN_UP;
import static com.gogogoapi.ledger.intake.ShardState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardStateTest {

    private static final int SHARD = 3;

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            from     | to GIVEN_UP | to ASSIGNED | to OPEN | to CLOSED
            GIVEN_UP | no          | yes         | no      | no
            ASSIGNED | yes         | no          | yes     | no
            OPEN     | yes         | no          | no      | yes
            CLOSED   | yes         | no          | yes     | yes
            """)
    void becomesWhatTheTableSays(ShardState from, String toGivenUp, String toAssigned, String toOpen, String toClosed) {
        assertTransition(from, GIVEN_UP, toGivenUp);
        assertTransition(from, ASSIGNED, toAssigned);
        assertTransition(from, OPEN, toOpen);
        assertTransition(from, CLOSED, toClosed);
    }

    private static void assertTransition(ShardState from, ShardState to, String legal) {
        if (legal.equals("yes")) {
            assertThat(from.become(to, SHARD)).isEqualTo(to);
        } else {
            assertThatThrownBy(() -> from.become(to, SHARD))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Shard 3 must be one of", "to become " + to, "it is " + from);
        }
    }

    @Test
    void anOperatorReadsWhatMustHaveBeenBefore() {
        assertThatThrownBy(() -> GIVEN_UP.become(OPEN, SHARD))
                .hasMessage("Shard 3 must be one of [ASSIGNED, CLOSED] to become OPEN; it is GIVEN_UP.");
    }

    @Test
    void whatIsOursAndNotOpenWaitsToBeOpened() {
        assertThat(EnumSet.allOf(ShardState.class))
                .filteredOn(ShardState::isToBeOpened)
                .containsExactly(ASSIGNED, CLOSED);
    }
}
