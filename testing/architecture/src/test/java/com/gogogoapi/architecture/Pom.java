package com.gogogoapi.architecture;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a POM itself says; parents, properties and profiles are not looked at. */
record Pom(String artifactId, List<String> modules, List<Dependency> dependencies) {

    record Dependency(String groupId, String artifactId, String scope) {

        boolean isOurs() {
            return groupId.equals("com.gogogoapi");
        }

        boolean isOfTests() {
            return scope.equals("test");
        }
    }

    static Pom in(Path folder) throws IOException {
        return parse(Files.readString(folder.resolve("pom.xml")));
    }

    static Pom parse(String xml) {
        try {
            var project = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
            return new Pom(
                    text(project, "artifactId", ""),
                    children(project, "modules")
                            .flatMap(modules -> children(modules, "module"))
                            .map(Element::getTextContent)
                            .toList(),
                    children(project, "dependencies")
                            .flatMap(dependencies -> children(dependencies, "dependency"))
                            .map(dependency -> new Dependency(
                                    text(dependency, "groupId", ""),
                                    text(dependency, "artifactId", ""),
                                    text(dependency, "scope", "compile")))
                            .toList());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("A POM must be well-formed XML.", e);
        }
    }

    private static String text(Element parent, String child, String otherwise) {
        return children(parent, child).map(Element::getTextContent).findFirst().orElse(otherwise);
    }

    private static Stream<Element> children(Element parent, String name) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(element -> element.getTagName().equals(name));
    }
}
