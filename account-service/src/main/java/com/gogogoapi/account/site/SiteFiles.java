package com.gogogoapi.account.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/** The files that Vite made, in a folder beside this class in the jar; each is read and compressed once and kept, as there are few. */
@Component
class SiteFiles {

    private static final String FOLDER = "files/";
    private static final int MAX_FILES = 200;
    private static final String NAME_FORM = "[A-Za-z0-9_-]{1,100}(\\.[a-z0-9]{1,10})?";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2");

    private final Map<String, SiteFile> files = new ConcurrentHashMap<>();

    /**
     * One of them.
     *
     * @param tag of its content, as ETag has it; the compressed one has one of its own
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record SiteFile(String type, byte[] plain, byte[] compressed, String tag) {}

    Optional<SiteFile> page(String name) {
        return name.matches(NAME_FORM) ? find(name + ".html") : Optional.empty();
    }

    Optional<SiteFile> asset(String name) {
        return name.matches(NAME_FORM) ? find("assets/" + name) : Optional.empty();
    }

    Optional<SiteFile> console() {
        return find("operator/operator.html");
    }

    Optional<SiteFile> consoleAsset(String name) {
        return name.matches(NAME_FORM) ? find("operator/assets/" + name) : Optional.empty();
    }

    private Optional<SiteFile> find(String path) {
        var known = files.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        var read = read(path);
        if (files.size() < MAX_FILES) {
            read.ifPresent(file -> files.put(path, file));
        }
        return read;
    }

    private static Optional<SiteFile> read(String path) {
        try (var stream = SiteFiles.class.getResourceAsStream(FOLDER + path)) {
            if (stream == null) {
                return Optional.empty();
            }
            var plain = stream.readAllBytes();
            var compressed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(compressed)) {
                gzip.write(plain);
            }
            var type = Objects.requireNonNullElse(
                    TYPES.get(path.substring(path.lastIndexOf('.') + 1)), "application/octet-stream");
            return Optional.of(new SiteFile(type, plain, compressed.toByteArray(), DigestUtils.md5DigestAsHex(plain)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
