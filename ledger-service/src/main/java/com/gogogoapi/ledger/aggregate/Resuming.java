package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.ParkedEnd;
import com.gogogoapi.ledger.log.ParkedRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One parked account goes on, as an operator ordered: who and why is an event of its story first, then what is parked of it in
 * the log is decided, or its first record skipped.
 */
final class Resuming {

    private static final Logger log = LoggerFactory.getLogger(Resuming.class);

    /** How many parked records one batch lets go on; what is left goes on in a later one. */
    static final int RESUMED_AT_ONCE = 1_000;

    private final Deciding deciding;
    private final Deciding.Accounts accounts;
    private final LedgerLog ledgerLog;
    private final Runnable untilAppended;
    private final Parking parking;
    private final IntakeRecord cause;
    private final ParkedResumeRequested order;

    Resuming(
            Deciding deciding,
            Deciding.Accounts accounts,
            LedgerLog ledgerLog,
            Runnable untilAppended,
            Parking parking,
            IntakeRecord cause,
            ParkedResumeRequested order) {
        this.deciding = deciding;
        this.accounts = accounts;
        this.ledgerLog = ledgerLog;
        this.untilAppended = untilAppended;
        this.parking = parking;
        this.cause = cause;
        this.order = order;
    }

    /** Whether it goes on with an order that stands in the log already. */
    static boolean isRest(Deciding.Read read, ParkedResumeRequested resume) {
        return read.author() == IntakeAuthor.LEDGER_SERVICE && resume.signature() == null;
    }

    /** @return what is to be asked for the rest, if this is not all of it */
    Optional<ParkedResumeRequested> run(boolean isRest) {
        var waiting = waiting();
        if (waiting.isEmpty() || waiting.getFirst().offset() != order.offset()) {
            log.info("ignored: {} is not parked at {}: {}", cause.accountId(), order.offset(), order);
            return Optional.empty();
        }
        if (!isRest && !recorded(waiting.getFirst())) {
            return Optional.empty();
        }
        var skip = order.action() == ParkedResumeRequested.Action.SKIP;
        for (var goneOn = 0; goneOn < waiting.size(); goneOn++) {
            var parked = waiting.get(goneOn);
            if (goneOn == RESUMED_AT_ONCE) {
                return Optional.of(rest(parked.offset()));
            }
            if (goneOn == 0 && skip) {
                end(parked, ParkedEnd.Kind.SKIPPED, order.reason());
                continue;
            }
            var why = again(parked.record());
            if (why != null) {
                end(parked, ParkedEnd.Kind.PARKED, why);
                return Optional.empty();
            }
            end(parked, ParkedEnd.Kind.DECIDED, order.reason());
        }
        return Optional.empty();
    }

    /** @return whether the order is an event now, and to be obeyed */
    private boolean recorded(ParkedRecord first) {
        var command = Deciding.command(cause, order, cause.atMillis());
        try {
            if (!ledgerLog.request(order.accountId(), order.requestId()).isEmpty()) {
                log.info("ignored, since it was obeyed before: {}", order);
                return false;
            }
            var record = first.record();
            var parked = new ParkedAccountResumed.Record(
                    record.causationId(), record.type(), Sha256.hex(Sha256.of(record.payload())), first.why());
            deciding.add(
                    command,
                    accounts.append(command, balance -> ParkedAccountResumed.of(order, parked, command.at(), balance)));
            return true;
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        } catch (LogUnavailableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            log.error("{} stays parked: its story cannot be read", cause.accountId(), e);
            deciding.failed(cause.accountId());
            return false;
        }
    }

    private ParkedResumeRequested rest(long offset) {
        return new ParkedResumeRequested(
                order.accountId(),
                offset,
                ParkedResumeRequested.Action.RETRY,
                order.requestedBy(),
                order.reason(),
                Instant.ofEpochMilli(cause.atMillis()),
                null);
    }

    private List<ParkedRecord> waiting() {
        untilAppended.run();
        try {
            return ledgerLog.parkedOf(cause.accountId(), RESUMED_AT_ONCE + 1);
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        }
    }

    private void end(ParkedRecord parked, ParkedEnd.Kind kind, String reason) {
        parking.end(parked, kind, order.requestedBy(), reason, cause.atMillis());
    }

    private @Nullable String again(IntakeRecord record) {
        return switch (Reading.of(record)) {
            case Reading.Readable(CreditIntake intake) -> {
                var fault = deciding.faultOfParked(record, intake);
                yield fault == null ? deciding.decide(record, intake, cause.atMillis()) : fault;
            }
            case Reading.Readable(ParkedResumeRequested resume) -> "a request to go on is never parked: " + resume;
            case Reading.Readable(InstallationIntake asked) -> "what is of no account is never parked: " + asked;
            case Reading.Unreadable(String why) -> why;
        };
    }
}
