package com.gogogoapi.usage.statements;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.usage.api.AsOf;
import com.gogogoapi.usage.api.Asker;
import com.gogogoapi.usage.papers.PaperPrinter;
import com.gogogoapi.usage.papers.Parties;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An account's statements, and receipts of what it was granted, for programs and as PDF. */
@RestController
@RequestMapping("/internal")
class StatementsController {

    private final Statements statements;
    private final Parties parties;
    private final PaperPrinter printer;
    private final Clock clock;

    StatementsController(Statements statements, Parties parties, PaperPrinter printer, Clock clock) {
        this.statements = statements;
        this.parties = parties;
        this.printer = printer;
        this.clock = clock;
    }

    @GetMapping(value = "/statements/{month}", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> json(
            HttpServletRequest request,
            @PathVariable String month,
            @RequestParam(required = false) @Nullable String zone) {
        var account = Asker.ofAll(request);
        return StatementView.of(
                statement(account, month, zone),
                Parties.account(account, Parties.accountName(request)),
                parties.seller());
    }

    @GetMapping(value = "/statements/{month}", produces = MediaType.APPLICATION_PDF_VALUE)
    ResponseEntity<byte[]> pdf(
            HttpServletRequest request,
            @PathVariable String month,
            @RequestParam(required = false) @Nullable String zone) {
        var account = Asker.ofAll(request);
        var statement = statement(account, month, zone);
        var paper = StatementPaper.of(statement, account, parties.of(account, Parties.accountName(request)));
        return answer(printer.pdf(paper), statement.asOf());
    }

    private Statement statement(AccountId account, String month, @Nullable String zone) {
        return statements.of(account, StatementMonth.read(month, zone, clock.instant()));
    }

    @GetMapping(value = "/grants/{grant}/receipt", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> receipt(HttpServletRequest request, @PathVariable String grant) {
        var account = Asker.ofAll(request);
        var added = statements.added(account, grantId(grant));
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("object", "grant_receipt");
        view.putAll(StatementView.entry(added.entry()));
        view.put("shard", added.entry().shard());
        view.put("account", Parties.account(account, Parties.accountName(request)));
        view.put("seller", parties.seller());
        view.put("as_of", added.asOf());
        return view;
    }

    @GetMapping(value = "/grants/{grant}/receipt", produces = MediaType.APPLICATION_PDF_VALUE)
    ResponseEntity<byte[]> receiptAsPdf(HttpServletRequest request, @PathVariable String grant) {
        var account = Asker.ofAll(request);
        var added = statements.added(account, grantId(grant));
        var paper = GrantPaper.of(added, parties.of(account, Parties.accountName(request)));
        return answer(printer.pdf(paper), added.asOf());
    }

    private static UUID grantId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound("There is no such grant.").becauseOf(e);
        }
    }

    private static ResponseEntity<byte[]> answer(byte[] pdf, AsOf asOf) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(ServiceHeaders.AS_OF, asOf.shard() + "/" + asOf.sequence())
                .body(pdf);
    }
}
