package com.gogogoapi.evidence.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nine events, and what becomes of the head when they are cut into batches in one way or another. */
class ChainTest {

    private static final long NEVER = Long.MAX_VALUE;
    private static final List<byte[]> EVENTS = IntStream.rangeClosed(1, 9)
            .mapToObj(number -> ("event " + number).getBytes(UTF_8))
            .toList();

    private static String head(long perEventAfter, Integer... batchEnds) {
        var chain = Chain.fromTheBeginning(perEventAfter);
        for (var i = 0; i < EVENTS.size(); i++) {
            chain.add(EVENTS.get(i));
            if (List.of(batchEnds).contains(i + 1)) {
                chain.endBatch();
            }
        }
        assertThat(chain.hasHead()).isTrue();
        return Sha256.hex(chain.head());
    }

    @Test
    void oneLinkABatchDependsOnTheBatches() {
        assertThat(head(NEVER, 4, 9)).isNotEqualTo(head(NEVER, 5, 9)).isNotEqualTo(head(NEVER, 9));
    }

    @Test
    void oneLinkAnEventDoesNot() {
        assertThat(head(0, 4, 9)).isEqualTo(head(0, 5, 9)).isEqualTo(head(0));
    }

    @Test
    void oneLinkAnEventIsTheHashOfTheHeadAndTheEvent() {
        var head = new byte[Sha256.BYTES];
        for (var event : EVENTS) {
            var sha = Sha256.digest();
            sha.update(head);
            head = sha.digest(event);
        }
        assertThat(head(0)).isEqualTo(Sha256.hex(head));
    }

    @Test
    void afterTheMarkTheCutMakesNoDifferenceAndBeforeItDoes() {
        assertThat(head(4, 2, 4, 9)).isEqualTo(head(4, 2, 4, 5, 7)).isNotEqualTo(head(4, 3, 4, 9));
    }

    @Test
    void theMarkCannotBeMoved() {
        assertThat(head(4, 2, 4)).isNotEqualTo(head(2, 2, 4)).isNotEqualTo(head(6, 2, 4, 6));
    }

    @Test
    void goesOnFromAnyHead() {
        var whole = Chain.fromTheBeginning(4);
        Chain resumed = null;
        for (var i = 0; i < EVENTS.size(); i++) {
            whole.add(EVENTS.get(i));
            if (i == 1 || i == 3) {
                whole.endBatch();
            }
            if (resumed != null) {
                resumed.add(EVENTS.get(i));
            } else if (i == 3) {
                resumed = new Chain(whole.head(), 4, 4);
            }
        }
        assertThat(resumed).isNotNull();
        assertThat(resumed.head()).isEqualTo(whole.head());
    }

    @Test
    void hasNoHeadInTheMiddleOfABatch() {
        var chain = Chain.fromTheBeginning(2);
        chain.add(EVENTS.get(0));
        assertThat(chain.hasHead()).isFalse();
        chain.add(EVENTS.get(1));
        chain.endBatch();
        assertThat(chain.hasHead()).isTrue();
        chain.add(EVENTS.get(2));
        assertThat(chain.hasHead()).as("of a link of one event").isTrue();
    }
}
