package com.gogogoapi.usage.requests;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.usage.api.AsOf;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.api.Readings;
import com.gogogoapi.usage.papers.PaperPrinter;
import com.gogogoapi.usage.papers.Parties;
import com.gogogoapi.usage.requests.RequestPages.Cursor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An account's requests. */
@RestController
@RequestMapping("/internal")
class RequestsController {

    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final RequestPages pages;
    private final Readings readings;
    private final Parties parties;
    private final PaperPrinter printer;

    RequestsController(RequestPages pages, Readings readings, Parties parties, PaperPrinter printer) {
        this.pages = pages;
        this.readings = readings;
        this.parties = parties;
        this.printer = printer;
    }

    @GetMapping("/requests")
    Map<String, @Nullable Object> list(HttpServletRequest request, @RequestParam Map<String, String> parameters) {
        var asker = Asker.of(request);
        var filter = RequestFilter.read(
                        parameters.get("model"),
                        parameters.get("key"),
                        parameters.get("member"),
                        parameters.get("rule"),
                        parameters.get("tag"),
                        parameters.get("from"),
                        parameters.get("to"),
                        parameters.get("q"),
                        Parameters.zone(parameters.get("zone")))
                .onlyOf(asker.onlyMember());
        var limit = Parameters.number("limit", parameters.get("limit"), USUAL, MOST);
        var cursor = Cursor.read(parameters.get("cursor"));
        return readings.of(asker.account(), asOf -> {
            var page = pages.page(asker.account(), filter, cursor, limit);
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("object", "list");
            answer.put("data", page.rows().stream().map(RequestView::line).toList());
            if (page.next() != null) {
                answer.put("next_cursor", page.next().toString());
            }
            answer.put("as_of", asOf);
            return answer;
        });
    }

    @GetMapping("/requests/{id}")
    Map<String, @Nullable Object> one(HttpServletRequest request, @PathVariable String id) {
        return found(Asker.of(request), id, (row, asOf) -> {
            var view = RequestView.whole(row);
            view.put("as_of", asOf);
            return view;
        });
    }

    /** What it was charged, as people file it; the one that proves it is the ledger's. */
    @GetMapping(value = "/requests/{id}/receipt", produces = MediaType.APPLICATION_PDF_VALUE)
    ResponseEntity<byte[]> receipt(HttpServletRequest request, @PathVariable String id) {
        var asker = Asker.of(request);
        var from = parties.of(asker.account(), Parties.accountName(request));
        var paper = found(asker, id, (row, asOf) -> {
            if (row.end() == null) {
                throw ApiError.notFound("There is a receipt once the request has ended.");
            }
            return RequestPaper.of(row, from);
        });
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).body(printer.pdf(paper));
    }

    @GetMapping("/generation")
    Map<String, @Nullable Object> generation(
            HttpServletRequest request, @RequestParam(required = false) @Nullable String id) {
        if (id == null) {
            throw ApiError.invalidRequest("id", "id must be given: a request's x-request-id.");
        }
        return found(Asker.of(request), id, (row, asOf) -> {
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("data", GenerationView.of(row));
            answer.put("as_of", asOf);
            return answer;
        });
    }

    private <T> T found(Asker asker, String id, BiFunction<RequestRow, AsOf, T> view) {
        var requestId = requestId(id);
        return readings.of(asker.account(), asOf -> pages.find(asker.account(), requestId)
                .filter(row -> isVisible(asker, row))
                .map(row -> view.apply(row, asOf))
                .orElseThrow(RequestsController::none));
    }

    private static boolean isVisible(Asker asker, RequestRow row) {
        var by = row.asked().by();
        return asker.onlyMember() == null || by != null && asker.onlyMember().equals(by.memberId());
    }

    private static UUID requestId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw none();
        }
    }

    private static ApiError none() {
        return ApiError.notFound(
                "This account has no such request, or the ledger's events are not read as far as it yet.");
    }
}
