package com.gogogoapi.funding.treasury;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.treasury.SweepProposals.Proposal;
import com.gogogoapi.funding.treasury.SweepProposals.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What left our addresses, and what could be sent to the treasury; for operators. */
@RestController
@RequestMapping("/internal/sweeps")
class SweepsController {

    private static final Logger log = LoggerFactory.getLogger(SweepsController.class);
    private static final int MAX_LIMIT = 500;
    private static final int MAX_REASON_CHARS = 200;
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
    private static final Pattern TRANSACTION = Pattern.compile("0x[0-9a-f]{64}");
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})-([0-9]{1,9})");

    private final Departures departures;
    private final SweepProposals proposals;
    private final Chains chains;

    SweepsController(Departures departures, SweepProposals proposals, Chains chains) {
        this.departures = departures;
        this.proposals = proposals;
        this.chains = chains;
    }

    record Page(
            String object,
            List<SweepView> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    record SweepView(
            String reference,
            @JsonProperty("chain_id") String chainId,
            String kind,
            String token,
            String from,
            String to,
            String amount,
            @JsonProperty("amount_atomic") String amountAtomic,
            @JsonProperty("block_height") long height,
            @JsonProperty("block_hash") String blockHash,
            @JsonProperty("block_time") Instant blockTime,
            @JsonProperty("explained_by") @Nullable String explainedBy,
            @Nullable String explanation) {

        static SweepView of(Departure departure) {
            return new SweepView(
                    departure.chainId() + "/" + departure.transactionHash() + "/" + departure.logIndex(),
                    departure.chainId(),
                    departure.kind().wireName(),
                    departure.symbol(),
                    departure.address().checksummed(),
                    departure.receiver().checksummed(),
                    departure.tokens(),
                    departure.amount().toString(),
                    departure.height(),
                    departure.blockHash(),
                    departure.blockTime(),
                    departure.explainedBy(),
                    departure.explanation());
        }
    }

    record Proposals(String object, List<Proposal> data) {}

    /** Of a chain, the newest first. @param cursor where the page before ended */
    @GetMapping
    Page list(
            @RequestParam(name = "chain_id", required = false) @Nullable String chainId,
            @RequestParam(defaultValue = "50") String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var most = limit(limit);
        var found = departures.list(chain(chainId), cursor(cursor), most + 1);
        var shown = found.size() > most ? found.subList(0, most) : found;
        return new Page(
                "list",
                shown.stream().map(SweepView::of).toList(),
                found.size() > most
                        ? shown.getLast().height() + "-" + shown.getLast().logIndex()
                        : null);
    }

    private static Departures.@Nullable Place cursor(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var parts = CURSOR.matcher(text);
        if (!parts.matches()) {
            throw ApiError.invalidRequest("cursor", "cursor must be the next_cursor of the page before.");
        }
        return new Departures.Place(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** @param atLeast in tokens */
    @GetMapping("/proposals")
    Proposals proposals(
            @RequestParam(name = "chain_id", required = false) @Nullable String chainId,
            @RequestParam(required = false) @Nullable String token,
            @RequestParam(name = "at_least", defaultValue = "10") String atLeast,
            @RequestParam(defaultValue = "50") String limit) {
        var chain = chain(chainId);
        var named = chain.token(String.valueOf(token))
                .orElseThrow(() -> ApiError.invalidRequest("token", "token must be one of the chain's."));
        if (!AMOUNT.matcher(atLeast).matches()) {
            throw ApiError.invalidRequest("at_least", "at_least must be an amount of tokens such as 10.");
        }
        try {
            return new Proposals("list", proposals.of(chain, named, new BigDecimal(atLeast), limit(limit)));
        } catch (UnavailableException e) {
            throw ApiError.unavailable("funding_unavailable", String.valueOf(e.getMessage()));
        }
    }

    /** {@code {"reason"}}: why something left for elsewhere; it alarms no more. */
    @PutMapping("/{chainId}/{transaction}/{log}/explanation")
    SweepView explain(
            @PathVariable String chainId,
            @PathVariable String transaction,
            @PathVariable(name = "log") String logIndex,
            @RequestBody byte[] json,
            HttpServletRequest request) {
        var chain = chains.byId(chainId).orElseThrow(SweepsController::noneSuch);
        var hash = transaction.toLowerCase(Locale.ROOT);
        if (!TRANSACTION.matcher(hash).matches() || !logIndex.matches("[0-9]{1,9}")) {
            throw noneSuch();
        }
        var reason = BodyFields.of(json, "reason").text("reason", MAX_REASON_CHARS);
        var by = request.getHeader(ServiceHeaders.OPERATOR);
        if (by == null || by.isBlank()) {
            throw ApiError.invalidRequest(null, "There must be a header " + ServiceHeaders.OPERATOR + ".");
        }
        var explained = departures
                .explain(chain, hash, Integer.parseInt(logIndex), by, reason)
                .orElseThrow(SweepsController::noneSuch);
        log.warn("{} explained what left in {}/{}: {}", by, hash, logIndex, reason);
        return SweepView.of(explained);
    }

    private static ApiError noneSuch() {
        return ApiError.notFound("There is no such transfer to elsewhere.");
    }

    private Chain chain(@Nullable String id) {
        return chains.byId(String.valueOf(id))
                .orElseThrow(() -> ApiError.invalidRequest("chain_id", "chain_id must be one of a chain that is on."));
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,4}")) {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw ApiError.invalidRequest("limit", "limit must be a whole number from 1 to " + MAX_LIMIT + ".");
    }
}
