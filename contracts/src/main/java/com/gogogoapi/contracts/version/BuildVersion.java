package com.gogogoapi.contracts.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Objects;
import java.util.Properties;

/** The version that all modules of a build have: written in the POMs, and put beside this class by the build. */
public final class BuildVersion {

    private static final String NOT_YET_RELEASED = "-SNAPSHOT";

    private static final String TEXT = read();

    private BuildVersion() {}

    private static String read() {
        try (var properties = Objects.requireNonNull(
                BuildVersion.class.getResourceAsStream("build.properties"),
                "build.properties must be on the class path; the build puts it there.")) {
            var build = new Properties();
            build.load(properties);
            return build.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the POMs have it: {@code 0.3.0}, or {@code 0.3.0-SNAPSHOT} before that is released. */
    public static String text() {
        return TEXT;
    }

    /** The release that this is, or is to become; versions compare as they follow each other. */
    public static Version release() {
        return Version.parse(
                TEXT.endsWith(NOT_YET_RELEASED) ? TEXT.substring(0, TEXT.length() - NOT_YET_RELEASED.length()) : TEXT);
    }
}
