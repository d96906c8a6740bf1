package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bound of a wait only ends what nothing will end any more, so that a machine that is busy with something else does not
 * reach it; and nobody waits for time to pass where there is something to wait for.
 */
class WaitsTest {

    private static final Duration LEAST_BOUND = Duration.ofSeconds(60);

    private static final Pattern BOUND = Pattern.compile("atMost\\(\\s*(?:java\\.time\\.)?([^;]*?)\\)\\s*\\.");
    private static final Pattern SECONDS = Pattern.compile("^Duration\\.ofSeconds\\((\\d+)\\)?$");
    private static final Pattern MILLIS = Pattern.compile("^Duration\\.ofMillis\\((\\d+)\\)?$");
    private static final Pattern NAME = Pattern.compile("^[A-Z_]+$");
    private static final Pattern WITHOUT_BOUND =
            Pattern.compile("(?<![a-z])await\\((?:\"[^\"]*\")?\\)\\s*\\.(?!atMost|poll|failFast|with)");
    private static final Pattern SHORT_GET = Pattern.compile(
            "\\.(?:get|waitFor)\\([1-5]?\\d, (?:java\\.util\\.concurrent\\.)?(?:TimeUnit\\.)?SECONDS\\)");
    private static final Duration LEAST_OF_A_PROCESS = Duration.ofMinutes(5);

    /** Of a whole program, such as a browser that visits every page. */
    private static final Pattern PROCESS =
            Pattern.compile("\\.waitFor\\((\\d+|[A-Z_]+), (?:java\\.util\\.concurrent\\.)?(?:TimeUnit\\.)?SECONDS\\)");

    private static final Pattern SLEEP = Pattern.compile("Thread\\.sleep\\(");

    @Test
    void endOnlyWhatNothingWillEndAnyMore() throws IOException {
        var sources = TestSources.below("");
        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(faultsIn(sources)).isEmpty();
    }

    private static List<String> faultsIn(Map<Path, String> sources) {
        var faults = new ArrayList<String>();
        sources.forEach((file, source) -> {
            if (file.endsWith("WaitsTest.java")) {
                return;
            }
            faultIn(source).ifPresent(fault -> faults.add(file + ": " + fault));
        });
        return faults;
    }

    private static Optional<String> faultIn(String source) {
        if (SLEEP.matcher(source).find()) {
            return Optional.of("sleeps");
        }
        var hurried = SHORT_GET.matcher(source);
        if (hurried.find()) {
            return Optional.of("waits " + hurried.group() + ", and " + LEAST_BOUND.toSeconds() + " s are the least");
        }
        var cut = PROCESS.matcher(source)
                .results()
                .filter(wait -> secondsOf(wait.group(1), source) < LEAST_OF_A_PROCESS.toSeconds())
                .findFirst();
        if (cut.isPresent()) {
            return Optional.of("ends a program after " + cut.get().group() + ", and " + LEAST_OF_A_PROCESS.toSeconds()
                    + " s are the least");
        }
        var unbounded = WITHOUT_BOUND.matcher(source);
        if (unbounded.find()) {
            return Optional.of("waits for the ten seconds of Awaitility's default: " + unbounded.group());
        }
        return BOUND.matcher(source)
                .results()
                .map(match -> match.group(1))
                .filter(bound -> lengthOf(bound, source).compareTo(LEAST_BOUND) < 0)
                .findFirst()
                .map(bound -> "waits at most " + bound + ", and " + LEAST_BOUND.toSeconds() + " s are the least");
    }

    private static long secondsOf(String number, String source) {
        if (!NAME.matcher(number).matches()) {
            return Long.parseLong(number);
        }
        var value = Pattern.compile(" " + number + " = (\\d+);").matcher(source);
        return value.find() ? Long.parseLong(value.group(1)) : Long.MAX_VALUE;
    }

    /** What is neither a number nor a name of a number is taken to be long. */
    private static Duration lengthOf(String bound, String source) {
        if (NAME.matcher(bound).matches()) {
            var value = Pattern.compile("Duration " + bound + " =\\s*(?:java\\.time\\.)?(Duration\\.of\\w+\\(\\d+\\));")
                    .matcher(source);
            return value.find() ? lengthOf(value.group(1), source) : LEAST_BOUND;
        }
        var seconds = SECONDS.matcher(bound);
        if (seconds.matches()) {
            return Duration.ofSeconds(Long.parseLong(seconds.group(1)));
        }
        var millis = MILLIS.matcher(bound);
        return millis.matches() ? Duration.ofMillis(Long.parseLong(millis.group(1))) : LEAST_BOUND;
    }

    /** The mutants. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(100);",
                "done.get(30, TimeUnit.SECONDS);",
                "process.waitFor(120, TimeUnit.SECONDS);",
                "int BROWSER = 55; process.waitFor(BROWSER, TimeUnit.SECONDS);",
                "await().until(done);",
                "await(\"it is done\").untilAsserted(done);",
                "await().atMost(Duration.ofSeconds(20)).until(done);",
                "await().atMost(java.time.Duration.ofMillis(900)).until(done);",
                "Duration SOON = Duration.ofSeconds(30); await().atMost(SOON).until(done);"
            })
    void areFoundWhereTheyAreTooShort(String source) {
        assertThat(faultIn(source)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "await().atMost(Duration.ofMinutes(2)).until(done);",
                "await().pollInterval(SHORT).atMost(Duration.ofSeconds(60)).until(done);",
                "Duration SOON = Duration.ofSeconds(60); await().atMost(SOON).until(done);",
                "int BROWSER = 600; process.waitFor(BROWSER, TimeUnit.SECONDS);"
            })
    void areAllowedWhereTheyAreLong(String source) {
        assertThat(faultIn(source)).isEmpty();
    }
}
