package com.gogogoapi.acceptance.chaos;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.aRevocationOf;
import static com.gogogoapi.fixtures.Grants.aTransferOf;
import static com.gogogoapi.fixtures.Grants.eventOfGrant;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.theEndOf;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.fixtures.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What customers ask for: several accounts, one that is hot, one that is poor; seeded, so a run can be run again. */
final class Customers {

    private static final AccountId HOT = new AccountId("acct_hot");
    /** The account of {@link #everyKindOfDecision()}. */
    static final AccountId ARRANGED = new AccountId("acct_arranged");

    private static final AccountId POOR = new AccountId("acct_poor");
    private static final List<AccountId> OTHERS = IntStream.range(0, 30)
            .mapToObj(number -> new AccountId("acct_" + number))
            .toList();
    private static final int MOST_TOKENS = 2_000;
    private static final int SOON_MILLIS = 1_000;
    private static final int GRANTS_LIVE_MILLIS = 5_000;
    private static final Duration ARRANGED_QUOTE_LIVES = Duration.ofMinutes(30);
    private static final Duration QUOTE_LIVES = Duration.ofSeconds(30);

    private final Random random;

    Customers(Random random) {
        this.random = random;
    }

    /** The credit that every account begins with; the poor one's lasts for a dozen holds at once. */
    List<CreditIntake> openings() {
        return Stream.concat(Stream.of(HOT, POOR), OTHERS.stream())
                .<CreditIntake>map(account -> grant(account, account.equals(POOR) ? "0.01" : "100.00", "opening"))
                .toList();
    }

    /**
     * One account's story in which every kind of decision comes about, whatever chance does elsewhere: its records are in one
     * shard, and so decided in this order.
     */
    static List<CreditIntake> everyKindOfDecision() {
        var charged = arrangedQuote(1_000);
        var failed = arrangedQuote(1_000);
        return List.of(
                grant(ARRANGED, "1.00", "opening"),
                grant(ARRANGED, "0.0005", "promotion", Duration.ofSeconds(1)),
                revocation(ARRANGED, "0.0002", "mistake"),
                transfer("0.0001").otherEnd(),
                transfer("0.0001"),
                arrangedQuote(100_000_000),
                charged,
                completed(ARRANGED, charged.requestId(), new TokenUsage(10, 0, 10)),
                failed,
                completed(ARRANGED, failed.requestId(), null));
    }

    private static QuoteRequested arrangedQuote(long completionTokens) {
        var now = Instant.now();
        return aQuoteOf(
                Route.FLASH,
                ARRANGED,
                TimeOrderedIds.next(),
                10,
                completionTokens,
                now,
                now.plus(ARRANGED_QUOTE_LIVES));
    }

    /** Mostly a quote; now and then a grant, or the completion of a request that nobody ever quoted. */
    CreditIntake next() {
        var account = account();
        return switch (random.nextInt(50)) {
            case 0 -> grant(account, "0.001", "top-up-" + random.nextInt(1_000_000));
            // The end of some comes within the run, while others of the account are held.
            // Of a poor account's more than it may have: refused then.
            case 3 -> revocation(account, "0.0002", "mistake-" + random.nextInt(1_000_000));
            case 2 -> expiring(account, "0.0005", "promotion-" + random.nextInt(1_000_000));
            case 1 -> completed(account, TimeOrderedIds.next(), usage(MOST_TOKENS));
            default -> quote(account);
        };
    }

    private AccountId account() {
        var die = random.nextInt(20);
        return die < 10 ? HOT : die == 10 ? POOR : OTHERS.get(random.nextInt(OTHERS.size()));
    }

    /** How the request of this hold goes on: when its completions come, if any. */
    Map<CreditIntake, Duration> completionsOf(CreditReserved hold) {
        var soon = Duration.ofMillis(random.nextInt(SOON_MILLIS));
        var late = Cluster.HOLDS_LIVE.plus(soon).plusMillis(SOON_MILLIS);
        var account = hold.accountId();
        var request = hold.requestId();
        return switch (random.nextInt(20)) {
            // Nobody completes it: it expires.
            case 0, 1 -> Map.of();
            case 2 -> Map.of(completed(account, request, null), soon);
            case 3, 4 -> Map.of(completed(account, request, usage(MOST_TOKENS)), late);
            // More than was held for.
            case 5 -> Map.of(completed(account, request, usage(4 * MOST_TOKENS)), soon);
            // A second completion that contradicts the first: the first one stands.
            case 6, 7 ->
                Map.of(
                        completed(account, request, new TokenUsage(1, 0, 1)),
                        soon,
                        completed(account, request, new TokenUsage(1, 0, 2)),
                        soon.plusMillis(1));
            default -> Map.of(completed(account, request, usage(MOST_TOKENS)), soon);
        };
    }

    private QuoteRequested quote(AccountId account) {
        var prompt = 1 + random.nextInt(MOST_TOKENS);
        var completion = 1 + random.nextInt(MOST_TOKENS);
        var now = Instant.now();
        // Some reach the ledger after their validity.
        var validUntil = random.nextInt(40) == 0 ? now.minusSeconds(1) : now.plus(QUOTE_LIVES);
        return aQuoteOf(Route.FLASH, account, TimeOrderedIds.next(), prompt, completion, now, validUntil);
    }

    private static UpstreamCompleted completed(AccountId account, UUID request, @Nullable TokenUsage usage) {
        var outcome = usage == null ? Outcome.UPSTREAM_FAILED : Outcome.COMPLETED;
        return theEndOf(account, request, outcome, usage, Instant.now());
    }

    private TokenUsage usage(int mostTokens) {
        var prompt = 1 + random.nextInt(mostTokens);
        return new TokenUsage(prompt, random.nextInt(prompt), random.nextInt(mostTokens));
    }

    /** Takes back of the account's opening grant. */
    private static CreditRevocationRequested revocation(AccountId account, String usd, String reference) {
        return aRevocationOf(account, usd, reference, eventOfGrant(account, "opening"), Instant.now());
    }

    /** Away from the hot account, to the arranged one. */
    private static CreditTransferRequested transfer(String usd) {
        return aTransferOf(HOT, ARRANGED, usd, "arranged", Instant.now());
    }

    private GrantRequested expiring(AccountId account, String usd, String reference) {
        return grant(account, usd, reference, Duration.ofMillis(1 + random.nextInt(GRANTS_LIVE_MILLIS)));
    }

    private static GrantRequested grant(AccountId account, String usd, String reference) {
        return grant(account, usd, reference, null);
    }

    private static GrantRequested grant(AccountId account, String usd, String reference, @Nullable Duration lifetime) {
        var now = Instant.now();
        var expiresAt = lifetime == null
                ? null
                : now.plus(lifetime).truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
        var terms = new GrantTerms(Math.floorMod(reference.hashCode(), 3) * 100, expiresAt);
        return aGrantOf(account, usd, reference, terms, now);
    }
}
