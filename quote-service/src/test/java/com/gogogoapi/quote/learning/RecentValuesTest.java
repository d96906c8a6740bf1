package com.gogogoapi.quote.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentValuesTest {

    private static RecentValues of(long... values) {
        var recent = new RecentValues(values.length);
        Arrays.stream(values).forEach(value -> recent.add(value, false));
        return recent;
    }

    @Test
    void bucketsAreExactForSmallAndWithinAThirtySecondForLargeNumbers() {
        var random = new Random(1);
        LongStream.concat(LongStream.range(0, 5_000), random.longs(10_000, 0, Magnitudes.MAX + 1))
                .forEach(number -> {
                    var highest = Magnitudes.highestOf(Magnitudes.bucketOf(number));
                    assertThat(highest).isBetween(number, number < 64 ? number : number + number / 32);
                    assertThat(Magnitudes.bucketOf(highest)).isEqualTo(Magnitudes.bucketOf(number));
                    assertThat(Magnitudes.bucketOf(highest + 1)).isGreaterThanOrEqualTo(Magnitudes.bucketOf(number));
                });
        assertThat(Magnitudes.bucketOf(Long.MAX_VALUE)).isEqualTo(Magnitudes.BUCKETS - 1);
    }

    @Test
    void quantilesAreThoseOfTheSortedValues() {
        var random = new Random(2);
        var values = random.longs(3_000, 1, 40_000).toArray();
        var recent = of(values);
        Arrays.sort(values);
        for (var perMille : new int[] {1, 100, 500, 900, 950, 999}) {
            var exact = values[Math.ceilDiv(values.length * perMille, 1_000) - 1];
            assertThat(recent.quantile(perMille).orElseThrow()).isBetween(exact, exact + exact / 32);
        }
    }

    @Test
    void onlyTheLastOnesCount() {
        var recent = new RecentValues(10);
        LongStream.range(0, 1_000).forEach(value -> recent.add(value < 990 ? 50 : 7, value % 2 == 0 && value < 990));
        assertThat(recent.size()).isEqualTo(10);
        assertThat(recent.whole()).isEqualTo(10);
        assertThat(recent.quantile(1)).hasValue(7);
        assertThat(recent.quantile(1_000)).hasValue(7);
    }

    /** Half of the completions would have been 100 long, but every second one had a limit of 10. */
    @Test
    void whatWasCutOffDoesNotMakeTheRestShorter() {
        var recent = new RecentValues(2_000);
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++) {
            var length = random.nextBoolean() ? 5 : 100;
            var limited = random.nextBoolean();
            recent.add(limited ? Math.min(length, 10) : length, limited && length > 10);
        }
        assertThat(recent.quantile(400)).hasValue(5);
        assertThat(recent.quantile(600).orElseThrow()).isBetween(100L, 103L);
        assertThat(recent.quantile(999).orElseThrow()).isBetween(100L, 103L);
    }

    @Test
    void whereAllAreCutOffNothingIsKnown() {
        var recent = new RecentValues(100);
        LongStream.range(0, 100).forEach(i -> recent.add(16, true));
        assertThat(recent.quantile(500)).isEmpty();
        assertThat(recent.whole()).isZero();
        assertThat(new RecentValues(1).quantile(500)).isEmpty();
    }

    @Test
    void aWindowIsBounded() {
        assertThatThrownBy(() -> new RecentValues(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecentValues(70_000)).isInstanceOf(IllegalArgumentException.class);
    }
}
