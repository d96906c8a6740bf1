package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.IntakeAuthenticationRequested;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger should make of one shard's intake: one thread, no batches, no faults, everything remembered for ever,
 * and arithmetic of its own in millionths of a millionth of a dollar.
 */
final class ReferenceLedger {

    /** USD per million tokens × 10^12 ÷ 10^6, of the one price that the simulation's customers have. */
    private static final long INPUT = 140_000;

    private static final long CACHED_INPUT = 2_800;
    private static final long OUTPUT = 280_000;

    private final long holdMillis;
    private final int maxOpenHolds;
    private final Map<String, Account> accounts = new HashMap<>();
    private final List<String> story = new ArrayList<>();
    private final Set<UUID> obeyed = new HashSet<>();

    private static final class Account {
        private final Map<UUID, Request> requests = new HashMap<>();
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private final ReferenceGrants grants = new ReferenceGrants();
        private final ReferenceBudgets budgets = new ReferenceBudgets();
        private long available;
        private long held;
        private long charged;
        private long expired;
        private long revoked;
        private int open;
    }

    private static final class Request {
        private final long hold;
        private final long maxPrompt;
        private final long maxCompletion;
        private final long expiresAt;
        private final ReferenceBudgets.@Nullable Taking taking;
        private Status status;

        Request(
                Status status,
                long hold,
                long maxPrompt,
                long maxCompletion,
                long expiresAt,
                ReferenceBudgets.@Nullable Taking taking) {
            this.taking = taking;
            this.status = status;
            this.hold = hold;
            this.maxPrompt = maxPrompt;
            this.maxCompletion = maxCompletion;
            this.expiresAt = expiresAt;
        }

        Request(Status status) {
            this(status, 0, 0, 0, 0, null);
        }
    }

    private enum Status {
        GRANTED,
        REVOKED,
        REFUSED,
        OPEN,
        EXPIRED,
        ENDED
    }

    private record Waiting(long offset, @Nullable LedgerIntake intake) {}

    ReferenceLedger(long holdMillis, int maxOpenHolds) {
        this.holdMillis = holdMillis;
        this.maxOpenHolds = maxOpenHolds;
    }

    /** Everything that should be in the shard's log so far, a line an event. */
    List<String> story() {
        return story;
    }

    /** @param intake null for a record that nobody can read */
    void take(String accountId, long offset, @Nullable LedgerIntake intake, long atMillis) {
        var account = accounts.computeIfAbsent(accountId, key -> new Account());
        if (intake instanceof InstallationIntake asked) {
            if (obeyed.add(asked.requestId())) {
                var type = asked instanceof IntakeAuthenticationRequested ? "IntakeAuthenticated" : "SigningKeyTrusted";
                tell(type, asked.requestId(), 0, account);
            }
        } else if (intake instanceof ParkedResumeRequested resume) {
            resume(account, resume, atMillis);
        } else if (!account.waiting.isEmpty()) {
            if (!(intake instanceof HoldExpiryDue || intake instanceof GrantExpiryDue)) {
                account.waiting.add(new Waiting(offset, intake));
            }
        } else if (intake == null) {
            account.waiting.add(new Waiting(offset, null));
        } else {
            decide(account, intake, atMillis);
        }
    }

    /** The intake is read on behind a gap, by an operator's order. */
    void passGap(AccountId installation, UUID order) {
        tell("IntakeGapAccepted", order, 0, accounts.computeIfAbsent(installation.value(), key -> new Account()));
    }

    /** All that waits is of an intake that has gone: it keeps its order, at offsets below those of any other. */
    void moveWaitingBelowZero() {
        var offsets = accounts.values().stream()
                .flatMap(account -> account.waiting.stream())
                .mapToLong(Waiting::offset)
                .summaryStatistics();
        if (offsets.getCount() == 0 || offsets.getMax() < 0) {
            return;
        }
        var distance = offsets.getMax() - Math.min(offsets.getMin(), 0) + 1;
        accounts.values().forEach(account -> {
            var moved = account.waiting.stream()
                    .map(one -> new Waiting(one.offset() - distance, one.intake()))
                    .toList();
            account.waiting.clear();
            account.waiting.addAll(moved);
        });
    }

    private void resume(Account account, ParkedResumeRequested resume, long atMillis) {
        var first = account.waiting.peek();
        if (first == null || first.offset() != resume.offset() || !obeyed.add(resume.requestId())) {
            return;
        }
        tell("ParkedAccountResumed", resume.requestId(), 0, account);
        if (resume.action() == ParkedResumeRequested.Action.SKIP) {
            account.waiting.remove();
        }
        while (!account.waiting.isEmpty()) {
            var intake = account.waiting.peek().intake();
            if (intake == null) {
                return;
            }
            account.waiting.remove();
            decide(account, intake, atMillis);
        }
    }

    private void decide(Account account, LedgerIntake intake, long at) {
        switch (intake) {
            case GrantRequested grant -> {
                if (account.requests.putIfAbsent(grant.requestId(), new Request(Status.GRANTED)) == null) {
                    account.available += EventLines.pico(grant.amountUsd());
                    account.grants.add(grant);
                    tell("CreditGranted", grant.requestId(), EventLines.pico(grant.amountUsd()), account);
                }
            }
            case QuoteRequested quote -> quote(account, quote, at);
            case UpstreamCompleted completed -> complete(account, completed, at);
            case HoldExpiryDue due -> {
                var request = account.requests.get(due.requestId());
                if (request != null && request.status == Status.OPEN && at >= request.expiresAt) {
                    release(account, due.requestId(), request, Status.EXPIRED);
                }
            }
            case GrantExpiryDue due -> expire(account, due, at);
            case CreditRevocationRequested revocation -> revoke(account, revocation);
            case CreditTransferRequested transfer -> transfer(account, transfer);
            case InstallationIntake asked -> throw new AssertionError("handled before: " + asked);
            case ParkedResumeRequested resume -> throw new AssertionError("handled before: " + resume);
        }
    }

