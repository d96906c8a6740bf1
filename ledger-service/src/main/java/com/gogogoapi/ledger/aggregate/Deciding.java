package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.ParkedRecord;
import com.gogogoapi.ledger.trust.GapAcceptance;
import com.gogogoapi.ledger.trust.InstallationDecisions;
import com.gogogoapi.ledger.trust.IntakeGuard;
import com.gogogoapi.ledger.trust.ShardTrust;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deciding of one batch: each record in its turn decided, parked, or, if an operator wants a parked account to go on,
 * that account's parked records decided.
 */
final class Deciding {

    private static final Logger log = LoggerFactory.getLogger(Deciding.class);

    private final Accounts accounts;
    private final LedgerLog ledgerLog;
    private final Runnable untilAppended;
    private final Parking parking;
    private final List<DecidedBatch.Step> steps = new ArrayList<>();
    private final Set<String> failed = new HashSet<>();
    private final List<ParkedResumeRequested> toResume = new ArrayList<>();
    private final ShardTrusts trustedBefore;
    private final Map<Integer, ShardTrust> trusts = new HashMap<>();
    private final IntakeGuard guard;
    private final SetAside setAside;

    /**
     * A record and what can be said of it without any account.
     *
     * @param author who made it; null if nobody did whom the ledger knows
     */
    record Read(IntakeRecord record, @Nullable IntakeAuthor author, Reading reading) {

        @Nullable
        LedgerIntake asked() {
            return reading instanceof Reading.Readable(var intake) ? intake : null;
        }
    }

    /** What deciding one record takes. */
    interface Accounts {

        /**
         * @throws LogUnavailableException if the database failed
         * @throws RuntimeException if the record cannot be decided; nothing of it is left behind then
         */
        CommandResult decide(Decide command);

        /** Has an event in the account's story that was decided elsewhere; throws as the other does. */
        CommandResult append(Decide command, Function<Balance, LedgerEvent> event);
    }

    /** @param untilAppended waits for the batch before */
    Deciding(
            Accounts accounts,
            LedgerLog ledgerLog,
            Runnable untilAppended,
            ParkedAccounts parkedAccounts,
            ShardTrusts trusts,
            IntakeGuard guard,
            SetAside setAside) {
        this.accounts = accounts;
        this.ledgerLog = ledgerLog;
        this.untilAppended = untilAppended;
        this.parking = new Parking(parkedAccounts);
        this.trustedBefore = trusts;
        this.guard = guard;
        this.setAside = setAside;
    }

    private ShardTrust trust(int shard) {
        var changed = trusts.get(shard);
        return changed == null ? trustedBefore.of(shard) : changed;
    }

    void take(Read read) {
        var record = read.record();
        var refusal = guard.refusal(record, read.author(), read.asked(), trust(record.shard()));
        if (refusal.isPresent()) {
            setAside.setAside(record, refusal.get());
            return;
        }
        switch (read.reading()) {
            case Reading.Readable(var asked) -> decide(read, guard.toDecide(asked, trust(record.shard())));
            case Reading.Unreadable(String why) -> park(record, why);
        }
    }

    private void decide(Read read, LedgerIntake asked) {
        var record = read.record();
        switch (asked) {
            case ParkedResumeRequested resume -> resume(read, resume);
            case InstallationIntake installation -> decideOfInstallation(record, installation);
            case CreditIntake intake -> {
                if (parking.parkedOf(record.shard(), record.accountId()) > 0) {
                    park(record, ParkedRecord.WAITS);
                } else {
                    var reason = decide(record, intake, record.atMillis());
                    if (reason != null) {
                        park(record, reason);
                    }
                }
            }
        }
    }

    /** Lets a parked account go on; of this batch nothing may be in the log yet. */
    private void resume(Read read, ParkedResumeRequested resume) {
        if (!steps.isEmpty() || !parking.isEmpty()) {
            throw new IllegalStateException("A request to go on must be the first of its batch: " + resume);
        }
        new Resuming(this, accounts, ledgerLog, untilAppended, parking, read.record(), resume)
                .run(Resuming.isRest(read, resume))
                .ifPresent(toResume::add);
    }

