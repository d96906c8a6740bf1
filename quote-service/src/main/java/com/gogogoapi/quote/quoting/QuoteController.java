package com.gogogoapi.quote.quoting;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.OnInsufficientCredit;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.quote.ExecutionHeaders;
import com.gogogoapi.contracts.quote.QuoteId;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.quote.learning.Experience;
import com.gogogoapi.quote.request.PricedRequest;
import com.gogogoapi.quote.request.Requests;
import com.gogogoapi.quote.tokenizer.Tokenizer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;

/** What the proxy asks: a quote to show, a quote to execute, a count of what was delivered. */
@RestController
@RequestMapping("/internal")
class QuoteController {

    private static final long PUBLISH_TIMEOUT_SECONDS = 10;

    private final Quoting quoting;
    private final BindingQuotes bindingQuotes;
    private final Experience experience;
    private final CountingLanes room;
    private final EventPublisher publisher;
    private final QuoteProperties properties;
    private final Clock clock;

    QuoteController(
            Quoting quoting,
            BindingQuotes bindingQuotes,
            Experience experience,
            CountingLanes room,
            EventPublisher publisher,
            QuoteProperties properties,
            Clock clock) {
        this.quoting = quoting;
        this.bindingQuotes = bindingQuotes;
        this.experience = experience;
        this.room = room;
        this.publisher = publisher;
        this.properties = properties;
        this.clock = clock;
    }

    /** Of a request in one protocol; where none is said, in the one that it looks like. */
    @PostMapping({"/quotes", "/quotes/{protocol}"})
    Quote quote(
            @RequestHeader(ServiceHeaders.ACCOUNT) String account,
            @PathVariable(required = false) @Nullable String protocol,
            HttpServletRequest request)
            throws IOException {
        try (var place = room.enter(sizeOf(request))) {
            var body = body(request);
            return place.count(() -> {
                var in = protocol == null ? Requests.protocolOf(body) : protocolNamed(protocol);
                return quoting.quote(new AccountId(account), Requests.read(in, body))
                        .answer();
            });
        }
    }

    private static RequestProtocol protocolNamed(String name) {
        return RequestProtocol.named(name)
                .orElseThrow(() -> ApiError.invalidRequest(
                        "protocol", "protocol must be one of " + RequestProtocol.names() + "."));
    }

    /** How many tokens a prompt has. */
    @PostMapping("/prompt-tokens/{protocol}")
    Map<String, Object> promptTokens(@PathVariable String protocol, HttpServletRequest request) throws IOException {
        try (var place = room.enter(sizeOf(request))) {
            var body = body(request);
            return Map.of(
                    "tokens", place.count(() -> quoting.promptTokens(Requests.read(protocolNamed(protocol), body))));
        }
    }

    /**
     * Answers once Kafka has the request for a hold; the ledger's decision goes to the reply partition. A quote that is to be
     * executed can be named by the body too.
     */
    @PostMapping({"/quotes/execute", "/quotes/execute/{protocol}"})
    Quote execute(
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @PathVariable(required = false) @Nullable String protocol,
            HttpServletRequest request)
            throws IOException {
        var headers = headers(request);
        var made = toExecute(headers, protocol == null ? RequestProtocol.CHAT : protocolNamed(protocol), request);
        publish(intake(made, headers), headers.replyPartition(), traceParent);
        return made.answer();
    }

    private static ExecutionHeaders headers(HttpServletRequest request) {
        try {
            return ExecutionHeaders.read(request::getHeader);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(null, String.valueOf(e.getMessage()));
        }
    }

    private Quoting.Made toExecute(ExecutionHeaders headers, RequestProtocol protocol, HttpServletRequest request)
            throws IOException {
        try (var place = room.enter(sizeOf(request))) {
            var body = body(request);
            var wish = request.getHeader(RequestFields.ON_INSUFFICIENT_CREDIT_HEADER);
            return place.count(() ->
                    toExecute(headers, quoting.withRoute(Requests.withHeader(Requests.read(protocol, body), wish))));
        }
    }

