package com.gogogoapi.contracts.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTextTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void isFoundByScannersAndNeverTwiceTheSame() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            var key = ApiKeyText.generate(RANDOM);
            assertThat(key)
                    .matches(Pattern.compile(ApiKeyText.SCANNERS_PATTERN))
                    .hasSize(59);
            assertThat(ApiKeyText.canBeKey(key)).isTrue();
            assertThat(seen.add(key)).isTrue();
        }
    }

    /** So that a checksum which changed by accident would be noticed: keys are for ever. */
    @Test
    void aKeyOfNowIsAKeyForEver() {
        assertThat(ApiKeyText.canBeKey("sk-gogogo-" + "0123456789".repeat(4) + "abc" + "3pfBjk"))
                .isTrue();
    }

    @Test
    void aKeyOfEarlierIsOneToo() {
        assertThat(ApiKeyText.canBeKey("sk-gogogo-" + "aB3_-".repeat(8) + "xyz"))
                .isTrue();
    }

    /** A CRC-32 notices every burst of up to 32 bits: one wrong character, and two that changed places. */
    @Property(tries = 2_000)
    void oneWrongCharacterIsNoticed(
            @ForAll @IntRange(min = 10, max = 58) int place, @ForAll @IntRange(max = 61) int letter) {
        var key = ApiKeyText.generate(RANDOM);
        var wrong = new StringBuilder(key);
        wrong.setCharAt(place, LETTERS.charAt(letter));
        assertThat(ApiKeyText.canBeKey(wrong.toString()))
                .isEqualTo(wrong.toString().equals(key));
    }

    @Property(tries = 2_000)
    void twoCharactersThatChangedPlacesAreNoticed(@ForAll @IntRange(min = 10, max = 57) int place) {
        var key = ApiKeyText.generate(RANDOM);
        var wrong = new StringBuilder(key);
        wrong.setCharAt(place, key.charAt(place + 1));
        wrong.setCharAt(place + 1, key.charAt(place));
        assertThat(ApiKeyText.canBeKey(wrong.toString()))
                .isEqualTo(wrong.toString().equals(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sk-gogogo-",
                "nonsense",
                "sk-gogogo-short",
                "sk-other-0123456789012345678901234567890123456789012"
            })
    void whatHasAnotherFormIsNone(String text) {
        assertThat(ApiKeyText.canBeKey(text)).isFalse();
    }

    @Test
    void isKnownByItsSha256() {
        assertThat(ApiKeyText.hash("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
