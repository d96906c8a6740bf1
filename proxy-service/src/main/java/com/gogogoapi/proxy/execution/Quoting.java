package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.ledger.LedgerAnswer;
import com.gogogoapi.contracts.quote.ExecutionHeaders;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.decisions.Ledger;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has a request quoted and waits for the ledger's decision: the quote-service itself sends the quote on to the ledger. */
@Component
class Quoting {

    private static final String EXECUTE = "/internal/quotes/execute";

    private final InstallationServices services;
    private final Ledger ledger;
    private final Duration decisionTimeout;

    Quoting(InstallationServices services, Ledger ledger, ProxyProperties properties) {
        this.services = services;
        this.ledger = ledger;
        this.decisionTimeout = properties.decisionTimeout();
    }

    /** A quote sent to the ledger, and what it decided, if it did in time. */
    record Quoted(JsonNode quote, Optional<LedgerAnswer> decision) {}

    /** Quotes the request anew. */
    Quoted quote(Caller caller, UUID requestId, Holds.Asked asked) {
        return quote(caller, requestId, asked, null);
    }

    /**
     * Has a quote executed that was made before.
     *
     * @param requestId the request that this attempt is in the ledger
     * @param attemptId who attempts it: the same request may be attempted by others
     */
    Quoted execute(
            Caller caller, UUID requestId, Holds.Asked asked, PresentedQuote presented, int attempt, UUID attemptId) {
        return quote(caller, requestId, asked, new ExecutionHeaders.Attempt(presented.id(), attempt, attemptId));
    }

    private Quoted quote(Caller caller, UUID requestId, Holds.Asked asked, ExecutionHeaders.@Nullable Attempt attempt) {
        var quote = new AtomicReference<@Nullable JsonNode>();
        var decision = ledger.ask(caller.account(), requestId, decisionTimeout, partition -> {
            var headers = new ExecutionHeaders(
                            caller.account(), requestId, partition, attempt, caller.requestedBy(), caller.limits())
                    .write();
            if (asked.onInsufficientCredit() != null) {
                headers.put(RequestFields.ON_INSUFFICIENT_CREDIT_HEADER, asked.onInsufficientCredit());
            }
            var answer = services.post(Service.QUOTE, pathOf(asked.protocol()), headers, asked.body());
            quote.set(JsonMapper.shared().readTree(answer.body()));
        });
        var quoted = quote.get();
        if (quoted == null) {
            throw new IllegalStateException("A decision must come with its quote.");
        }
        return new Quoted(quoted, decision);
    }

    /** Chat's is the one that a quote-service of every version knows; one that does not know the others must not guess. */
    private static String pathOf(RequestProtocol protocol) {
        return protocol == RequestProtocol.CHAT ? EXECUTE : EXECUTE + "/" + protocol.wireName();
    }
}