    private Quoting.Made toExecute(ExecutionHeaders headers, PricedRequest request) {
        var attempt = headers.attempt();
        if (attempt == null && request.quoteId().isEmpty()) {
            return quoting.quoteToExecute(headers.account(), request, headers.requestId());
        }
        if (attempt == null || !request.quoteId().orElse(attempt.quoteId()).equals(attempt.quoteId())) {
            throw ApiError.invalidRequest(RequestFields.QUOTE_ID, QuoteId.MUST_BE_ONE);
        }
        var claims = bindingQuotes.redeem(
                attempt.quoteId(), headers.account(), request, attempt.number(), headers.requestId());
        return quoting.executed(attempt.quoteId(), claims, request, headers.requestId());
    }

    private QuoteRequested intake(Quoting.Made made, ExecutionHeaders headers) {
        var claims = made.claims();
        var now = clock.instant();
        return new QuoteRequested(
                claims.account(),
                headers.requestId(),
                claims.quote().toString(),
                claims.model(),
                claims.priceVersion(),
                claims.prices(),
                claims.maxPromptTokens(),
                claims.maxCompletionTokens(),
                claims.mostUsd(),
                now,
                now.plus(properties.decisionWindow()),
                claims.expectedUsd(),
                made.onInsufficientCredit() == OnInsufficientCredit.REFUSE ? null : made.onInsufficientCredit(),
                headers.attempt() == null ? null : headers.attempt().id(),
                headers.requestedBy(),
                headers.limits());
    }

    /** Which route a name is of, its own or an alias; itself where it is of none. */
    @GetMapping("/routes/{name}")
    Map<String, Object> route(@PathVariable String name) {
        return Map.of("model", quoting.routeOf(name));
    }

    /** How right the quotes of the last requests were, as far as this instance has heard. */
    @GetMapping("/quotes/accuracy")
    Map<String, Object> accuracy() {
        return Map.of("object", "quote_accuracy", "routes", experience.accuracy());
    }

    private void publish(QuoteRequested quote, int replyPartition, @Nullable String traceParent) {
        try {
            publisher.toLedger(quote, replyPartition, traceParent).get(PUBLISH_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw ApiError.unavailable("ledger_unavailable", "The ledger cannot be reached; nothing was charged.")
                    .becauseOf(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.unavailable("ledger_unavailable", "The service is stopping; nothing was charged.")
                    .becauseOf(e);
        }
    }

    record TokenCountRequest(
            @Nullable String text, @Nullable List<String> texts) {}

    /** Of one text its tokens; of several, a list of each one's. */
    @PostMapping("/token-counts")
    Map<String, Object> count(HttpServletRequest request) throws IOException {
        try (var place = room.enter(sizeOf(request))) {
            var body = body(request);
            return Map.of("tokens", place.count(() -> tokens(countRequest(body))));
        }
    }

    private static Object tokens(TokenCountRequest asked) {
        var text = asked.text();
        var texts = asked.texts();
        if (text != null && texts == null) {
            return Tokenizer.deepSeek().count(text);
        }
        if (texts != null && text == null) {
            return texts.stream().map(Tokenizer.deepSeek()::count).toList();
        }
        throw ApiError.invalidRequest("text", "There must be a text or texts.");
    }

    private static TokenCountRequest countRequest(byte[] body) {
        try {
            return EventJson.mapper().readValue(body, TokenCountRequest.class);
        } catch (JacksonException e) {
            throw ApiError.invalidRequest(null, "The body must be {\"text\": …} or {\"texts\": […]}.");
        }
    }

    /** As the caller says, up to the limit; the largest where it does not say. */
    private long sizeOf(HttpServletRequest request) {
        var said = request.getContentLengthLong();
        return said < 0 ? properties.maxBodyBytes() : Math.min(said, properties.maxBodyBytes());
    }

    /** The body's bytes as they came, up to the limit. */
    private byte[] body(HttpServletRequest request) throws IOException {
        var max = properties.maxBodyBytes();
        var body = request.getInputStream().readNBytes(max + 1);
        if (body.length > max) {
            throw ApiError.bodyTooLarge(max);
        }
        return body;
    }
}
