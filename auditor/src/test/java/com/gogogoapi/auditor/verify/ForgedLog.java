package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.Cursor;
import com.gogogoapi.auditor.source.Link;
import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.auditor.source.ShardEnd;
import com.gogogoapi.auditor.source.Shards;
import com.gogogoapi.auditor.source.StoredState;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.BudgetExceeded;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.evidence.log.Chain;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.fixtures.Grants;
import com.gogogoapi.ledger.account.EventIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A log as whoever has the database can write it: the balances, the identities, the numbers and the chain are right
 * whatever the events say, so that only a rule can find what is wrong with one.
 */
final class ForgedLog implements LogSource {

    static final int SHARDS = 2;
    static final Duration HOLD_LIFE = Duration.ofMinutes(15);

    private final List<List<LogRow>> rows = List.of(new ArrayList<>(), new ArrayList<>());
    private final Map<AccountId, Balance> balances = new HashMap<>();
    private final Map<AccountId, Long> seqs = new HashMap<>();
    private @Nullable LogRow lastRow;

    /** Where the last event was written. */
    LogRow last() {
        return Objects.requireNonNull(lastRow);
    }

    Balance balance(AccountId account) {
        return balances.getOrDefault(account, Balance.NONE);
    }

    CreditGranted grant(AccountId account, String usd, String reference, Instant at) {
        var asked = Grants.aGrantOf(account, usd, reference);
        var event = CreditGranted.of(asked, at, balance(account).granted(asked.amountUsd()));
        write(event);
        return event;
    }

    /** What a quote asks for, decided at that time, and not necessarily of the amount that it should be. */
    CreditReserved hold(QuoteRequested quote, Instant at, Usd amount) {
        var event = CreditReserved.of(
                quote,
                quote.maxCompletionTokens(),
                amount,
                quote.promptTokens(),
                at.plus(HOLD_LIFE),
                at,
                balance(quote.accountId()).reserved(amount));
        write(event);
        return event;
    }

    CreditReserved hold(QuoteRequested quote, Instant at) {
        return hold(quote, at, quote.holdUsd());
    }

    void refuse(QuoteRequested quote, RefusalReason reason, Instant at) {
        write(CreditRefused.of(quote, reason, at, balance(quote.accountId())));
    }

    /** As if so much of its budget were spent and held. */
    void refuse(QuoteRequested quote, BudgetExceeded budget, Instant at) {
        write(CreditRefused.of(quote, budget, at, balance(quote.accountId())));
    }

    void release(CreditReserved hold, Outcome outcome, Instant at) {
        write(new CreditReleased(
                hold.accountId(),
                hold.requestId(),
                outcome,
                hold.heldUsd(),
                at,
                balance(hold.accountId()).released(hold.heldUsd())));
    }

    void expire(CreditReserved hold) {
        release(hold, Outcome.HOLD_EXPIRED, hold.expiresAt());
    }

    /** The charge that is right, but for what is changed of it. */
    void charge(CreditReserved hold, TokenUsage usage, Consumer<WrittenCharge> change) {
        var charge = new WrittenCharge(hold, usage);
        change.accept(charge);
        write(charge.event(balance(charge.account)));
    }

    void charge(CreditReserved hold, TokenUsage usage) {
        charge(hold, usage, charge -> {});
    }

    void chargeLate(CreditReserved hold, TokenUsage usage, Consumer<WrittenCharge> change) {
        charge(hold, usage, charge -> {
            charge.late = true;
            charge.held = Usd.ZERO;
            charge.at = hold.expiresAt().plusSeconds(60);
            change.accept(charge);
        });
    }

    void chargeLate(CreditReserved hold, TokenUsage usage) {
        chargeLate(hold, usage, charge -> {});
    }

    void revoke(CreditGranted grant, String usd, String reference, Instant at) {
        var account = grant.accountId();
        var event = EventIds.of(grant);
        var asked = Grants.aRevocationOf(account, usd, reference, event, at);
        write(CreditRevoked.of(
                asked,
                at,
                balance(account).revoked(asked.amountUsd()),
                List.of(Grants.consumed(grant.requestId(), usd))));
    }

    void write(LedgerEvent event) {
        write(event, EventIds.of(event));
    }

    /** As an event of that identity. */
    void write(LedgerEvent event, UUID identity) {
        var account = event.accountId();
        var shard = shardOf(account);
        balances.put(account, event.balance());
        lastRow = new LogRow(
                shard,
                rows.get(shard).size() + 1L,
                account.value(),
                seqs.merge(account, 0L, (before, none) -> before + 1),
                identity,
                EventType.of(event).wireName(),
                EventJson.write(event),
                UUID.randomUUID(),
                null,
                event.decidedAt().toEpochMilli());
        rows.get(shard).add(lastRow);
    }

    private static int shardOf(AccountId account) {
        return InstallationAccount.is(account)
                ? Integer.parseInt(account.value().substring(account.value().indexOf('_') + 1))
                : Shards.of(account.value(), SHARDS);
    }

    @Override
    public ShardReader shard(int shard) {
        var chain = Chain.fromTheBeginning(0);
        var links = new ArrayList<Link>();
        for (var row : rows.get(shard)) {
            chain.add(row.canonicalBytes());
            links.add(new Link(row.pos(), row.pos(), chain.head()));
        }
        return new ShardReader() {
            @Override
            public ShardEnd end() {
                return new ShardEnd(links.size(), chain.head(), 0);
            }

            @Override
            public Cursor<LogRow> rows() {
                return Cursors.of(rows.get(shard).stream());
            }

            @Override
            public Cursor<LogRow> rowsAfter(long pos) {
                return Cursors.of(rows.get(shard).stream().filter(row -> row.pos() > pos));
            }

            @Override
            public Cursor<Link> links() {
                return Cursors.of(links.stream());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String name() {
        return "a forger's log";
    }

    @Override
    public int shards() {
        return SHARDS;
    }

    @Override
    public Cursor<LogRow> account(String accountId) {
        return Cursors.of(rows.stream().flatMap(List::stream).filter(row -> row.accountId()
                .equals(accountId)));
    }

    @Override
    public Cursor<SignedText> checkpoints() {
        return Cursors.of(Stream.empty());
    }

    @Override
    public Map<String, Long> storedStates() {
        return Map.of();
    }

    @Override
    public Optional<StoredState> storedState(String accountId) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
