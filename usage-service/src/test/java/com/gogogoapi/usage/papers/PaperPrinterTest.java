package com.gogogoapi.usage.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.usage.papers.Paper.Column;
import com.gogogoapi.usage.papers.Paper.Fact;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** What is printed is what a paper says, and nothing of it is fetched. */
class PaperPrinterTest {

    private static final Instant AT = Instant.parse("2026-12-01T00:00:00Z");
    private static final PaperProperties.Seller SELLER = new PaperProperties.Seller("Seller", List.of(), null);

    private static PaperPrinter printer(int atOnce, Duration wait) {
        return new PaperPrinter(new PaperProperties(SELLER, atOnce, wait));
    }

    private static Paper paperFor(String name) {
        return new Paper(
                "Statement of " + name,
                AT,
                List.of(
                        new Paper.Parties(List.of("From: Seller"), List.of("For: " + name)),
                        new Paper.Facts("Facts of " + name, List.of(new Fact(name, name, true))),
                        new Paper.Table(
                                name,
                                List.of(Column.text(name), Column.number("USD")),
                                List.of(List.of(name, "1.00")),
                                List.of()),
                        new Paper.Typed(name)));
    }

    private static String text(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void markupIsTextAndNothingIsFetched() throws IOException {
        var asked = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            var address = "http://127.0.0.1:" + server.getAddress().getPort();
            var name = "<img src=\"%s/a.png\"/><style>@import url(%s/b.css);</style><b>Ada</b>"
                    .formatted(address, address);
            var text = text(printer(1, Duration.ZERO).pdf(paperFor(name))).replaceAll("\\s", "");
            assertThat(text).contains(name.replaceAll("\\s", ""));
            // Nor what a style names.
            PaperPrinter.print(
                    paperFor("Ada"),
                    "@import url(%s/c.css); @font-face { font-family: x; src: url(%s/f.ttf) } body { background: url(%s/d.png) }"
                            .formatted(address, address, address));
            assertThat(asked.get()).isZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void latinGreekAndCyrillicAreReadBack() throws IOException {
        var name = "Žofie Größe Ελληνικά Кириллица ЇҐ ₿ € −";
        assertThat(text(printer(1, Duration.ZERO).pdf(paperFor(name)))).contains("Žofie Größe Ελληνικά Кириллица");
    }

    @Test
    void oddLettersDoNotStopIt() throws IOException {
        assertThat(text(printer(1, Duration.ZERO).pdf(paperFor("漢字 \u0000\u0007\ud800 \u202e fin"))))
                .contains("fin");
    }

    @Test
    void isTaggedWithItsFontsInIt() throws IOException {
        try (var document = Loader.loadPDF(printer(1, Duration.ZERO).pdf(paperFor("Ada")))) {
            var catalog = document.getDocumentCatalog();
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getStructureTreeRoot()).isNotNull();
            assertThat(catalog.getLanguage()).isEqualTo("en");
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Statement of Ada");
            assertThat(fontsAreEmbedded(document)).isTrue();
        }
    }

    private static boolean fontsAreEmbedded(PDDocument document) throws IOException {
        for (var page : document.getPages()) {
            for (var name : page.getResources().getFontNames()) {
                if (!page.getResources().getFont(name).isEmbedded()) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void theSamePaperIsTheSameBytes() {
        var printer = printer(1, Duration.ZERO);
        assertThat(printer.pdf(paperFor("Ada"))).isEqualTo(printer.pdf(paperFor("Ada")));
        assertThat(printer.pdf(paperFor("Ada"))).isNotEqualTo(printer.pdf(paperFor("Bob")));
    }

    /** A month of a hundred routes: every line is there, and its headings are on every page. */
    @Test
    void longTablesGoOverPages() throws IOException {
        var lines = IntStream.range(0, 3_000)
                .mapToObj(i -> List.of("line-" + i + ".", "1.00"))
                .toList();
        var paper = new Paper(
                "Long",
                AT,
                List.of(new Paper.Table(
                        "Lines", List.of(Column.text("Heading"), Column.number("USD")), lines, List.of())));
        var pdf = printer(1, Duration.ZERO).pdf(paper);
        try (var document = Loader.loadPDF(pdf)) {
            var text = new PDFTextStripper().getText(document);
            assertThat(lines).allMatch(line -> text.contains(line.getFirst()));
            assertThat(text.split("Heading", -1)).hasSize(document.getNumberOfPages() + 1);
        }
        assertThat(pdf.length).as("bytes").isLessThan(4_000_000);
    }

    @Test
    void moreThanItsPlacesWaitOrAreToldSo() throws InterruptedException {
        var printer = printer(1, Duration.ZERO);
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var holding = threads.submit(() -> printer.inItsPlace(() -> {
                begun.countDown();
                goOn.await(60, TimeUnit.SECONDS);
                return new byte[0];
            }));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> printer.pdf(paperFor("Ada"))).isInstanceOfSatisfying(ApiError.class, error -> {
                assertThat(error.status()).isEqualTo(503);
                assertThat(error.code()).isEqualTo("papers_busy");
                assertThat(error.headers()).containsKey("Retry-After");
            });
            goOn.countDown();
            assertThat(holding).succeedsWithin(Duration.ofSeconds(60));
        }
        assertThat(printer.pdf(paperFor("Ada"))).isNotEmpty();
    }
}
