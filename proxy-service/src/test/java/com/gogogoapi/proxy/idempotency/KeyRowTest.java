package com.gogogoapi.proxy.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.proxy.idempotency.KeyRow.State;
import com.gogogoapi.proxy.idempotency.KeyRow.Verdict;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a request, by what is known of its key. */
class KeyRowTest {

    private static final byte[] THIS = {1};
    private static final byte[] OTHER = {2};
    private static final UUID REQUEST = new UUID(7, 1);
    private static final UUID SHOWN = new UUID(7, 2);
    private static final KeptAnswer ANSWER = new KeptAnswer(200, Map.of(), new byte[0]);

    private static Verdict verdict(State state, boolean isExpired, boolean isOwned) {
        return KeyRow.verdict(row(state, isExpired, isOwned, ANSWER), THIS);
    }

    private static KeyRow row(State state, boolean isExpired, boolean isOwned, KeptAnswer answer) {
        return new KeyRow(THIS, state, isExpired, isOwned, 1, 3, 2, REQUEST, SHOWN, answer);
    }

    @Test
    void anUnknownKeyIsRun() {
        assertThat(KeyRow.verdict(null, THIS)).isEqualTo(new Verdict.Run());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void anExpiredKeyIsRunAnewUnlessSomebodyStillRunsIt(State state) {
        assertThat(verdict(state, true, false)).isEqualTo(new Verdict.Run());
        if (state == State.RUNNING || state == State.SENT) {
            assertThat(verdict(state, true, true)).isEqualTo(new Verdict.Wait());
        }
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void anotherRequestIsRefusedUnlessNothingCameOfTheFirst(State state) {
        var verdict = KeyRow.verdict(row(state, false, true, ANSWER), OTHER);
        assertThat(verdict).isEqualTo(state == State.FREE ? new Verdict.Run() : new Verdict.Mismatch());
    }

    @Test
    void whatWasAnsweredIsAnsweredAlikeIfThatIsKept() {
        assertThat(verdict(State.ANSWERED, false, false)).isEqualTo(new Verdict.Replay(ANSWER, SHOWN));
        assertThat(KeyRow.verdict(row(State.ANSWERED, false, false, null), THIS))
                .isEqualTo(new Verdict.NotKept(SHOWN));
    }

    @Test
    void whatRunsIsWaitedFor() {
        assertThat(verdict(State.RUNNING, false, true)).isEqualTo(new Verdict.Wait());
        assertThat(verdict(State.SENT, false, true)).isEqualTo(new Verdict.Wait());
    }

    @Test
    void ofTheDeadWhatWasNotSentIsRunAndOfTheRestTheLedgerIsAsked() {
        assertThat(verdict(State.RUNNING, false, false)).isEqualTo(new Verdict.Run());
        assertThat(verdict(State.SENT, false, false)).isEqualTo(new Verdict.Orphaned(REQUEST, SHOWN));
    }

    @Test
    void whatEndedFreeIsRunAnew() {
        assertThat(verdict(State.FREE, false, false)).isEqualTo(new Verdict.Run());
    }

    @Test
    void whatWasSentHasItsRequest() {
        var row = new KeyRow(THIS, State.SENT, false, false, 1, 3, 2, null, null, null);
        assertThatThrownBy(() -> KeyRow.verdict(row, THIS)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void onlyWhatWasNotSentOrEndedFreeIsKnownToBeFree(State state) {
        var row = row(state, false, false, null);
        assertThat(row.knowsFree(3, 2)).isEqualTo(state == State.RUNNING || state == State.FREE);
        assertThat(row.wasNeverSent(3, 2)).isEqualTo(state == State.RUNNING);
        assertThat(row.knowsFree(3, 1)).isFalse();
        assertThat(row.knowsFree(4, 2)).isFalse();
    }
}
