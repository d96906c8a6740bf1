package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.tomcat.ClientConnection;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.proxy.decisions.Ledger;
import com.gogogoapi.proxy.idempotency.KeyRow.Verdict;
import com.gogogoapi.proxy.idempotency.KeyRows.Claim;
import com.gogogoapi.proxy.idempotency.KeyRows.Found;
import com.gogogoapi.proxy.idempotency.KeyRows.TooManyKeys;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Runs a request once, however often it comes under one key within a day, on whichever instance.
 *
 * <pre>
 * unknown ─▶ RUNNING ── held, sent upstream ─▶ SENT ── charged ─▶ ANSWERED ─▶ the same answer, or 422 where none is kept
 *              ▲  │                             │
 *              │  └─ refused ─▶ FREE ◀── free ──┘
 *              └──── again ──────┘
 * </pre>
 *
 * Who finds it running waits. Whoever runs it renews a lease; where that has run out, what was not sent is another's to run,
 * and of what was sent the ledger says how it ended. The step to SENT is one conditional update, so that of two who take
 * each other for dead one sends. Should all of this be lost, the ledger's ids tell ({@link LedgerIdentity}).
 */
@Component
@EnableConfigurationProperties(IdempotencyProperties.class)
public class Idempotency {

    private final KeyRows rows;
    private final Owners owners;
    private final KeyedRun keyedRun;
    private final LedgerIdentity identity;
    private final FormerAttempts.Story story;
    private final IdempotencyProperties properties;
    private final Waiting waiting;
    private final MeterRegistry meters;

    Idempotency(
            KeyRows rows,
            Owners owners,
            Ledger ledger,
            IdempotencyProperties properties,
            Waiting waiting,
            MeterRegistry meters,
            Clock clock) {
        this.rows = rows;
        this.owners = owners;
        this.identity = new LedgerIdentity(properties.keepFor());
        this.story = ledger::eventsOf;
        this.keyedRun = new KeyedRun(
                rows,
                new FormerAttempts(identity, story, properties.keepFor()),
                (account, requestId) -> ledger.end(neverSent(account, requestId, clock.instant()), Duration.ZERO),
                properties);
        this.properties = properties;
        this.waiting = waiting;
        this.meters = meters;
    }

    private static UpstreamCompleted neverSent(AccountId account, UUID requestId, Instant now) {
        return new UpstreamCompleted(
                account,
                requestId,
                Outcome.UPSTREAM_FAILED,
                null,
                false,
                null,
                now.truncatedTo(ChronoUnit.MILLIS),
                null);
    }

    /** Runs a request. */
    @FunctionalInterface
    public interface Running {
        void run(Attempt attempt) throws IOException;
    }

    /**
     * A request that comes with a key.
     *
     * @param fingerprint by which it is known again
     * @param ofQuote whether a quote names it in the ledger
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    public record Keyed(
            IdempotencyKey key,
            byte[] fingerprint,
            boolean ofQuote,
            HttpServletRequest request,
            HttpServletResponse response) {}

    /**
     * Runs a request, or answers it as it was answered before.
     *
     * @throws ApiError 422 if the key stands for another request, or the answer is not kept; 503 if that is not known now
     */
    public void once(Keyed asked, Running running) throws IOException {
        var pace = waiting.begin(ClientConnection.of(asked.request()));
        while (!isAnswered(asked, running, pace)) {
            if (!pace.await()) {
                return;
            }
        }
    }

    private boolean isAnswered(Keyed asked, Running running, Waiting.Pace pace) throws IOException {
        var found = find(asked.key());
        switch (KeyRow.verdict(found.row(), asked.fingerprint())) {
            case Verdict.Mismatch mismatch -> {
                count("mismatch");
                throw Refusals.mismatch();
            }
            case Verdict.NotKept(var shownId) -> {
                count("not_kept");
                throw Refusals.notKept(shownId);
            }
            case Verdict.Replay(var answer, var shownId) -> {
                count(pace.hasWaited() ? "joined" : "replayed");
                answer.write(asked.response(), shownId);
                return true;
            }
            case Verdict.Wait wait -> {
                return false;
            }
            case Verdict.Orphaned(var requestId, var shownId) -> {
                if (!endedFree(asked, requestId, shownId, pace)) {
                    return false;
                }
            }
            case Verdict.Run run -> {}
        }
        var claim = claim(asked, found);
        if (claim.isEmpty()) {
            pace.again();
            return false;
        }
        count("run");
        owners.add(claim.get().owner());
        try {
            keyedRun.run(claim.get(), found, asked, running);
        } finally {
            owners.remove(claim.get().owner());
        }
        return true;
    }

    private Found find(IdempotencyKey key) {
        try {
            return rows.find(key);
        } catch (DataAccessException e) {
            count("unavailable");
            throw Refusals.storeAway(e);
        }
    }

    /** @return false if that is not known yet */
    private boolean endedFree(Keyed asked, UUID requestId, UUID shownId, Waiting.Pace pace) {
        return switch (KnownEnd.of(story.of(asked.key().account(), requestId))) {
            case FREE -> true;
            case CHARGED -> throw Refusals.notKept(shownId);
            case EXPIRED -> throw Refusals.cutOff(shownId);
            case OPEN, NEVER_BEGUN -> {
                pace.orphaned(() -> Refusals.unresolved(shownId));
                yield false;
            }
        };
    }

    private Optional<Claim> claim(Keyed asked, Found found) {
        var era = identity.eraOf(found.at());
        var row = found.row();
        var attempt = row != null && row.era() == era ? row.attempt() : 0;
        try {
            return rows.claim(asked.key(), row, asked.fingerprint(), era, attempt);
        } catch (TooManyKeys e) {
            throw Refusals.tooManyKeys(properties.maxKeysPerAccount());
        } catch (DataAccessException | TransactionException e) {
            count("unavailable");
            throw Refusals.storeAway(e);
        }
    }

    private void count(String what) {
        meters.counter("gogogoapi.proxy.idempotency", "answer", what).increment();
    }
}
