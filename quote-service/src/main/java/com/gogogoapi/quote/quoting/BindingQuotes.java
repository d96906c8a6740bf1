package com.gogogoapi.quote.quoting;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.quote.ExecutionIds;
import com.gogogoapi.contracts.quote.QuoteId;
import com.gogogoapi.contracts.quote.RequestFields;
import com.gogogoapi.quote.quoting.QuoteSigner.Verdict;
import com.gogogoapi.quote.request.PricedRequest;
import java.util.UUID;

/**
 * Quotes that come back to be executed. One binds whoever it was made for, to the request it was made for, until it
 * expires; that it is executed once is the ledger's to see to, for the request's id there follows from the quote.
 */
final class BindingQuotes {

    private final QuoteSigner signer;

    BindingQuotes(QuoteSigner signer) {
        this.signer = signer;
    }

    /**
     * What is to be held for.
     *
     * @param attempt the how-manieth attempt to execute it, from 1
     * @param requestId as which the asker wants it executed
     * @throws ApiError 422 if the quote is expired, or not for this
     */
    QuoteClaims redeem(String quoteId, AccountId account, PricedRequest request, int attempt, UUID requestId) {
        var claims =
                switch (signer.verify(quoteId)) {
                    case Verdict.Genuine(var genuine) -> genuine;
                    case Verdict.Expired(var expired) -> {
                        requireSame(expired, account, request);
                        throw ApiError.conflict(
                                        "quote_expired",
                                        RequestFields.QUOTE_ID,
                                        "The quote must not have expired; this one did at " + expired.expiresAt()
                                                + ": ask for a new one.")
                                .withDetail("reason", "expired");
                    }
                    case Verdict.NotOurs notOurs -> throw mismatch("altered", QuoteId.MUST_BE_OURS);
                };
        requireSame(claims, account, request);
        if (!ExecutionIds.of(claims.quote(), attempt).equals(requestId)) {
            throw mismatch("altered", QuoteId.MUST_BE_OURS);
        }
        var asked = request.completionLimit();
        if (asked.isEmpty()) {
            return claims;
        }
        if (asked.getAsLong() > claims.maxCompletionTokens()) {
            throw mismatch(
                    "limit",
                    "The request must ask for at most " + claims.maxCompletionTokens()
                            + " completion tokens, as the quote does; it asks for " + asked.getAsLong() + ".");
        }
        return claims.limitedTo(asked.getAsLong());
    }

    private static void requireSame(QuoteClaims claims, AccountId account, PricedRequest request) {
        if (!claims.account().equals(account)) {
            throw mismatch("another_account", "The quote must be one made for this account.");
        }
        var protocol = request.protocol().wireName();
        if (claims.protocol() != null && !claims.protocol().equals(protocol)) {
            throw mismatch(
                    "another_protocol",
                    "The quote must be one made for " + protocol + "; this one is for " + claims.protocol() + ".");
        }
        if (!claims.model().equals(request.model()) || !claims.bodySha256().equals(PricedBody.sha256(request.body()))) {
            throw mismatch("another_body", "The quote must be one made for this request.");
        }
    }

    private static ApiError mismatch(String reason, String message) {
        return ApiError.conflict("quote_mismatch", RequestFields.QUOTE_ID, message)
                .withDetail("reason", reason);
    }
}
