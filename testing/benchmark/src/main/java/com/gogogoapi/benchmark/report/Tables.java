package com.gogogoapi.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables in Markdown. */
public final class Tables {

    private Tables() {}

    public static String of(List<String> head, List<List<String>> rows) {
        var lines = new ArrayList<String>();
        lines.add(line(head));
        lines.add(line(head.stream().map(column -> "---").toList()));
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines);
    }

    /** Every round of every contender, so that whoever doubts a median can take another. */
    public static String rounds(String unit, Map<String, Samples> contenders) {
        return of(
                List.of(unit, "median", "every round"),
                contenders.entrySet().stream()
                        .map(one -> List.of(
                                one.getKey(),
                                Figures.number(one.getValue().median()),
                                one.getValue().rounds().stream()
                                        .map(Figures::number)
                                        .collect(Collectors.joining(" · "))))
                        .toList());
    }

    static String targets(List<Target> targets) {
        return of(
                List.of("what", "measured", "held against, in the same run", "ratio", "target", "met"),
                targets.stream()
                        .map(target -> List.of(
                                target.what(),
                                target.measured(),
                                target.comparedWith(),
                                target.ratio(),
                                target.wanted(),
                                target.state().said()))
                        .toList());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
