package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.ParkedEnd;
import com.gogogoapi.ledger.log.ParkedRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** How many parked records one batch lets go on; what is left goes on in a later one. */
    static final int RESUMED_AT_ONCE = 1_000;

    private final Accounts accounts;
    private final LedgerLog ledgerLog;
    private final Runnable untilAppended;
    private final Parking parking;
    private final List<DecidedBatch.Step> steps = new ArrayList<>();
    private final Set<String> failed = new HashSet<>();
    private final List<ParkedResumeRequested> toResume = new ArrayList<>();

    /** What deciding one record takes. */
    interface Accounts {

        /**
         * @throws LogUnavailableException if the database failed
         * @throws RuntimeException if the record cannot be decided; nothing of it is left behind then
         */
        CommandResult decide(Decide command);
    }

    /** @param untilAppended waits for the batch before */
    Deciding(Accounts accounts, LedgerLog ledgerLog, Runnable untilAppended, ParkedAccounts parkedAccounts) {
        this.accounts = accounts;
        this.ledgerLog = ledgerLog;
        this.untilAppended = untilAppended;
        this.parking = new Parking(parkedAccounts);
    }

    void take(IntakeRecord record, Reading reading) {
        switch (reading) {
            case Reading.Readable(ParkedResumeRequested resume) -> resume(record, resume);
            case Reading.Readable(CreditIntake intake) -> {
                if (parking.parkedOf(record.shard(), record.accountId()) > 0) {
                    park(record, ParkedRecord.WAITS);
                } else {
                    var reason = decide(record, intake, record.atMillis());
                    if (reason != null) {
                        park(record, reason);
                    }
                }
            }
            case Reading.Unreadable(String why) -> park(record, why);
        }
    }

    /** Parks a record whose rows the database refused; what an operator asked for is not parked but given up. */
    void refuse(IntakeRecord record, String why) {
        if (Reading.of(record) instanceof Reading.Readable(ParkedResumeRequested resume)) {
            log.error("{} stays parked: the database refused what came of {}", record.accountId(), resume);
        } else {
            park(record, why);
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
    private @Nullable String decide(IntakeRecord record, CreditIntake intake, long atMillis) {
        var command = new Decide(
                record.accountId(),
                intake,
                record.shard(),
                record.causationId(),
                record.traceParent(),
                record.replyPartition(),
                Instant.ofEpochMilli(atMillis),
                null);
        try {
            var answer = accounts.decide(command);
            if (answer.decision() instanceof Decision.NeedsHistory) {
                answer = accounts.decide(command.with(historyOf(intake)));
            }
            steps.add(new DecidedBatch.Step(command, answer));
            return null;
        } catch (LogUnavailableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            log.error("undecidable: {} of {}", record.type(), record.accountId(), e);
            failed.add(record.accountId());
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /** Lets a parked account go on with what is parked of it in the log; of this batch nothing may be yet. */
    private void resume(IntakeRecord cause, ParkedResumeRequested resume) {
        if (!steps.isEmpty() || !parking.isEmpty()) {
            throw new IllegalStateException("A request to go on must be the first of its batch: " + resume);
        }
        var waiting = waiting(cause.accountId());
        if (waiting.isEmpty() || waiting.getFirst().offset() != resume.offset()) {
            log.info("ignored: {} is not parked at {}: {}", cause.accountId(), resume.offset(), resume);
            return;
        }
        var skip = resume.action() == ParkedResumeRequested.Action.SKIP;
        for (var goneOn = 0; goneOn < waiting.size(); goneOn++) {
            var parked = waiting.get(goneOn);
            if (goneOn == RESUMED_AT_ONCE) {
                toResume.add(rest(resume, parked.offset(), cause));
                return;
            }
            if (goneOn == 0 && skip) {
                end(parked, ParkedEnd.Kind.SKIPPED, resume, resume.reason(), cause);
                continue;
            }
            var why = again(parked.record(), cause.atMillis());
            if (why != null) {
                end(parked, ParkedEnd.Kind.PARKED, resume, why, cause);
                return;
            }
            end(parked, ParkedEnd.Kind.DECIDED, resume, resume.reason(), cause);
        }
    }

    private static ParkedResumeRequested rest(ParkedResumeRequested resume, long offset, IntakeRecord cause) {
        return new ParkedResumeRequested(
                resume.accountId(),
                offset,
                ParkedResumeRequested.Action.RETRY,
                resume.requestedBy(),
                resume.reason(),
                Instant.ofEpochMilli(cause.atMillis()));
    }

    private List<ParkedRecord> waiting(String accountId) {
        untilAppended.run();
        try {
            return ledgerLog.parkedOf(accountId, RESUMED_AT_ONCE + 1);
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        }
    }

    private void end(
            ParkedRecord parked, ParkedEnd.Kind kind, ParkedResumeRequested by, String reason, IntakeRecord cause) {
        parking.end(parked, kind, by.requestedBy(), reason, cause.atMillis());
    }

    private @Nullable String again(IntakeRecord record, long atMillis) {
        return switch (Reading.of(record)) {
            case Reading.Readable(CreditIntake intake) -> decide(record, intake, atMillis);
            case Reading.Readable(ParkedResumeRequested resume) -> "a request to go on is never parked: " + resume;
            case Reading.Unreadable(String why) -> why;
        };
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
                ledgerLog, intakes, steps, InParallel.map(messages, EventRows.DecidedRow::of), parking, toResume);
    }

    /** Accounts that could not decide something: what is at hand of them is not to be trusted. */
    Collection<String> failedAccounts() {
        return failed;
    }
}
