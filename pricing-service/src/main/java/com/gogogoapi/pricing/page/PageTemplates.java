package com.gogogoapi.pricing.page;

import com.gogogoapi.pricing.page.view.ChangeFeed;
import com.gogogoapi.pricing.page.view.PricingPage;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The page and the feed as texts. Their templates are in {@code src/main/jte}; what they show is in {@code view}.
 *
 * <p>The page is one document that needs nothing else. Its style and its script are in it, and a content security policy
 * names exactly these two by their hashes, so that nothing anybody smuggles in would run. Without scripts all of it is
 * there; with them countdowns run and times are told in the reader's zone as well.
 */
@Component
final class PageTemplates {

    /** Where the build puts the templates' classes: the POM says the same. */
    private static final String PACKAGE = "com.gogogoapi.pricing.page.template";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(null, ContentType.Html, null, PACKAGE);
    private final String style = resource("pricing.css");
    private final String script = resource("pricing.js");
    private final String securityPolicy =
            "default-src 'none'; style-src '%s'; script-src '%s'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                    .formatted(hash(style), hash(script));

    private static String resource(String name) {
        try (var stream = PageTemplates.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " must be on the class path.");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }

    String securityPolicy() {
        return securityPolicy;
    }

    String html(PricingPage page) {
        return rendered("page.jte", Map.of("page", page, "style", style, "script", script));
    }

    String atom(ChangeFeed feed) {
        return rendered("feed.jte", Map.of("feed", feed));
    }

    private String rendered(String template, Map<String, Object> parameters) {
        var text = new StringOutput();
        engine.render(template, parameters, text);
        return text.toString();
    }
}
