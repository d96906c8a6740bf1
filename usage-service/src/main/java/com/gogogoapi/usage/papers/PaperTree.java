package com.gogogoapi.usage.papers;

import com.gogogoapi.usage.papers.Paper.Block;
import com.gogogoapi.usage.papers.Paper.Column;
import com.gogogoapi.usage.papers.Paper.Fact;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A paper as a tree of XHTML. It is made of elements and texts and never of markup that is read, so nothing that a paper says
 * can become an element.
 */
final class PaperTree {

    private static final String LANGUAGE = "en";

    private final Document document;

    private PaperTree(Document document) {
        this.document = document;
    }

    static Document of(Paper paper, String style) {
        var tree = new PaperTree(empty());
        var html = tree.document.createElement("html");
        html.setAttribute("lang", LANGUAGE);
        tree.document.appendChild(html);
        var head = tree.in(html, "head");
        tree.in(head, "title", paper.title());
        // What readers for the blind are told of it.
        var description = tree.in(head, "meta");
        description.setAttribute("name", "description");
        description.setAttribute("content", paper.title());
        tree.in(head, "style", style);
        var body = tree.in(html, "body");
        tree.in(body, "h1", paper.title());
        paper.blocks().forEach(block -> tree.write(body, block));
        return tree.document;
    }

    private static Document empty() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Java must have its own XML.", e);
        }
    }

    private void write(Element body, Block block) {
        switch (block) {
            case Paper.Heading heading -> in(body, "h2", heading.text());
            case Paper.Text text -> in(body, "p", text.text());
            case Paper.Typed typed -> in(body, "pre", typed.text());
            case Paper.Parties parties -> parties(body, parties);
            case Paper.Facts facts -> facts(body, facts);
            case Paper.Table table -> table(body, table);
        }
    }

    private void parties(Element body, Paper.Parties parties) {
        var both = in(body, "div");
        both.setAttribute("class", "parties");
        for (var lines : List.of(parties.from(), parties.to())) {
            var one = in(both, "div");
            lines.forEach(line -> in(one, "p", line));
        }
    }

    private void facts(Element body, Paper.Facts facts) {
        var table = table(body, "facts", facts.caption());
        var rows = in(table, "tbody");
        for (var fact : facts.facts()) {
            fact(rows, fact);
        }
    }

    private void fact(Element rows, Fact fact) {
        var row = in(rows, "tr");
        if (fact.isSum()) {
            row.setAttribute("class", "sum");
        }
        var name = in(row, "th", fact.name());
        name.setAttribute("scope", "row");
        in(row, "td", fact.value());
    }

    private void table(Element body, Paper.Table said) {
        var table = table(body, "lines", said.caption());
        var names = in(in(table, "thead"), "tr");
        for (var column : said.columns()) {
            var name = in(names, "th", column.name());
            name.setAttribute("scope", "col");
            align(name, column);
        }
        var rows = in(table, "tbody");
        said.lines().forEach(line -> line(in(rows, "tr"), said.columns(), line));
        if (!said.sum().isEmpty()) {
            var sum = in(rows, "tr");
            sum.setAttribute("class", "sum");
            line(sum, said.columns(), said.sum());
        }
    }

    private void line(Element row, List<Column> columns, List<String> line) {
        for (var i = 0; i < line.size(); i++) {
            align(in(row, "td", line.get(i)), columns.get(i));
        }
    }

    private static void align(Element cell, Column column) {
        if (column.isNumber()) {
            cell.setAttribute("class", "number");
        }
    }

    private Element table(Element body, String kind, String caption) {
        var table = in(body, "table");
        table.setAttribute("class", kind);
        in(table, "caption", caption);
        return table;
    }

    private Element in(Element parent, String name) {
        var child = document.createElement(name);
        parent.appendChild(child);
        return child;
    }

    private Element in(Element parent, String name, String text) {
        var child = in(parent, name);
        child.appendChild(document.createTextNode(printable(text)));
        return child;
    }

    /** Without what has no form of its own: control characters, halves of characters, and what turns the order of others. */
    private static String printable(String text) {
        return text.codePoints()
                .map(point -> point == '\n' || hasForm(point) ? point : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean hasForm(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
            default -> true;
        };
    }
}