    private void decideOfInstallation(IntakeRecord record, InstallationIntake asked) {
        var at = Instant.ofEpochMilli(record.atMillis());
        var event = InstallationDecisions.decide(trust(record.shard()), asked, record.offset(), at);
        if (event.isPresent()) {
            append(record.shard(), event.get(), command(record, asked, record.atMillis()));
        } else {
            log.info("ignored, since it changes nothing: {}", asked);
        }
    }

    /** Goes on behind a gap of the intake. */
    void passGap(GapAcceptance gap, long firstOffset) {
        var event = gap.event(firstOffset, trust(gap.shard()));
        append(
                gap.shard(),
                event,
                new Decide(
                        event.accountId().value(),
                        null,
                        gap.shard(),
                        event.requestId(),
                        null,
                        null,
                        event.decidedAt(),
                        null));
    }

    private void append(int shard, InstallationEvent event, Decide command) {
        add(command, accounts.append(command, balance -> event));
        trusts.put(shard, trust(shard).evolve(event));
    }

    /** Parks a record whose rows the database refused; what is asked of no account's credit is not parked but given up. */
    void refuse(IntakeRecord record, String why) {
        switch (Reading.of(record)) {
            case Reading.Readable(ParkedResumeRequested resume) ->
                log.error("{} stays parked: the database refused what came of {}", record.accountId(), resume);
            case Reading.Readable(InstallationIntake asked) -> log.error("the database refused what came of {}", asked);
            case Reading.Readable(CreditIntake intake) -> park(record, why);
            case Reading.Unreadable unreadable -> park(record, why);
        }
    }

    private void park(IntakeRecord record, String why) {
        var kept = parking.park(record, why);
        if (!why.equals(ParkedRecord.WAITS)) {
            log.error(
                    "{} is parked at {}@{} of {}: {}",
                    record.accountId(),
                    record.shard(),
                    record.offset(),
                    record.type(),
                    why);
        } else if (!kept) {
            log.debug("{} of {}, which is parked, is not kept", record.type(), record.accountId());
        }
    }

    /** Decides a record. @return why it cannot be decided; null if it was */
    @Nullable
    String decide(IntakeRecord record, CreditIntake intake, long atMillis) {
        var command = command(record, intake, atMillis);
        try {
            var answer = accounts.decide(command);
            if (answer.decision() instanceof Decision.NeedsHistory) {
                answer = accounts.decide(command.with(historyOf(intake)));
            }
            add(command, answer);
            return null;
        } catch (LogUnavailableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            log.error("undecidable: {} of {}", record.type(), record.accountId(), e);
            failed(record.accountId());
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    void add(Decide command, CommandResult answer) {
        steps.add(new DecidedBatch.Step(command, answer));
    }

    /** What is at hand of an account that could not decide something is not to be trusted. */
    void failed(String accountId) {
        failed.add(accountId);
    }

    /** Why a record that was believed when it came is not decided by now; null if it is. */
    @Nullable
    String faultOfParked(IntakeRecord record, CreditIntake intake) {
        return guard.faultOfParked(intake, trust(record.shard()));
    }

    static Decide command(IntakeRecord record, LedgerIntake asked, long atMillis) {
        return new Decide(
                record.accountId(),
                asked,
                record.shard(),
                record.causationId(),
                record.traceParent(),
                record.replyPartition(),
                Instant.ofEpochMilli(atMillis),
                null);
    }

    /** The request's events so far: those in the log, then those of this very batch. */
    private List<LedgerEvent> historyOf(CreditIntake intake) {
        var history = new ArrayList<LedgerEvent>();
        untilAppended.run();
        try {
            ledgerLog.request(intake.accountId(), intake.requestId()).forEach(stored -> history.add(stored.event()));
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        }
        for (var step : steps) {
            if (step.answer().decision() instanceof Decision.NewEvent(LedgerEvent event)
                    && event.requestId().equals(intake.requestId())
                    && event.accountId().equals(intake.accountId())) {
                history.add(event);
            }
        }
        return history;
    }

    /** @param messages the events, in the order in which they were decided */
    DecidedBatch decided(List<ShardIntake> intakes, List<DomainEventMessage<?>> messages) {
        return new DecidedBatch(
                ledgerLog,
                intakes,
                steps,
                InParallel.map(messages, EventRows.DecidedRow::of),
                parking,
                toResume,
                trusts);
    }

    /** Accounts that could not decide something: what is at hand of them is not to be trusted. */
    Collection<String> failedAccounts() {
        return failed;
    }
}
