package com.gogogoapi.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PlotTest {

    private final Document svg = parsed(Plot.svg(List.of(
            new Panel(
                    "Events < second & more",
                    "More is better.",
                    "/s",
                    List.of(Panel.ours("ledger", Samples.of(40, 50, 60)), Panel.bound("raw", Samples.of(100)))),
            new Panel("Nothing yet", "", "ms", List.of(Panel.ours("ledger", Samples.of(0)))))));

    @Test
    void hasABarForEachContenderAsLongAsItsMedian() {
        assertThat(elements("rect"))
                .extracting(bar -> bar.getAttribute("class"))
                .containsExactly("ours", "bound", "ours");
        var widths = elements("rect").stream()
                .map(bar -> Double.parseDouble(bar.getAttribute("width")))
                .toList();
        assertThat(widths.get(0)).isEqualTo(widths.get(1) / 2);
        assertThat(widths.get(2)).isZero();
    }

    @Test
    void showsTheSpreadFromTheLeastRoundToTheMost() {
        var spread = elements("line").getFirst();
        var full = Double.parseDouble(elements("rect").get(1).getAttribute("width"));
        var from = Double.parseDouble(spread.getAttribute("x1"));
        var to = Double.parseDouble(spread.getAttribute("x2"));

        assertThat(to - from).isCloseTo(0.2 * full, org.assertj.core.data.Offset.offset(0.2));
    }

    @Test
    void saysTheFiguresAndKeepsWhatIsSpecialInXml() {
        assertThat(elements("text"))
                .extracting(Element::getTextContent)
                .contains("Events < second & more", "50 /s", "100 /s", "0 ms");
    }

    @Test
    void followsTheReadersScheme() {
        assertThat(elements("style").getFirst().getTextContent()).contains("prefers-color-scheme: dark");
    }

    private List<Element> elements(String name) {
        var nodes = svg.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static Document parsed(String svg) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + svg, e);
        }
    }
}
