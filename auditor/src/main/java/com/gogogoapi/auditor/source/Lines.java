package com.gogogoapi.auditor.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The lines of a file that begin so, read one at a time. */
final class Lines<T> implements Cursor<T> {

    private final Path file;
    private final BufferedReader reader;
    private final String prefix;
    private final Function<String, T> parser;

    Lines(Path file, String prefix, Function<String, T> parser) {
        this.file = file;
        this.prefix = prefix;
        this.parser = parser;
        try {
            reader = Files.newBufferedReader(file, UTF_8);
        } catch (IOException e) {
            throw new SourceException(file + " must be readable", e);
        }
    }

    @Override
    public @Nullable T next() {
        try {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && line.startsWith(prefix)) {
                    return parser.apply(line);
                }
            }
            return null;
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new SourceException(file + " must be readable", e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new SourceException(file + " must close", e);
        }
    }
}
