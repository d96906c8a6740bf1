package com.gogogoapi.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page that people write and a run fills in: what stands between {@code <!-- begin NAME -->} and
 * {@code <!-- end NAME -->} is replaced, all else is kept.
 */
public final class Page {

    private static final String PLOT = "benchmarks.svg";
    private static final String PAGE = "benchmarks.md";

    private Page() {}

    /**
     * Writes page and plot.
     *
     * @param template the page with the markers; may be the one in {@code folder}
     * @param about what kind of run it was, and on what machine
     * @return the page that was written
     */
    public static Path write(Path template, Path folder, String about, List<PartReport> parts) throws IOException {
        var page = Files.readString(template);
        page = fill(page, "run", about);
        page = fill(
                page,
                "targets",
                Tables.targets(
                        parts.stream().flatMap(part -> part.targets().stream()).toList()));
        page = fill(page, "details", parts.stream().map(Page::section).collect(Collectors.joining("\n\n")));
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(PLOT),
                Plot.svg(parts.stream().flatMap(part -> part.panels().stream()).toList()));
        return Files.writeString(folder.resolve(PAGE), page);
    }

    private static String section(PartReport part) {
        return "### " + part.title() + "\n\n" + String.join("\n\n", part.details());
    }

    /** @throws IllegalArgumentException if the page has no such markers */
    static String fill(String page, String name, String content) {
        var begin = "<!-- begin " + name + " -->";
        var end = "<!-- end " + name + " -->";
        var between = Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(page);
        if (!between.find()) {
            throw new IllegalArgumentException("The page must have " + begin + " … " + end + ".");
        }
        return between.replaceFirst(Matcher.quoteReplacement(begin + "\n\n" + content.strip() + "\n\n" + end));
    }
}
