package com.gogogoapi.ledger.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.version.BuildVersion;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.snapshot.SnapshotBytes;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Event streams as released versions stored them, a folder a version, a file an account, a line an event ({@code type
 * payload}); the last line is the balance that came of it. Every build replays them all. A folder is written once, by
 * {@link HistoryWriter}, when a version is released, and never changed; its file {@code kinds} lists the kinds of events that
 * its version had.
 */
class GoldenHistoriesTest {

    static final Path FOLDER = Path.of("src", "test", "resources", "histories");
    private static final String BALANCE = "balance ";

    static Stream<Path> histories() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".history")).sorted().toList().stream();
        }
    }

    private static List<LedgerEvent> events(Path history) throws IOException {
        return Files.readAllLines(history).stream()
                .filter(line -> !line.startsWith(BALANCE))
                .map(GoldenHistoriesTest::event)
                .toList();
    }

    private static LedgerEvent event(String line) {
        var space = line.indexOf(' ');
        var type = EventType.named(line.substring(0, space)).orElseThrow();
        return (LedgerEvent)
                EventJson.read(line.substring(space + 1).getBytes(StandardCharsets.UTF_8), type.eventClass());
    }

    private static AccountState replay(List<LedgerEvent> events) {
        return events.stream().reduce(AccountState.NEW, AccountState::evolve, (a, b) -> b);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void isReplayedToTheBalanceItHadThen(Path history) throws IOException {
        var lines = Files.readAllLines(history);
        var state = replay(events(history));
        assertThat(BALANCE + new String(EventJson.mapper().writeValueAsBytes(state.balance()), StandardCharsets.UTF_8))
                .isEqualTo(lines.getLast());
    }

    /** Whatever the code calls a field, in the log it keeps its name and its place. */
    @ParameterizedTest
    @MethodSource("histories")
    void isWrittenAsItWasThen(Path history) throws IOException {
        for (var line : Files.readAllLines(history)) {
            if (!line.startsWith(BALANCE)) {
                var event = event(line);
                assertThat(EventType.of(event).wireName() + " "
                                + new String(EventJson.write(event), StandardCharsets.UTF_8))
                        .isEqualTo(line);
            }
        }
    }

    /** A snapshot affects cost, never meaning: from whichever event on, stored and read again, the end is the same. */
    @ParameterizedTest
    @MethodSource("histories")
    void isTheSameFromAnySubsetOfSnapshots(Path history) throws IOException {
        var events = events(history);
        var whole = replay(events);
        var random = new Random(42);
        for (var subset = 0; subset < 50; subset++) {
            var state = AccountState.NEW;
            for (var event : events) {
                state = state.evolve(event);
                if (random.nextInt(4) == 0) {
                    state = SnapshotBytes.read(SnapshotBytes.write(state));
                }
            }
            assertThat(state.balance()).isEqualTo(whole.balance());
            assertThat(state.openHolds()).isEqualTo(whole.openHolds());
            assertThat(state.answered()).isEqualTo(whole.answered());
            assertThat(state.lots()).isEqualTo(whole.lots());
        }
    }

    /** One spoilt bit in a field's name makes the field another one, and leaves it out. */
    @ParameterizedTest
    @MethodSource("histories")
    void aFieldThatIsNotThereIsMalformedUnlessItMayBeMissing(Path history) throws IOException {
        var seen = new HashSet<String>();
        for (var event : events(history)) {
            var type = EventType.of(event);
            var fields = Arrays.stream(type.eventClass().getRecordComponents())
                    .filter(field -> seen.add(type.wireName() + " " + field.getName()))
                    .toList();
            for (var field : fields) {
                var name = nameInJson(field);
                for (var json : List.of(without(event, name), withNull(event, name))) {
                    if (field.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                        assertThat(EventJson.read(json, type.eventClass())).isInstanceOf(type.eventClass());
                    } else {
                        assertThatThrownBy(() -> EventJson.read(json, type.eventClass()))
                                .as("%s without %s", type, name)
                                .isInstanceOf(JacksonException.class);
                    }
                }
            }
        }
        assertThat(seen).isNotEmpty();
    }

    private static String nameInJson(RecordComponent field) {
        var named = field.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? field.getName() : named.value();
    }

    private static byte[] without(LedgerEvent event, String field) {
        var tree = (ObjectNode) EventJson.mapper().valueToTree(event);
        tree.remove(field);
        return EventJson.mapper().writeValueAsBytes(tree);
    }

    private static byte[] withNull(LedgerEvent event, String field) {
        var tree = (ObjectNode) EventJson.mapper().valueToTree(event);
        tree.putNull(field);
        return EventJson.mapper().writeValueAsBytes(tree);
    }

    @Test
    void everyVersionShowsEveryKindOfEvent() throws IOException {
        var known = Arrays.stream(EventType.values())
                .filter(type -> LedgerEvent.class.isAssignableFrom(type.eventClass()))
                .map(EventType::wireName)
                .toList();
        assertThat(versions()).isNotEmpty().allSatisfy(version -> assertThat(
                        shownBy(FOLDER.resolve(version.toString())))
                .containsExactlyInAnyOrderElementsOf(
                        Files.readAllLines(FOLDER.resolve(version.toString()).resolve("kinds"))));
        assertThat(shownBy(newest())).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void noHistoryIsOfAVersionYetToCome() throws IOException {
        assertThat(versions().getLast()).isLessThanOrEqualTo(BuildVersion.release());
    }

    /** Whoever changes what is stored raises the version in the POMs and has the writer make that version's histories. */
    @Test
    void theNewestHistoryHasTheFormInWhichThisBuildStores(@TempDir Path written) throws IOException {
        HistoryWriter.write(written);
        assertThat(form(written))
                .as(
                        "Version %s stores events in another form than histories/%s: the POMs must have a version after"
                                + " that one, and HistoryWriter must have written its histories.",
                        BuildVersion.text(), versions().getLast())
                .isEqualTo(form(newest()));
    }

    /** Or a form that changed would not be seen. */
    @Test
    void everyVersionHasAFormOfItsOwn() throws IOException {
        var forms = new ArrayList<Map<String, Set<String>>>();
        for (var version : versions()) {
            forms.add(form(FOLDER.resolve(version.toString())));
        }
        assertThat(forms).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    }

    private static Path newest() throws IOException {
        return FOLDER.resolve(versions().getLast().toString());
    }

    /** In the order in which they were released. */
    private static List<Version> versions() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            return folders.map(folder -> Version.parse(folder.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    /** The fields of every kind of event, those within others too; what they state may differ from version to version. */
    private static Map<String, Set<String>> form(Path version) throws IOException {
        var form = new TreeMap<String, Set<String>>();
        for (var line : eventLines(version)) {
            var space = line.indexOf(' ');
            addFields(
                    "",
                    EventJson.mapper().readTree(line.substring(space)),
                    form.computeIfAbsent(line.substring(0, space), type -> new TreeSet<>()));
        }
        return form;
    }

    private static void addFields(String path, JsonNode json, Set<String> fields) {
        if (json.isObject()) {
            json.properties().forEach(field -> addFields(path + "." + field.getKey(), field.getValue(), fields));
        } else if (json.isArray()) {
            json.forEach(element -> addFields(path + "[]", element, fields));
        } else {
            fields.add(path + " " + json.getNodeType());
        }
    }

    private static Set<String> shownBy(Path version) throws IOException {
        return eventLines(version).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
    }

    private static List<String> eventLines(Path version) throws IOException {
        var lines = new ArrayList<String>();
        try (var files = Files.list(version)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".history")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        lines.removeIf(line -> line.startsWith(BALANCE));
        return lines;
    }
}
