package com.gogogoapi.pricing.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceSource;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.pricing.page.view.ChangeFeed;
import com.gogogoapi.pricing.page.view.Estimate;
import com.gogogoapi.pricing.page.view.PricingPage;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

/** What the templates make of routes, without a server or a browser. */
class PageTemplatesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:30Z");
    private static final String MARKUP = "<script>alert(\"1\" & '2')</script>";

    private final PageTemplates templates = new PageTemplates();

    private static TokenPrices prices(String input, String cached, String output) {
        return new TokenPrices(UsdPerMillion.parse(input), UsdPerMillion.parse(cached), UsdPerMillion.parse(output));
    }

    private static RoutePricePublished price(
            String model, String validFrom, TokenPrices prices, @Nullable PriceSchedule schedule) {
        var start = Instant.parse(validFrom);
        return new RoutePricePublished(
                model + "@" + validFrom,
                model,
                prices,
                new RouteLimits(1_000_000, 393_216, 32_768),
                start,
                new PriceSource("https://example.com/?a=1&b=" + MARKUP, start, "ab".repeat(32)),
                MARKUP,
                start,
                schedule,
                MARKUP);
    }

    private static Route route(String model, RoutePricePublished... prices) {
        return new Route(model, List.of(prices), List.of(), null, null);
    }

    /** One that is cheap at all hours and gets dearer, and one that is dear at noon. */
    private static List<Route> routes() {
        var noon = new PriceWindow(
                "peak",
                EnumSet.allOf(DayOfWeek.class),
                LocalTime.NOON,
                LocalTime.of(13, 0),
                PriceWindow.OnHolidays.AS_USUAL,
                prices("4", "0.4", "8"));
        var schedule = new PriceSchedule(ZoneOffset.UTC, null, List.of(noon));
        return List.of(
                route(
                        "cheap",
                        price("cheap", "2026-01-01T00:00:00Z", prices("0.14", "0.0028", "0.28"), null),
                        price("cheap", "2026-12-01T00:00:00Z", prices("0.20", "0.0028", "0.28"), null)),
                route("dear.model", price("dear.model", "2026-01-01T00:00:00Z", prices("2", "0.2", "4"), schedule)),
                route("to-come", price("to-come", "2027-01-01T00:00:00Z", prices("1", "1", "1"), null)));
    }

    private String page(Estimate estimate) {
        return templates.html(PricingPage.of(routes(), estimate, NOW));
    }

    @Test
    void thePageSaysWhatIsSoldAndAtWhatPrice() {
        assertThat(page(Estimate.NONE))
                .startsWith("<!doctype html>")
                .contains("<h1>Pricing</h1>", "Which model should I use?", "Requests per $1", "Price history")
                .contains("<time datetime=\"2026-11-25T10:00:00Z\">25 Nov 2026, 10:00 UTC</time>")
                .contains("<section id=\"route-cheap\"", "<section id=\"route-dear_model\"")
                .contains("<strong>$0.14</strong> input, <strong>$0.0028</strong> cached input")
                .contains("data-until=\"2026-12-01T00:00:00Z\">in 5 days 14 hours</span>: at all times, $0.20 input")
                .contains("data-until=\"2026-11-25T12:00:00Z\">in 2 hours 0 minutes</span>: peak, $4.00 input")
                .contains("<tr class=\"current\"><th scope=\"row\">Off-peak <span class=\"badge\">now</span>")
                .contains("<tr><th scope=\"row\">Peak<br><span class=\"hint\">every day, 12:00–13:00 UTC</span></th>")
                .contains("what the upstream has cached costs 2% of the input price")
                .contains("<td class=\"number\">8,928</td>")
                .doesNotContain("to-come");
    }

    @Test
    void theDrawingIsMadeOfNumbers() {
        assertThat(page(Estimate.NONE))
                .contains("viewbox=\"0 0 480 200\"", "aria-label=\"Input and output price of cheap over time")
                .contains("<path class=\"output\" d=\"M58.0 18.0L")
                .containsPattern("<path class=\"input window\" d=\"M58\\.0 94\\.0L468\\.0 94\\.0\"/>");
    }

    @Test
    void nothingAnybodyWroteBecomesMarkup() {
        var json = JsonMapper.shared()
                .createObjectNode()
                .put("model", "cheap")
                .put("prompt", MARKUP)
                .put("completion_tokens", "\"><i>")
                .put("error", MARKUP);
        var page = page(Estimate.of(json));
        assertThat(page)
                .contains("required>&lt;script&gt;alert(", "value=\"&#34;>&lt;i>\"", "<option selected>cheap</option>");
        assertThat(page.split("<script>", -1)).as("the page's own script alone").hasSize(2);
    }

    @Test
    void aQuoteIsShownAsItsServiceMadeIt() {
        var json = JsonMapper.shared().readTree("""
                {"model":"cheap","prompt":"Hello","quote":{"model":"cheap","expected_cost_usd":"0.0000728",
                 "max_cost_usd":"0.01","prompt_tokens":8,"expected_completion_tokens":256,"expected_from":"request","max_completion_tokens":300,
                 "price":{"price_version":"cheap@1","window":"peak"}}}""");
        assertThat(page(Estimate.of(json)))
                .contains("<strong>$0.0000728</strong> expected for cheap; at most <strong>$0.01</strong>.")
                .contains(
                        "<dd>8 tokens</dd>",
                        "<dd>256 tokens expected (as you say), at most 300</dd>",
                        "<dd>$0.0728</dd>")
                .contains("<dd>cheap@1 (peak)</dd>");
    }

    @Test
    void withoutAnyRouteThePageIsStillWhole() {
        assertThat(templates.html(PricingPage.of(List.of(), Estimate.NONE, NOW)))
                .contains("<h1>Pricing</h1>", "</html>")
                .doesNotContain("id=\"choose\"");
    }

    @Test
    void thePolicyNamesTheStyleAndTheScriptOfThePage() throws Exception {
        var page = page(Estimate.NONE);
        assertThat(templates.securityPolicy())
                .startsWith("default-src 'none'; ")
                .contains("style-src '" + hashOf(page, "style") + "'", "script-src '" + hashOf(page, "script") + "'");
    }

    private static String hashOf(String page, String tag) throws Exception {
        var text = page.substring(page.indexOf("<" + tag + ">") + tag.length() + 2, page.indexOf("</" + tag + ">"));
        var sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(sha);
    }

    @Test
    void theFeedIsXmlWhateverAnybodyWrote() throws Exception {
        var feed = parsed(templates.atom(ChangeFeed.of(routes())));
        var entries = feed.getElementsByTagName("entry");
        assertThat(entries.getLength()).isEqualTo(4);
        var newest = (Element) entries.item(0);
        assertThat(text(newest, "title")).isEqualTo("to-come from 1 Jan 2027, 00:00 UTC");
        assertThat(text(newest, "name")).isEqualTo(MARKUP);
        assertThat(text(newest, "content"))
                .startsWith(
                        "At all times (every day, all day): $1.00 input, $1.00 cached input, $1.00 output per million")
                .endsWith("Source: https://example.com/?a=1&b=" + MARKUP + ". " + MARKUP);
        assertThat(text(feed.getDocumentElement(), "updated")).isEqualTo("2027-01-01T00:00:00Z");
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }

    private static String text(Element parent, String tag) {
        return parent.getElementsByTagName(tag).item(0).getTextContent();
    }
}
