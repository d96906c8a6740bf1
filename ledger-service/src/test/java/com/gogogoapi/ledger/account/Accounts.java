package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Correction;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sentences to build tests of. */
public final class Fixtures {

    public static final AccountId ACCOUNT = new AccountId("acct_test");
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    public static final HoldPolicy POLICY = new HoldPolicy(Duration.ofMinutes(15), 10_000);

    /** Flash: 0.14 in, 0.0028 cached, 0.28 out, USD per million. */
    public static final TokenPrices FLASH =
            new TokenPrices(UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28"));

    private Fixtures() {}

    public static AccountState accountWith(String usd) {
        return apply(AccountState.NEW, grant(usd, "opening"));
    }

    public static GrantRequested grant(String usd, String reference) {
        return grant(ACCOUNT, usd, reference);
    }

    public static GrantRequested grant(AccountId account, String usd, String reference) {
        return new GrantRequested(
                account,
                GrantRequested.requestIdOf(account, reference),
                Usd.usd(usd),
                GrantSource.OPERATOR_GRANT,
                reference,
                "test",
                NOON);
    }

    public static GrantRequested grant(
            String usd, String reference, @Nullable Integer priority, @Nullable Instant expiresAt) {
        return new GrantRequested(
                ACCOUNT,
                GrantRequested.requestIdOf(ACCOUNT, reference),
                Usd.usd(usd),
                GrantSource.OPERATOR_GRANT,
                reference,
                "test",
                NOON,
                null,
                priority,
                expiresAt,
                null);
    }

    /** Takes credit back since the event of that id was wrong. */
    public static CreditRevocationRequested revocation(String usd, String reference, UUID correctedEventId) {
        return new CreditRevocationRequested(
                ACCOUNT,
                CreditRevocationRequested.requestIdOf(ACCOUNT, reference),
                Usd.usd(usd),
                reference,
                "test",
                NOON,
                new Correction(correctedEventId, "it was a mistake"));
    }

    /** The word that the life of the grant of this reference is over. */
    public static GrantExpiryDue grantExpiry(String reference, Instant expiresAt) {
        return new GrantExpiryDue(ACCOUNT, GrantRequested.requestIdOf(ACCOUNT, reference), expiresAt);
    }

    public static UUID newRequest() {
        return TimeOrderedIds.next();
    }

    /** A request for a hold of so many output tokens at the flash price and no prompt: a million cost 0.28. */
    public static QuoteRequested quote(UUID requestId, long completionTokens) {
        return quote(ACCOUNT, requestId, 0, completionTokens, NOON.plusSeconds(30));
    }

    public static QuoteRequested quote(
            AccountId account, UUID requestId, long promptTokens, long completionTokens, Instant validUntil) {
        return new QuoteRequested(
                account,
                requestId,
                "quote-of-" + requestId,
                "deepseek-v4-flash",
                "deepseek-v4-flash@1",
                FLASH,
                promptTokens,
                completionTokens,
                FLASH.uncachedCostOf(promptTokens, completionTokens),
                NOON,
                validUntil);
    }

    public static UpstreamCompleted completed(UUID requestId, TokenUsage usage) {
        return completed(ACCOUNT, requestId, usage);
    }

    public static UpstreamCompleted completed(AccountId account, UUID requestId, TokenUsage usage) {
        return new UpstreamCompleted(account, requestId, Outcome.COMPLETED, usage, false, "up-1", NOON);
    }

    public static UpstreamCompleted failed(UUID requestId) {
        return new UpstreamCompleted(ACCOUNT, requestId, Outcome.UPSTREAM_FAILED, null, false, null, NOON);
    }

    public static HoldExpiryDue expiry(UUID requestId) {
        return new HoldExpiryDue(ACCOUNT, requestId, NOON.plus(POLICY.lifetime()));
    }

    public static TokenUsage usage(long prompt, long cached, long completion) {
        return new TokenUsage(prompt, cached, completion);
    }

    /** The state after a record that must bring an event. */
    public static AccountState apply(AccountState state, CreditIntake intake) {
        return state.evolve(eventOf(CreditDecisions.decide(state, intake, NOON, POLICY, null)));
    }

    public static LedgerEvent eventOf(Decision decision) {
        if (decision instanceof Decision.NewEvent(LedgerEvent event)) {
            return event;
        }
        throw new AssertionError("nothing was decided: " + decision);
    }
}
