package com.gogogoapi.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON files that only their owner reads, replaced whole or not at all. */
final class PrivateFiles {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PrivateFiles() {}

    static Map<String, String> read(Path file) throws IOException {
        return Files.exists(file)
                ? JSON.readValue(Files.readString(file), new TypeReference<LinkedHashMap<String, String>>() {})
                : new LinkedHashMap<>();
    }

    /**
     * The {@code access.json} of an installation's folder.
     *
     * @throws IllegalStateException if there is none
     */
    static Map<String, String> access(Path data) throws IOException {
        var file = data.resolve("access.json");
        if (!Files.exists(file)) {
            throw new IllegalStateException("There must be an installation in " + data + "; --data names its folder.");
        }
        return read(file);
    }

    static void write(Path file, Map<String, String> values) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(draft, (JSON.writeValueAsString(values) + "\n").getBytes(UTF_8));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
