package com.gogogoapi.ledger.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database that forgot what it signed, and a witness that did not. The log is a real PostgreSQL. */
@Tag("integration")
class SignedBeforeTest {

    private static final class Remembered implements Witness {

        private final List<SignedText> all = new ArrayList<>();
        private final List<Long> adopted = new ArrayList<>();
        private int told;

        Remembered(List<SignedText> signed) {
            all.addAll(signed);
        }

        @Override
        public String name() {
            return "the witness";
        }

        @Override
        public List<SignedText> news() {
            var news = List.copyOf(all.subList(told, all.size()));
            told = all.size();
            return news;
        }

        @Override
        public Optional<SignedText> numbered(long number) {
            return all.stream()
                    .filter(one -> Checkpoint.parse(one.payload()).number() == number)
                    .findFirst();
        }

        @Override
        public void adopted(long number) {
            adopted.add(number);
        }

        @Override
        public void close() {}
    }

    /** Three checkpoints, over 5, 9 and 12 events. */
    private static Remembered signedBefore() throws Exception {
        var original = new GrantsLog().append(3, 2);
        original.sign();
        original.append(4);
        original.sign();
        original.append(3);
        original.sign();
        return new Remembered(original.store.after(0, 10));
    }

    @Test
    void whatTheDatabaseLacksIsTakenOver() throws Exception {
        var witness = signedBefore();
        var restored = new GrantsLog().append(1, 1, 10);
        assertThat(restored.signedBefore(witness).takeOver()).isEmpty();
        assertThat(restored.store.after(0, 10)).isEqualTo(witness.all);
        assertThat(witness.adopted).containsExactly(1L, 2L, 3L);

        restored.append(1);
        var next = restored.sign();
        assertThat(next.number()).isEqualTo(4);
        assertThat(next.previous()).isEqualTo(witness.all.getLast().hash());
    }

    @Test
    void nothingIsSignedUntilTheLogReachesThatFar() throws Exception {
        var witness = signedBefore();
        var restored = new GrantsLog().append(9);
        var signedBefore = restored.signedBefore(witness);
        assertThat(signedBefore.takeOver())
                .contains("checkpoint 3 of the witness covers shard 3 up to 12; the log ends at 9");
        assertThat(restored.lastNumber()).contains(2L);
        assertThat(signedBefore.takeOver()).isPresent();

        restored.append(1, 1, 1);
        assertThat(signedBefore.takeOver()).isEmpty();
        assertThat(restored.lastNumber()).contains(3L);
    }

    @Test
    void anotherLogIsNeverSignedBesideIt() throws Exception {
        var witness = signedBefore();
        var other = new GrantsLog().append("2.00", 12);
        var signedBefore = other.signedBefore(witness);
        for (var again = 0; again < 2; again++) {
            assertThatThrownBy(signedBefore::takeOver)
                    .isInstanceOf(ContradictionException.class)
                    .hasMessageContaining("checkpoint 1 of the witness says something else of shard 3 up to 5");
        }
        assertThat(other.lastNumber()).isEmpty();
    }

    @Test
    void anotherCheckpointOfTheSameNumberIsNeverSignedBeside() throws Exception {
        var witness = signedBefore();
        var other = new GrantsLog().append(5);
        other.maker(GrantsLog.KEY, 4).makeNext();
        var signedBefore = other.signedBefore(witness);
        for (var again = 0; again < 2; again++) {
            assertThatThrownBy(signedBefore::takeOver)
                    .isInstanceOf(ContradictionException.class)
                    .hasMessageContaining("the witness has another checkpoint 1 than the database");
        }
    }

    @Test
    void aCheckpointThatAnotherKeySignedIsNotTakenOver() throws Exception {
        var original = new GrantsLog().append(5);
        original.maker(SigningKey.parse(SigningKey.generate()), 100).makeNext();
        var witness = new Remembered(original.store.after(0, 10));
        assertThatThrownBy(new GrantsLog().append(5).signedBefore(witness)::takeOver)
                .isInstanceOf(ContradictionException.class)
                .hasMessageContaining("signed by another key");
        assertThat(original.signedBefore(witness).takeOver())
                .as("its own, from before the key was changed")
                .isEmpty();
    }

    @Test
    void whatNobodySignedIsIgnored() throws Exception {
        var witness = signedBefore();
        var forged = Checkpoint.parse(witness.all.getLast().payload());
        var next = new Checkpoint(
                forged.format(),
                4,
                witness.all.getLast().hash(),
                forged.at(),
                forged.key(),
                forged.shards(),
                forged.trialBalance());
        witness.all.add(new SignedText(next.payload(), witness.all.getLast().signature()));
        witness.all.add(new SignedText("no checkpoint", "no signature"));
        var restored = new GrantsLog().append(12);
        assertThat(restored.signedBefore(witness).takeOver()).isEmpty();
        assertThat(restored.lastNumber()).contains(3L);
    }

    @Test
    void aWitnessWithAHoleIsNone() throws Exception {
        var witness = signedBefore();
        witness.all.remove(1);
        assertThatThrownBy(new GrantsLog().append(12).signedBefore(witness)::takeOver)
                .isInstanceOf(ContradictionException.class)
                .hasMessageContaining("has checkpoint 3 but not 2");
    }
}
