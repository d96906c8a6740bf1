package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What a test stands on and how long it takes is said by tags, or {@code ./gogogo test fast} would start the whole system and
 * {@code ./gogogo test} take half an hour.
 */
class TagsTest {

    /** What starts processes of its own beside the one that all share. */
    private static final Pattern SYSTEM_OF_ITS_OWN =
            Pattern.compile("RunningSystem\\.startWith|Cluster\\.start\\(|ServiceProcess\\.start\\(|-exec\\.jar");

    /** Tests with a system of their own that are not long, and why they need one. */
    private static final Map<String, String> QUICK_WITH_A_SYSTEM_OF_ITS_OWN = Map.of(
            "AuditTest", "signs a checkpoint every second, and is verified when it is stopped",
            "LargeBodiesTest", "is filled up to its limits",
            "LongStreamsTest", "is killed; what stops it in order is long",
            "OpenIdConnectTest", "has people sign in elsewhere",
            "OperatorDoorTest", "has a port for operators",
            "SellingBelowCostTest", "has another upstream");

    private static final Pattern PROMISE = Pattern.compile("(?m)^\\| \\d+ [^|]+\\|([^|]+)\\|([^|]*)\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    /** The sources of all tests of the modules below, by the class's name. */
    private static Map<String, String> tests(String below) throws IOException {
        var tests = new TreeMap<String, String>();
        TestSources.below(below).forEach((file, source) -> {
            var name = file.getFileName().toString();
            if (name.endsWith("Test.java") && !name.equals("TagsTest.java")) {
                tests.merge(name.replace(".java", ""), source, String::concat);
            }
        });
        return tests;
    }

    private static boolean isTagged(String source, String... tags) {
        return Arrays.stream(tags).anyMatch(tag -> source.contains("@Tag(\"" + tag + "\")"));
    }

    /** The class itself, not only some of its methods. */
    private static boolean isLong(String source) {
        return Pattern.compile("(?m)^@Tag\\(\"long\"\\)").matcher(source).find();
    }

    @Test
    void areOnEveryTestOfTheRunningSystem() throws IOException {
        Predicate<String> runs = source -> source.contains("RunningSystem") || source.contains("Cluster.");
        var running = tests("testing/acceptance").entrySet().stream()
                .filter(test -> runs.test(test.getValue()))
                .toList();
        assertThat(running).hasSizeGreaterThan(10);
        assertThat(running)
                .filteredOn(test -> !isTagged(test.getValue(), "acceptance", "chaos"))
                .extracting(Map.Entry::getKey)
                .as("tests of the running system without a tag that says so")
                .isEmpty();
    }

    @Test
    void sayLongWhereverASystemIsStartedForOneTest() throws IOException {
        assertThat(tests("testing/acceptance").entrySet().stream()
                        .filter(test ->
                                SYSTEM_OF_ITS_OWN.matcher(test.getValue()).find())
                        .filter(test -> !isLong(test.getValue()))
                        .map(Map.Entry::getKey))
                .as(
                        "tests with a system of their own that are not long: share one, say @Tag(\"long\"), or say why here")
                .containsExactlyInAnyOrderElementsOf(QUICK_WITH_A_SYSTEM_OF_ITS_OWN.keySet());
    }

    /** The table of CONTRIBUTING.md: what the plain run proves, it proves without any long test. */
    @Test
    void leaveEveryPromiseATestThatIsNotLong() throws IOException {
        var sources = tests("");
        var promises = PROMISE.matcher(Files.readString(TestSources.ROOT.resolve("CONTRIBUTING.md")))
                .results()
                .toList();
        assertThat(promises).hasSizeGreaterThan(10);
        for (var promise : promises) {
            var quick = named(promise.group(1));
            assertThat(quick).as(promise.group()).isNotEmpty();
            assertThat(sources.keySet()).as(promise.group()).containsAll(quick).containsAll(named(promise.group(2)));
            assertThat(quick)
                    .as("not long, since in the second column: %s", promise.group())
                    .noneMatch(test -> isLong(sources.getOrDefault(test, "")));
            assertThat(named(promise.group(2)))
                    .as("long, since in the third column: %s", promise.group())
                    .allMatch(test -> isTagged(sources.getOrDefault(test, ""), "long"));
        }
    }

    private static List<String> named(String cell) {
        return TEST.matcher(cell).results().map(match -> match.group(1)).toList();
    }
}
