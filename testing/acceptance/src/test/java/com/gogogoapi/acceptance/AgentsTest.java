package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The agents that people use, unchanged: each reads a file with a tool of its own and answers by what it read. What that was asked,
 * charged and given back is seen in {@code /requests}. The packages are large, and fetched by this test alone. The table of
 * docs/clients.md is what a run showed; {@code -Dclients.write=true} writes it there.
 */
@Tag("acceptance")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentsTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "clients.md");
    private static final Pattern TABLE = Pattern.compile("(?m)^\\| agent \\|[^\\n]*\\n(^\\|[^\\n]*\\n)*");
    private static final Path PACKAGES = Path.of("target", "agents").toAbsolutePath();
    private static final int MINUTES = 10;
    private static final String WORD = "The word is heliotrope.";

    private final RunningSystem system = RunningSystem.shared();
    private final Map<String, List<JsonNode>> requests = new LinkedHashMap<>();

    @BeforeAll
    void fetch() throws Exception {
        Files.createDirectories(PACKAGES);
        for (var file : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.copy(Path.of("agents", file), PACKAGES.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(PACKAGES.resolve("node_modules/.bin/codex"))) {
            // Not "ci", which wants the programs of all other systems in the lockfile too.
            run(
                    PACKAGES,
                    Map.of(),
                    List.of("npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"));
        }
        // What its package would do by itself, were scripts of packages run: it puts the program in its place.
        run(PACKAGES.resolve("node_modules/opencode-ai"), Map.of(), List.of("node", "postinstall.mjs"));
    }

    /** @return what it printed */
    private static String run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        var output = Files.createTempFile(PACKAGES, "output", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        // By which some know where they are.
        builder.environment().put("PWD", folder.toString());
        var process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("%s ended; %s", command, output)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        var printed = Files.readString(output);
        assertThat(process.exitValue()).as("%s: %s", command, printed).isZero();
        Files.delete(output);
        return printed;
    }

    static List<Agent> agents() {
        return Agent.all();
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("agents")
    void solvesATaskOfTwoSteps(Agent agent, @TempDir Path folder) throws Exception {
        var note = Files.writeString(folder.resolve("note.txt"), WORD + " [[sim: say=" + WORD + "]]\n");
        var customer = system.customer("5.00");
        var home = Files.createDirectories(folder.resolve("home"));
        var values = new Object[] {system.url(""), customer.apiKey(), home};
        for (var file : agent.settings().entrySet()) {
            Files.writeString(home.resolve(file.getKey()), file.getValue().formatted(values));
        }
        var environment = new LinkedHashMap<>(Map.of("HOME", home.toString()));
        agent.environment().forEach((name, value) -> environment.put(name, value.formatted(values)));
        var command = new ArrayList<>(agent.command().stream()
                .map(part -> part.formatted(PACKAGES.resolve("node_modules"), home))
                .toList());
        command.add(agent.task(note));

        // On a line of its own; what the tool printed has more on its line, where an agent shows that.
        assertThat(run(folder, environment, command).lines().map(String::strip)).contains(WORD);

        var asked = askedBy(customer);
        assertThat(asked).hasSizeGreaterThanOrEqualTo(2).allSatisfy(request -> {
            assertThat(request.path("rule").asString()).as(request.toString()).isEqualTo("COMPLETED");
            assertThat(usd(request, "charged_usd").add(usd(request, "refunded_usd")))
                    .isEqualByComparingTo(usd(request, "held_usd"));
            assertThat(usd(request, "charged_usd")).isPositive();
            assertThat(request.path("usage_estimated").asBoolean()).isFalse();
        });
        assertThat(customer.booksAtRest().charged()).isEqualByComparingTo(sum(asked, "charged_usd"));
        requests.put(agent.name(), asked);
    }

    /** In its time usage-service has heard of all of them. */
    private List<JsonNode> askedBy(Customer customer) {
        customer.booksAtRest();
        var ended = customer.statement().stream()
                .filter(line -> line.path("type").asString().matches("charge|release"))
                .count();
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> JsonMapper.shared()
                                .readTree(system.send("GET", "/v1/requests?limit=100", customer.apiKey(), "")
                                        .body())
                                .path("data")
                                .valueStream()
                                .filter(request -> request.path("ended_at").isString())
                                .toList(),
                        asked -> asked.size() == ended);
    }

    private static BigDecimal usd(JsonNode request, String name) {
        return new BigDecimal(request.path(name).asString());
    }

    private static BigDecimal sum(List<JsonNode> requests, String name) {
        return requests.stream().map(request -> usd(request, name)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long tokens(List<JsonNode> requests, String name) {
        return requests.stream()
                .mapToLong(request -> request.path(name).asLong())
                .sum();
    }

    /** But for the figures, which depend on the day and on the paths that the agents tell their models. */
    @Test
    @Order(2)
    void theDocumentHasWhatWasSeen() throws IOException {
        assertThat(requests).hasSize(Agent.all().size());
        var document = Files.readString(DOCUMENT);
        var written = TABLE.matcher(document).replaceFirst(Matcher.quoteReplacement(table()));
        if (Boolean.getBoolean("clients.write")) {
            Files.writeString(DOCUMENT, written);
        }
        assertThat(withoutFigures(Files.readString(DOCUMENT)))
                .as("docs/clients.md; -Dclients.write=true writes it")
                .isEqualTo(withoutFigures(written))
                .contains(withoutFigures(table()));
    }

    private static String withoutFigures(String text) {
        return text.replaceAll("[0-9][0-9.,]*", "N");
    }

    private String table() {
        return "| agent | protocol | tool | requests | prompt tokens | tokens of answer | held | charged | given back |\n"
                + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
                + Agent.all().stream().map(this::row).collect(Collectors.joining());
    }

    private String row(Agent agent) {
        var asked = requests.get(agent.name());
        return "| `" + agent.name() + "` | " + agent.protocol().wireName() + " | `" + agent.tool() + "` | "
                + asked.size() + " | " + tokens(asked, "prompt_tokens") + " | "
                + tokens(asked, "completion_tokens") + " | $"
                + sum(asked, "held_usd").toPlainString() + " | $"
                + sum(asked, "charged_usd").toPlainString() + " | $"
                + sum(asked, "refunded_usd").toPlainString() + " |\n";
    }
}
