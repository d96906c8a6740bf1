package com.gogogoapi.account.site;

import com.gogogoapi.account.site.SiteFiles.SiteFile;
import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Pages, which are asked for again each time, and what they name by its content, which is kept for ever. */
@RestController
class SiteController {

    /** Nothing of another origin, nothing that stands in the page itself, and in nobody's frame. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'";

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final SiteFiles files;
    private final PageChoice choice;

    SiteController(SiteFiles files, PageChoice choice) {
        this.files = files;
        this.choice = choice;
    }

    @GetMapping("/internal/site/pages/{name}")
    ResponseEntity<byte[]> page(@PathVariable String name, HttpServletRequest request) {
        var page = files.page(choice.chosen(name)).orElseThrow(() -> ApiError.notFound("There is no such page."));
        return answer(page, CacheControl.noCache(), request);
    }

    @GetMapping("/internal/site/assets/{file}")
    ResponseEntity<byte[]> asset(@PathVariable String file, HttpServletRequest request) {
        var asset = files.asset(file).orElseThrow(() -> ApiError.notFound("There is no such file."));
        return answer(asset, CacheControl.maxAge(FOR_EVER).cachePublic().immutable(), request);
    }

    /** The operators' console, which has a folder, and where it is shown an address, of its own. */
    @GetMapping("/internal/site/console")
    ResponseEntity<byte[]> console(HttpServletRequest request) {
        var page = files.console().orElseThrow(() -> ApiError.notFound("There is no such page."));
        return answer(page, CacheControl.noCache(), request);
    }

    @GetMapping("/internal/site/console/{file}")
    ResponseEntity<byte[]> consoleAsset(@PathVariable String file, HttpServletRequest request) {
        var asset = files.consoleAsset(file).orElseThrow(() -> ApiError.notFound("There is no such file."));
        return answer(asset, CacheControl.maxAge(FOR_EVER).cachePublic().immutable(), request);
    }

    private static ResponseEntity<byte[]> answer(SiteFile file, CacheControl rule, HttpServletRequest request) {
        var accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        var compressed = accepted != null && accepted.contains("gzip");
        var answer = ResponseEntity.ok()
                .cacheControl(rule)
                .eTag("\"" + file.tag() + (compressed ? "-gzip" : "") + "\"")
                .header(HttpHeaders.CONTENT_TYPE, file.type())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header("Content-Security-Policy", POLICY);
        if (compressed) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.body(compressed ? file.compressed() : file.plain());
    }
}
