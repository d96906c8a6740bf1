package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.ParkedEnd;
import com.gogogoapi.ledger.log.ParkedRecord;
import com.gogogoapi.ledger.trust.Admission;
import com.gogogoapi.ledger.trust.GapAcceptance;
import com.gogogoapi.ledger.trust.InstallationDecisions;
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

    /** How many parked records one batch lets go on; what is left goes on in a later one. */
    static final int RESUMED_AT_ONCE = 1_000;

    private final Accounts accounts;
    private final LedgerLog ledgerLog;
    private final Runnable untilAppended;
    private final Parking parking;
    private final List<DecidedBatch.Step> steps = new ArrayList<>();
    private final Set<String> failed = new HashSet<>();
    private final List<ParkedResumeRequested> toResume = new ArrayList<>();
    private final ShardTrusts trustedBefore;
    private final Map<Integer, ShardTrust> trusts = new HashMap<>();
    private final Admission admission;
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
            Admission admission,
            SetAside setAside) {
        this.accounts = accounts;
        this.ledgerLog = ledgerLog;
        this.untilAppended = untilAppended;
        this.parking = new Parking(parkedAccounts);
        this.trustedBefore = trusts;
        this.admission = admission;
        this.setAside = setAside;
    }

    private ShardTrust trust(int shard) {
        var changed = trusts.get(shard);
        return changed == null ? trustedBefore.of(shard) : changed;
    }

    void take(Read read) {
        var record = read.record();
        var refusal = admission.refusal(record, read.author(), read.asked(), trust(record.shard()));
        if (refusal.isPresent()) {
            setAside.setAside(record, refusal.get());
            return;
        }
        switch (read.reading()) {
            case Reading.Readable(var asked) -> decide(read, admission.admitted(asked, trust(record.shard())));
            case Reading.Unreadable(String why) -> park(record, why);
        }
    }

    private void decide(Read read, LedgerIntake asked) {
        var record = read.record();
        switch (asked) {
            case ParkedResumeRequested resume -> resume(record, resume, isRest(read, resume));
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
        steps.add(new DecidedBatch.Step(command, accounts.append(command, balance -> event)));
        trusts.put(shard, trust(shard).evolve(event));
    }

    /** Parks a record whose rows the database refused; what is asked of no account's credit is not parked but given up. */
    void refuse(IntakeRecord record, String why) {
        switch (Reading.of(record)) {
            case Reading.Readable(ParkedResumeRequested resume) ->
                log.error("{} stays parked: the database refused what came of {}", record.accountId(), resume);
            case Reading.Readable(InstallationIntake asked) ->
                log.error("the database refused what came of {}", asked);
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
    private @Nullable String decide(IntakeRecord record, CreditIntake intake, long atMillis) {
        var command = command(record, intake, atMillis);
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

    private static Decide command(IntakeRecord record, LedgerIntake asked, long atMillis) {
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

    /**
     * Lets a parked account go on with what is parked of it in the log; of this batch nothing may be yet.
     *
     * @param isRest whether that was ordered before and is gone on with
     */
    private void resume(IntakeRecord cause, ParkedResumeRequested resume, boolean isRest) {
        if (!steps.isEmpty() || !parking.isEmpty()) {
            throw new IllegalStateException("A request to go on must be the first of its batch: " + resume);
        }
        var waiting = waiting(cause.accountId());
        if (waiting.isEmpty() || waiting.getFirst().offset() != resume.offset()) {
            log.info("ignored: {} is not parked at {}: {}", cause.accountId(), resume.offset(), resume);
            return;
        }
        if (!isRest && !recorded(cause, resume, waiting.getFirst())) {
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

    /** Whether it goes on with an order that stands in the log already. */
    private static boolean isRest(Read read, ParkedResumeRequested resume) {
        return read.author() == IntakeAuthor.LEDGER_SERVICE && resume.signature() == null;
    }

    /** Who let the account go on, and why, is an event before anything comes of it. @return whether it is one now */
    private boolean recorded(IntakeRecord cause, ParkedResumeRequested resume, ParkedRecord first) {
        var command = command(cause, resume, cause.atMillis());
        try {
            if (!ledgerLog.request(resume.accountId(), resume.requestId()).isEmpty()) {
                log.info("ignored, since it was obeyed before: {}", resume);
                return false;
            }
            var record = first.record();
            var parked = new ParkedAccountResumed.Record(
                    record.causationId(), record.type(), Sha256.hex(Sha256.of(record.payload())), first.why());
            steps.add(new DecidedBatch.Step(
                    command,
                    accounts.append(
                            command, balance -> ParkedAccountResumed.of(resume, parked, command.at(), balance))));
            return true;
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        } catch (LogUnavailableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            log.error("{} stays parked: its story cannot be read", cause.accountId(), e);
            failed.add(cause.accountId());
            return false;
        }
    }

    private static ParkedResumeRequested rest(ParkedResumeRequested resume, long offset, IntakeRecord cause) {
        return new ParkedResumeRequested(
                resume.accountId(),
                offset,
                ParkedResumeRequested.Action.RETRY,
                resume.requestedBy(),
                resume.reason(),
                Instant.ofEpochMilli(cause.atMillis()),
                null);
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
            case Reading.Readable(CreditIntake intake) -> {
                var fault = admission.faultOfParked(intake, trust(record.shard()));
                yield fault == null ? decide(record, intake, atMillis) : fault;
            }
            case Reading.Readable(ParkedResumeRequested resume) -> "a request to go on is never parked: " + resume;
            case Reading.Readable(InstallationIntake asked) -> "what is of no account is never parked: " + asked;
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
                ledgerLog, intakes, steps, InParallel.map(messages, EventRows.DecidedRow::of), parking, toResume, trusts);
    }

    /** Accounts that could not decide something: what is at hand of them is not to be trusted. */
    Collection<String> failedAccounts() {
        return failed;
    }
}
