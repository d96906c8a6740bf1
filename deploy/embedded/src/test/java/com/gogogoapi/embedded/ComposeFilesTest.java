package com.gogogoapi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator runs on a cluster's servers gives the same rights that the embedded ones give. */
@Tag("integration")
class ComposeFilesTest {

    private static final Path COMPOSE = Path.of("..", "compose");

    @Test
    void kafkasUsersAndRightsAreThoseOfTheCode() throws Exception {
        var script = Files.readString(COMPOSE.resolve("kafka-users.sh"));
        var all = match(script, "all=\"([^\"]+)\"").getFirst().getFirst();
        assertThat(List.of(all.split(" "))).containsExactlyElementsOf(Topics.ALL);

        var topicRights = match(script, "allow (\\S+) \"([^\"]+)\" \"([^\"]+)\"").stream()
                .flatMap(line -> Stream.of(line.get(1).split(" ")).flatMap(operation -> Stream.of(
                                line.get(2).replace("$all", all).split(" "))
                        .map(topic -> "%s %s topic %s literal".formatted(line.get(0), operation, topic))));
        var groupRights = match(script, "allow_group (\\S+) (\\S+) (\\S+)").stream()
                .map(line -> "%s Read group %s %s".formatted(line.get(0), line.get(2), line.get(1)));
        var inTheCode = Arrays.stream(BrokerUser.values())
                .flatMap(user -> user.rights().stream().map(right -> "%s %s %s %s %s"
                        .formatted(
                                user.username(),
                                words(right.entry().operation().name()),
                                right.pattern().resourceType().name().toLowerCase(Locale.ROOT),
                                right.pattern().name(),
                                right.pattern().patternType().name().toLowerCase(Locale.ROOT))))
                .collect(Collectors.toSet());
        assertThat(Stream.concat(topicRights, groupRights)).containsExactlyInAnyOrderElementsOf(inTheCode);

        assertThat(match(script, "user (\\S+) \"\\$[A-Z_]+\"").stream().map(List::getFirst))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(BrokerUser.values())
                        .map(BrokerUser::username)
                        .toList());
    }

    /** DESCRIBE_CONFIGS as Kafka's tools write it. */
    private static String words(String operation) {
        return Arrays.stream(operation.split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static List<List<String>> match(String text, String line) {
        return Pattern.compile("^" + line + "$", Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(found -> Stream.iterate(1, group -> group <= found.groupCount(), group -> group + 1)
                        .map(found::group)
                        .toList())
                .toList();
    }

    /** What psql makes of the file, less psql. */
    @Test
    void databasesBelongToTheirServicesAndAuditorsRead(@TempDir Path folder) throws Exception {
        var passwords = Map.of(
                "pricing", "p1", "account", "p5", "ledger", "p2", "proxy", "p3", "usage", "p6", "funding", "p7",
                "auditor", "p4");
        var sql = Files.readString(COMPOSE.resolve("databases.sql"))
                .replaceAll("(?m)^(--|\\\\getenv).*$", "")
                .replaceAll(":'(\\w+)_password'", "'{$1}'");
        for (var password : passwords.entrySet()) {
            sql = sql.replace("{" + password.getKey() + "}", password.getValue());
        }
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            var statements = Arrays.stream(sql.split(";")).map(String::strip).filter(line -> !line.isEmpty());
            PostgresLockTest.execute(postgres.asSuperuser("postgres"), statements.toArray(String[]::new));
            var server = postgres.asSuperuser("").jdbcUrl();
            for (var name : List.of("pricing", "account", "ledger", "proxy", "usage", "funding")) {
                PostgresLockTest.execute(
                        new Database(server + name, name, passwords.get(name)),
                        "create table made_by_a_migration (id int)");
            }
            var auditor = new Database(server + "ledger", "auditor", passwords.get("auditor"));
            PostgresLockTest.execute(auditor, "select * from made_by_a_migration");
            for (var refused : List.of(
                    new Database(server + "proxy", "auditor", passwords.get("auditor")),
                    new Database(server + "ledger", "proxy", passwords.get("proxy")),
                    new Database(server + "ledger", "ledger", ""))) {
                assertThatThrownBy(() -> PostgresLockTest.connect(refused)).isInstanceOf(SQLException.class);
            }
            assertThatThrownBy(() -> PostgresLockTest.execute(
                            auditor,
                            "set default_transaction_read_only = off",
                            "insert into made_by_a_migration values (1)"))
                    .isInstanceOf(SQLException.class);
        }
    }
}
