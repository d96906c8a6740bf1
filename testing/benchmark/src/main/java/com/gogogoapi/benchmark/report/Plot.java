package com.gogogoapi.benchmark.report;

import java.util.List;
import java.util.Locale;

/**
 * The panels as one SVG, below each other: a bar to the median, a line from the least round to the most, and the figure
 * in words. Its colours follow the reader's light or dark scheme.
 */
public final class Plot {

    private static final int WIDTH = 900;
    private static final int LABELS = 300;
    private static final int FIGURES = 130;
    private static final int BARS = WIDTH - LABELS - FIGURES;
    private static final int ROW = 26;
    private static final int BAR = 16;
    private static final int HEAD = 62;
    private static final int GAP = 18;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328; }
              .title { font-weight: 600; font-size: 15px; }
              .note { fill: #59636e; font-size: 12px; }
              .ours { fill: #1a7f37; }
              .bound { fill: #8c959f; }
              .spread { stroke: #1f2328; stroke-width: 1.5; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .note { fill: #9198a1; }
                .ours { fill: #3fb950; }
                .bound { fill: #6e7681; }
                .spread { stroke: #e6edf3; }
              }
            </style>
            """;

    private Plot() {}

    public static String svg(List<Panel> panels) {
        var body = new StringBuilder();
        var top = 0;
        for (var panel : panels) {
            panel(body, panel, top);
            top += height(panel);
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
                aria-label="What was measured, as bars">
                %s%s</svg>
                """.formatted(WIDTH, top, WIDTH, top, STYLE, body);
    }

    private static int height(Panel panel) {
        return HEAD + ROW * panel.bars().size() + GAP;
    }

    private static void panel(StringBuilder body, Panel panel, int top) {
        text(body, "title", 0, top + 22, "start", panel.title());
        text(body, "note", 0, top + 42, "start", panel.note());
        var most = panel.bars().stream()
                .mapToDouble(bar -> bar.samples().most())
                .max()
                .orElse(0);
        var y = top + HEAD;
        for (var bar : panel.bars()) {
            bar(body, bar, y, most, panel.unit());
            y += ROW;
        }
    }

    private static void bar(StringBuilder body, Panel.Bar bar, int y, double most, String unit) {
        var samples = bar.samples();
        text(body, "label", LABELS - 10, y + 13, "end", bar.label());
        body.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\"/>%n"
                .formatted(bar.ours() ? "ours" : "bound", LABELS, y, length(samples.median(), most), BAR));
        var middle = y + BAR / 2;
        body.append("<line class=\"spread\" x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\"/>%n"
                .formatted(position(samples.least(), most), middle, position(samples.most(), most), middle));
        text(body, "figure", WIDTH - FIGURES + 10, y + 13, "start", Figures.of(samples.median(), unit));
    }

    private static String length(double value, double most) {
        return decimal(most == 0 ? 0 : BARS * value / most);
    }

    private static String position(double value, double most) {
        return decimal(LABELS + (most == 0 ? 0 : BARS * value / most));
    }

    private static String decimal(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    private static void text(StringBuilder body, String style, int x, int y, String anchor, String text) {
        body.append("<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n"
                .formatted(style, x, y, anchor, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
