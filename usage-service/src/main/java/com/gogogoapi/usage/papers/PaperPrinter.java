package com.gogogoapi.usage.papers;

import com.gogogoapi.chassis.errors.ApiError;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Makes PDFs of papers: tagged for readers for the blind, with their fonts in them, and the same bytes for the same paper. It
 * asks nothing of anybody: no address is followed, whatever a paper says. How many are made at once is limited, since each
 * takes a core and some megabytes while it is made.
 */
@Component
@EnableConfigurationProperties(PaperProperties.class)
public class PaperPrinter {

    private static final String STYLE = resource("paper.css");
    private static final String FAMILY = "Liberation Sans";
    private static final String TYPED = "Liberation Mono";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;
    private static final long AGAIN_SECONDS = 5;

    static {
        // What it does by the way is nobody's news.
        XRLog.setLoggingEnabled(false);
    }

    private final Semaphore places;
    private final PaperProperties properties;

    PaperPrinter(PaperProperties properties) {
        this.properties = properties;
        this.places = new Semaphore(properties.atOnce(), true);
    }

    /** @throws ApiError 503 if too many are being made */
    public byte[] pdf(Paper paper) {
        try {
            return inItsPlace(() -> print(paper, STYLE));
        } catch (IOException e) {
            throw new UncheckedIOException("A document in memory must be writable.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A document was not waited for.", e);
        }
    }

    /** What takes a core and memory. */
    interface Making {
        byte[] make() throws IOException, InterruptedException;
    }

    byte[] inItsPlace(Making making) throws IOException, InterruptedException {
        if (!places.tryAcquire(properties.waitAtMost().toMillis(), TimeUnit.MILLISECONDS)) {
            throw ApiError.unavailable("papers_busy", "Too many documents are being made at the moment; try again.")
                    .withHeader("Retry-After", Long.toString(AGAIN_SECONDS))
                    .withShouldRetry(true);
        }
        try {
            return making.make();
        } finally {
            places.release();
        }
    }

    static byte[] print(Paper paper, String style) throws IOException {
        var builder = new PdfRendererBuilder()
                .withW3cDocument(PaperTree.of(paper, style), null)
                .useUriResolver((base, address) -> null)
                .useFont(() -> font("LiberationSans-Regular"), FAMILY, REGULAR, FontStyle.NORMAL, true)
                .useFont(() -> font("LiberationSans-Bold"), FAMILY, BOLD, FontStyle.NORMAL, true)
                .useFont(() -> font("LiberationMono-Regular"), TYPED, REGULAR, FontStyle.NORMAL, true)
                .usePdfUaAccessibility(true)
                .withProducer("gogogoapi");
        try (var renderer = builder.buildPdfRenderer();
                var document = renderer.createPDFKeepOpen()) {
            settle(document, paper);
            var file = new ByteArrayOutputStream();
            document.save(file);
            return file.toByteArray();
        }
    }

    /** Nothing in it is of now: a file's time and number are made of what it says. */
    private static void settle(PDDocument document, Paper paper) {
        var at = calendar(paper.at());
        document.getDocumentInformation().setCreationDate(at);
        document.getDocumentInformation().setModificationDate(at);
        var number = new CRC32();
        number.update(paper.toString().getBytes(StandardCharsets.UTF_8));
        document.setDocumentId(number.getValue());
    }

    private static GregorianCalendar calendar(Instant at) {
        return GregorianCalendar.from(at.atZone(ZoneOffset.UTC));
    }

    private static InputStream font(String name) {
        return stream("/liberation/" + name + ".ttf");
    }

    private static String resource(String name) {
        try (var stream = stream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("A resource must be readable: " + name, e);
        }
    }

    private static InputStream stream(String name) {
        var stream = PaperPrinter.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("There must be a resource " + name + ".");
        }
        return stream;
    }
}
