package com.gogogoapi.acceptance;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The sources of all modules' tests, for tests of how tests are written. */
final class TestSources {

    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Set<String> NO_SOURCES = Set.of("target", "node_modules", "data", ".git");

    private TestSources() {}

    /** Of the modules below that folder, by file. */
    static Map<Path, String> below(String folder) throws IOException {
        var sources = new TreeMap<Path, String>();
        Files.walkFileTree(ROOT.resolve(folder), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NO_SOURCES.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var path = file.toString();
                if (path.endsWith(".java") && path.contains("src/test/java")) {
                    sources.put(ROOT.relativize(file), Files.readString(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }
}
