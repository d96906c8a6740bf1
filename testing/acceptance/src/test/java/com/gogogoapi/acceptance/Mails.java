package com.gogogoapi.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a standalone system would mail, which is in a folder where no mail server is set.
 *
 * @param folder a file a mail
 */
record Mails(Path folder) {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern CODE = Pattern.compile("(?m)^([0-9A-Z]{5}-[0-9A-Z]{5})$");
    private static final Pattern LINK = Pattern.compile("(?m)^(http\\S+/sign-in/link\\?token=\\S+)$");

    static Mails of(RunningSystem system) {
        return new Mails(system.data().resolve("mail"));
    }

    /** The last code that was mailed to that address, or is soon. */
    String code(String email) {
        return soon(email, CODE);
    }

    /** The last link. */
    String link(String email) {
        return soon(email, LINK);
    }

    private String soon(String email, Pattern what) {
        await("mail to " + email).atMost(SOON).until(() -> last(email, what).isPresent());
        return last(email, what).orElseThrow();
    }

    private Optional<String> last(String email, Pattern what) {
        return to(email).reversed().stream()
                .map(what::matcher)
                .filter(found -> found.find())
                .map(found -> found.group(1))
                .findFirst();
    }

    /** All that were mailed to it so far, the oldest first. */
    List<String> to(String email) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.sorted()
                    .map(Mails::read)
                    .filter(text -> text.startsWith("To: " + email + "\n"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
