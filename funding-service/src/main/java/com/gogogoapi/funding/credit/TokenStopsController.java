package com.gogogoapi.funding.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.chains.Token;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An operator's hand: stops a token and lets it go on. What arrives meanwhile waits. */
@RestController
@RequestMapping("/internal/token-stops")
class TokenStopsController {

    private static final Logger log = LoggerFactory.getLogger(TokenStopsController.class);
    private static final int MAX_REASON_CHARS = 200;

    private final TokenStops stops;
    private final Chains chains;

    TokenStopsController(TokenStops stops, Chains chains) {
        this.stops = stops;
        this.chains = chains;
    }

    record Page(String object, List<StopView> data) {}

    record StopView(
            @JsonProperty("chain_id") String chainId,
            String token,
            @JsonProperty("stopped_by") String stoppedBy,
            String reason,
            @JsonProperty("stopped_at") Instant stoppedAt) {

        static StopView of(TokenStops.Stop stop) {
            return new StopView(stop.chainId(), stop.symbol(), stop.stoppedBy(), stop.reason(), stop.stoppedAt());
        }
    }

    @GetMapping
    Page list() {
        return new Page("list", stops.all().stream().map(StopView::of).toList());
    }

    /** {@code {"reason"}}, which customers are shown. */
    @PutMapping("/{chainId}/{symbol}")
    Page stop(
            @PathVariable String chainId,
            @PathVariable String symbol,
            @RequestBody byte[] json,
            HttpServletRequest request) {
        var chain = chain(chainId);
        var token = token(chain, symbol);
        var reason = BodyFields.of(json, "reason").text("reason", MAX_REASON_CHARS);
        var by = operator(request);
        stops.stop(chain, token, by, reason);
        log.warn("{} stopped {} on {}: {}", by, symbol, chainId, reason);
        return list();
    }

    @DeleteMapping("/{chainId}/{symbol}")
    Page resume(@PathVariable String chainId, @PathVariable String symbol, HttpServletRequest request) {
        var chain = chain(chainId);
        stops.resume(chain, token(chain, symbol));
        log.warn("{} let {} on {} go on", operator(request), symbol, chainId);
        return list();
    }

    private Chain chain(String id) {
        return chains.byId(id).orElseThrow(() -> ApiError.notFound("There is no such chain."));
    }

    private static Token token(Chain chain, String symbol) {
        return chain.token(symbol).orElseThrow(() -> ApiError.notFound("The chain has no such token."));
    }

    private static String operator(HttpServletRequest request) {
        var operator = request.getHeader(ServiceHeaders.OPERATOR);
        if (operator == null || operator.isBlank()) {
            throw ApiError.invalidRequest(null, "There must be a header " + ServiceHeaders.OPERATOR + ".");
        }
        return operator;
    }
}
