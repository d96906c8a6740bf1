package com.gogogoapi.benchmark.report;

import java.util.List;

/**
 * What one part of the benchmark found.
 *
 * @param title of its section
 * @param details paragraphs, tables and lists in Markdown, in order
 */
public record PartReport(String title, List<Target> targets, List<Panel> panels, List<String> details) {

    public PartReport {
        targets = List.copyOf(targets);
        panels = List.copyOf(panels);
        details = List.copyOf(details);
    }
}
