package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.proxy.body.EditedBody;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.rates.RateLimitDialect;
import com.gogogoapi.proxy.upstream.Endpoint;
import com.gogogoapi.proxy.upstream.StreamEvent;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is particular to one protocol: how a request is read, what the upstream is asked, what in its answer is content,
 * usage, an error or the end, and how errors are written. The life of a request, from its quote to its charge, is {@link
 * Execution}'s and the same for all; a protocol is a folder under {@code protocol/} with a controller that hands its requests
 * over, and this.
 */
public interface Protocol {

    /** By which name the quote-service knows it, and with that where prompt and limit are. */
    RequestProtocol name();

    /**
     * Reads what matters here before anything is held for it; the rest of it is the quote-service's to judge.
     *
     * @throws ApiError 400 if the body is no request of this protocol
     */
    Request read(RequestBody body);

    /** How its clients read rates. */
    RateLimitDialect rateLimits();

    /** One request. */
    interface Request {

        boolean isStreamed();

        /** The model, as the client names it; empty where it names none in the form of a name. */
        String model();

        /** The quote that it names, as it stands there. */
        Optional<String> quoteId();

        /**
         * The same in the protocol that this one is translated to ({@link RequestProtocol#isServedBy}).
         *
         * @throws ApiError 400 for what of it cannot be said there
         */
        default Request translated() {
            throw new UnsupportedOperationException("This protocol is not translated to another.");
        }

        /** Where the upstream serves this protocol. */
        Endpoint endpoint();

        /**
         * What the upstream is asked.
         *
         * @param model the route that is held for: the client may call it by an alias, which the upstream need not know
         * @param completionLimit what was held for: the upstream must never generate more
         */
        EditedBody upstreamBody(String model, long completionLimit, AccountId account);

        /**
         * Reads an answer in one piece.
         *
         * @throws NotAnAnswer if it is none of this protocol
         */
        Served served(byte[] answer) throws NotAnAnswer;

        /**
         * An answer in one piece as its client gets it: byte for byte as it came, with what its usage cost beside the usage.
         *
         * @param answer one that {@link #served} has read
         * @param cost empty where it states no usage
         */
        default byte[] shown(byte[] answer, Optional<Usd> cost) {
            return cost.map(usd -> UsageCost.beside(answer, usd)).orElse(answer);
        }

        /**
         * Reads an answer that is streamed.
         *
         * @param costs what a usage will cost the client
         */
        Stream stream(Function<TokenUsage, Usd> costs);
    }

    /** One streamed answer: it is shown each event as it comes, and remembers what settling needs. */
    interface Stream {

        Verdict look(StreamEvent event);

        /** Whether the upstream ended the answer in order, though it may not have said {@link Verdict.Done}. */
        boolean cameToItsEnd();

        /** What came so far; any thread may ask. */
        Served served();

        /** The last event of an answer that came to its end. */
        byte[] end();

        /** The last event of one that broke off. */
        byte[] brokenOff(ApiError error);
    }

    /** What becomes of an event. */
    sealed interface Verdict {
        /** It goes on, as it came or altered; {@code content} tells progress from mere signs of life. */
        @SuppressWarnings("ArrayRecordComponent") // written, never compared
        record Forward(byte[] event, boolean content) implements Verdict {}

        /** The client did not ask for it, or could not read it. */
        record Hide() implements Verdict {}

        /** The stream's end, to be passed on once the request is settled. */
        record Done() implements Verdict {}

        /**
         * The upstream reports an error, or sent what is no event of this protocol.
         *
         * @param reason for the client
         */
        record Broken(String reason) implements Verdict {}
    }
}