    /** All or nothing. */
    private void revoke(Account account, CreditRevocationRequested revocation) {
        if (account.requests.containsKey(revocation.requestId())) {
            return;
        }
        var amount = EventLines.pico(revocation.amountUsd());
        if (amount > account.available) {
            account.requests.put(revocation.requestId(), new Request(Status.REFUSED));
            tell("CreditRefused", revocation.requestId(), amount, account);
            return;
        }
        account.requests.put(revocation.requestId(), new Request(Status.REVOKED));
        account.available -= amount;
        account.revoked += amount;
        var told = account.grants.revoke(amount, revocation.correction().correctedEventId());
        tell("CreditRevoked", revocation.requestId(), amount, account, told);
    }

    /** What leaves is all or nothing, of what never expires; what arrives, arrives. */
    private void transfer(Account account, CreditTransferRequested transfer) {
        if (account.requests.containsKey(transfer.requestId())) {
            return;
        }
        var amount = EventLines.pico(transfer.amountUsd());
        if (transfer.side() == TransferSide.IN) {
            account.requests.put(transfer.requestId(), new Request(Status.GRANTED));
            account.available += amount;
            account.grants.arrive(transfer.requestId(), amount);
            tell("CreditTransferred", transfer.requestId(), amount, account);
        } else if (amount > account.available || amount > account.grants.lasting()) {
            account.requests.put(transfer.requestId(), new Request(Status.REFUSED));
            tell("CreditRefused", transfer.requestId(), amount, account);
        } else {
            account.requests.put(transfer.requestId(), new Request(Status.REVOKED));
            account.available -= amount;
            account.revoked += amount;
            tell("CreditTransferred", transfer.requestId(), amount, account, account.grants.transfer(amount));
        }
    }

    private void expire(Account account, GrantExpiryDue due, long at) {
        var amount = account.grants.expire(due.requestId(), account.available, at);
        if (amount > 0) {
            account.available -= amount;
            account.expired += amount;
            tell("CreditExpired", due.requestId(), amount, account);
        }
    }

    private void quote(Account account, QuoteRequested quote, long at) {
        if (account.requests.containsKey(quote.requestId())) {
            return;
        }
        var hold = quote.promptTokens() * INPUT + quote.maxCompletionTokens() * OUTPUT;
        if (at > quote.validUntil().toEpochMilli()
                || account.open >= maxOpenHolds
                || account.available < hold
                || !account.budgets.allow(quote, hold, at)) {
            account.requests.put(quote.requestId(), new Request(Status.REFUSED));
            tell("CreditRefused", quote.requestId(), hold, account);
            return;
        }
        var counted = quote.promptTokens();
        var maxPrompt = quote.attemptId() == null ? counted + counted / 4 + 64 : counted;
        account.requests.put(
                quote.requestId(),
                new Request(
                        Status.OPEN,
                        hold,
                        maxPrompt,
                        quote.maxCompletionTokens(),
                        at + holdMillis,
                        account.budgets.hold(quote, hold, at)));
        account.available -= hold;
        account.held += hold;
        account.open++;
        tell("CreditReserved", quote.requestId(), hold, account);
    }

    private void complete(Account account, UpstreamCompleted completed, long at) {
        var request = account.requests.get(completed.requestId());
        if (request == null) {
            return;
        }
        var usage = completed.usage();
        if (request.status == Status.OPEN) {
            if (usage == null) {
                release(account, completed.requestId(), request, Status.ENDED);
            } else {
                account.held -= request.hold;
                account.open--;
                request.taking.became(settle(account, completed, request, usage, request.hold));
            }
        } else if (request.status == Status.EXPIRED && usage != null) {
            account.budgets.chargeLate(request.taking, settle(account, completed, request, usage, 0), at);
        }
    }

    private long settle(Account account, UpstreamCompleted completed, Request request, TokenUsage usage, long held) {
        var prompt = Math.min(usage.promptTokens(), request.maxPrompt);
        var cached = Math.min(usage.cachedPromptTokens(), prompt);
        var cost = (prompt - cached) * INPUT
                + cached * CACHED_INPUT
                + Math.min(usage.completionTokens(), request.maxCompletion) * OUTPUT;
        var charge = Math.min(cost, held + account.available);
        account.available += held - charge;
        account.charged += charge;
        request.status = Status.ENDED;
        tell("CreditSettled", completed.requestId(), charge, account, account.grants.consume(charge));
        return charge;
    }

    private void release(Account account, UUID requestId, Request request, Status status) {
        account.available += request.hold;
        account.held -= request.hold;
        account.open--;
        request.status = status;
        request.taking.became(0);
        tell("CreditReleased", requestId, request.hold, account);
    }

    private void tell(String type, UUID requestId, long amount, Account account) {
        tell(type, requestId, amount, account, "");
    }

    private void tell(String type, UUID requestId, long amount, Account account, String consumed) {
        story.add(EventLines.line(
                type,
                requestId,
                amount,
                account.available,
                account.held,
                account.charged,
                account.expired,
                account.revoked,
                consumed));
    }

    /** What is left, together, of the grants that should have expired. */
    long overdue(long now) {
        return accounts.values().stream()
                .mapToLong(account -> account.grants.overdue(now))
                .sum();
    }

    /** Holds that should be open. */
    int openHolds() {
        return accounts.values().stream().mapToInt(account -> account.open).sum();
    }
}
