package com.gogogoapi.proxy.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailedGuessesTest {

    private static final int ALLOWED = 3;

    private Instant now = Instant.parse("2026-11-26T12:00:00Z");
    private final FailedGuesses guesses = new FailedGuesses(ALLOWED, () -> now);

    private void fail(String address, int times) {
        IntStream.range(0, times).forEach(time -> guesses.note(address));
    }

    @Test
    void holdsAnAddressOffForTheRestOfTheMinuteThatBeganWithItsFirstGuess() {
        fail("192.0.2.1", 2);
        now = now.plusSeconds(20);
        assertThat(guesses.heldFor("192.0.2.1")).isEmpty();
        assertThat(guesses.note("192.0.2.1")).isEqualTo(ALLOWED);
        assertThat(guesses.heldFor("192.0.2.1")).hasValue(Duration.ofSeconds(40));
        assertThat(guesses.heldFor("192.0.2.2")).as("another address").isEmpty();

        now = now.plusSeconds(40);
        assertThat(guesses.heldFor("192.0.2.1")).isEmpty();
        assertThat(guesses.note("192.0.2.1")).as("a new minute").isOne();
    }

    @Test
    void forgetsAnAddressOnceItsMinuteIsOver() {
        fail("192.0.2.1", 1);
        now = now.plusSeconds(60);
        fail("192.0.2.2", 1);
        assertThat(guesses.size()).isOne();
    }

    @Test
    void isBoundedAndMakesRoomForWhoComesNow() {
        IntStream.rangeClosed(0, FailedGuesses.MAX_ADDRESSES)
                .forEach(number ->
                        fail("10." + number / 65_536 + "." + number / 256 % 256 + "." + number % 256, ALLOWED));
        assertThat(guesses.size()).isEqualTo(FailedGuesses.MAX_ADDRESSES);
        assertThat(guesses.heldFor("10.0.0.0"))
                .as("the one that was here longest")
                .isEmpty();
        assertThat(guesses.heldFor("10.0.0.1")).isPresent();
    }

    /** Of IPv6, whoever has one address has the whole network. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "what-a-proxy-says, what-a-proxy-says, true",
    })
    void takesAnIpv6NetworkForOneAddress(String guesser, String other, boolean held) {
        fail(guesser, ALLOWED);
        assertThat(guesses.heldFor(other).isPresent()).isEqualTo(held);
    }
}
