package com.gogogoapi.proxy.console;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.rates.CallRates;
import com.gogogoapi.proxy.site.SitePages;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The operators' console, by the door that operators have. It is one page with many addresses, and is made of files of its own,
 * since behind a door of its own there are no others; what it shows, the operators' routes are asked for.
 */
@RestController
class ConsoleController {

    private static final String FILE_FORM = "[A-Za-z0-9_-]{1,100}\\.[a-z0-9]{1,10}";

    private final SitePages pages;
    private final CallRates rates;

    ConsoleController(SitePages pages, CallRates rates) {
        this.pages = pages;
        this.rates = rates;
    }

    @GetMapping("/operator")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> console(HttpServletRequest request) {
        return page(request);
    }

    @GetMapping("/operator/{page}")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> consolePage(HttpServletRequest request) {
        return page(request);
    }

    @GetMapping("/operator/{page}/{item}")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> consoleItem(HttpServletRequest request) {
        return page(request);
    }

    @GetMapping("/operator/assets/{file}")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> asset(@PathVariable String file, HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        if (!file.matches(FILE_FORM)) {
            throw ApiError.notFound("There is no such file.");
        }
        return pages.consoleAsset(file, request);
    }

    private ResponseEntity<byte[]> page(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        return pages.console(request);
    }
}
