package com.gogogoapi.acceptance.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.acceptance.chaos.Evidence.Published;
import com.gogogoapi.acceptance.chaos.Evidence.RepliedDecision;
import com.gogogoapi.acceptance.chaos.Evidence.Shard;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.ledger.log.StoredEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One way each in which a broken ledger's books would differ from the right ones, and the check that has to see it. */
enum Corruption {
    EVENT_REMOVED(Check.NO_GAP, log(log -> {
        log.remove(log.size() / 2);
        return log;
    })),
    LAST_EVENT_LOST(Check.NO_GAP, log(log -> {
        log.removeLast();
        return log;
    })),
    STORY_WITH_A_GAP(Check.NO_GAP, log(log -> {
        var last = log.removeLast();
        log.add(row(last, last.pos(), last.seq() + 1, last.eventId(), last.payload(), last.causationId()));
        return log;
    })),
    INTAKE_LEFT(
            Check.NO_GAP,
            altered -> altered.shard(shard ->
                    new Shard(shard.position(), shard.intakeEnd() + 1, shard.log(), shard.links(), shard.published()))),
    BYTE_CHANGED(Check.CHAIN_HOLDS, changedByte()),
    BYTE_CHANGED_AFTER_PUBLICATION(Check.PUBLISHED_IS_LOGGED, changedByte()),
    LINK_REMOVED(
            Check.CHAIN_HOLDS,
            altered -> altered.shard(shard -> new Shard(
                    shard.position(),
                    shard.intakeEnd(),
                    shard.log(),
                    shard.links().subList(0, shard.links().size() - 1),
                    shard.published()))),
    CHARGED_TWICE(Check.CHARGED_ONCE, repeated(CreditSettled.class)),
    HOLD_ENDED_TWICE(Check.HOLDS_END_ONCE, repeated(CreditReleased.class)),
    GRANTED_TWICE(Check.ASKED_IS_ANSWERED, repeated(CreditGranted.class)),
    REFUSAL_LOST(Check.ASKED_IS_ANSWERED, removed(CreditRefused.class)),
    SETTLEMENT_LOST(Check.CHARGED_ONCE, removed(CreditSettled.class)),
    HOLD_NEVER_ENDED(Check.NOTHING_STAYS_HELD, removed(CreditReleased.class)),
    GRANT_LOST(Check.NEVER_NEGATIVE, removed(CreditGranted.class)),
    NOBODY_ASKED(Check.NOTHING_UNASKED, log(log -> {
        var last = log.removeLast();
        log.add(row(last, last.pos(), last.seq(), last.eventId(), last.payload(), TimeOrderedIds.next()));
        return log;
    })),
    BALANCE_MISSTATED(Check.BALANCES_ADD_UP, log(log -> {
        var last = log.removeLast();
        var json = new String(last.payload(), UTF_8).replaceFirst("\"balance\":\\{.*?}", """
                "balance":{"availableUsd":"0.00","heldUsd":"0.00","openHolds":0,"chargedUsd":"1.00","grantedUsd":"1.00"}\
                """);
        log.add(row(last, last.pos(), last.seq(), last.eventId(), json.getBytes(UTF_8), last.causationId()));
        return log;
    })),
    ANSWER_NOT_LOGGED(
            Check.ACKNOWLEDGED_IS_LOGGED,
            altered -> altered.answers(answers -> {
                var last = answers.removeLast();
                answers.add(new RepliedDecision(
                        TimeOrderedIds.next().toString(), last.causationId(), last.type(), last.payload()));
                return answers;
            })),
    ANSWER_OF_OTHER_BYTES(
            Check.ACKNOWLEDGED_IS_LOGGED,
            altered -> altered.answers(answers -> {
                var last = answers.removeLast();
                answers.add(
                        new RepliedDecision(last.eventId(), last.causationId(), last.type(), spoiled(last.payload())));
                return answers;
            })),
    ANSWER_CHANGED_FOR_A_REPEAT(
            Check.ANSWERS_ARE_STABLE,
            altered -> altered.answers(answers -> {
                var last = answers.getLast();
                // The last may be a repeat of whatever answer.
                var other = answers.stream()
                        .filter(answer -> !answer.eventId().equals(last.eventId()))
                        .findFirst()
                        .orElseThrow();
                answers.add(new RepliedDecision(other.eventId(), last.causationId(), other.type(), other.payload()));
                return answers;
            })),
    PUBLICATION_SKIPPED(
            Check.PUBLISHED_IS_LOGGED,
            altered -> altered.published(published -> {
                published.remove(published.size() / 2);
                return published;
            })),
    PUBLICATION_OUT_OF_ORDER(
            Check.PUBLISHED_IS_LOGGED,
            altered -> altered.published(published -> {
                Collections.swap(published, 0, 1);
                return published;
            })),
    REPEATED_WITH_OTHER_BYTES(
            Check.PUBLISHED_IS_LOGGED,
            altered -> altered.published(published -> {
                var first = published.getFirst();
                published.add(new Published(
                        first.eventId(), first.sequence(), first.accountId(), first.type(), spoiled(first.payload())));
                return published;
            })),
    RECORD_SET_ASIDE(Check.NOTHING_SET_ASIDE, Altered::withOneSetAside);

    private final Check seenBy;
    private final Function<Altered, Evidence> change;

    Corruption(Check seenBy, Function<Altered, Evidence> change) {
        this.seenBy = seenBy;
        this.change = change;
    }

    Check seenBy() {
        return seenBy;
    }

    Evidence of(Evidence evidence) {
        return change.apply(new Altered(evidence));
    }

    /** A copy of the evidence in which one thing differs, of the shard with the longest log if of one. */
    record Altered(Evidence evidence) {

        Evidence shard(UnaryOperator<Shard> change) {
            var longest = evidence.shards().stream()
                    .max((one, other) ->
                            Integer.compare(one.log().size(), other.log().size()))
                    .orElseThrow();
            var shards = evidence.shards().stream()
                    .map(shard -> shard == longest ? change.apply(shard) : shard)
                    .toList();
            return new Evidence(shards, evidence.asked(), evidence.answers(), evidence.setAside(), evidence.at());
        }

        Evidence published(UnaryOperator<List<Published>> change) {
            return shard(shard -> new Shard(
                    shard.position(),
                    shard.intakeEnd(),
                    shard.log(),
                    shard.links(),
                    change.apply(new ArrayList<>(shard.published()))));
        }

        Evidence answers(UnaryOperator<List<RepliedDecision>> change) {
            return new Evidence(
                    evidence.shards(),
                    evidence.asked(),
                    change.apply(new ArrayList<>(evidence.answers())),
                    evidence.setAside(),
                    evidence.at());
        }

        Evidence withOneSetAside() {
            return new Evidence(evidence.shards(), evidence.asked(), evidence.answers(), 1, evidence.at());
        }

        /** Every shard's log. */
        Evidence logs(UnaryOperator<List<StoredEvent>> change) {
            var shards = evidence.shards().stream()
                    .map(shard -> withLog(shard, change))
                    .toList();
            return new Evidence(shards, evidence.asked(), evidence.answers(), evidence.setAside(), evidence.at());
        }
    }

    private static Shard withLog(Shard shard, UnaryOperator<List<StoredEvent>> change) {
        return new Shard(
                shard.position(),
                shard.intakeEnd(),
                change.apply(new ArrayList<>(shard.log())),
                shard.links(),
                shard.published());
    }

    private static Function<Altered, Evidence> log(UnaryOperator<List<StoredEvent>> change) {
        return altered -> altered.shard(shard -> withLog(shard, change));
    }

    private static Function<Altered, Evidence> changedByte() {
        return log(log -> {
            var first = log.removeFirst();
            log.addFirst(row(
                    first, first.pos(), first.seq(), first.eventId(), spoiled(first.payload()), first.causationId()));
            return log;
        });
    }

    /** In every shard that has one, the first of that kind happens again at the end, as an event of its own. */
    private static Function<Altered, Evidence> repeated(Class<? extends LedgerEvent> kind) {
        return altered -> altered.logs(log -> {
            log.stream().filter(row -> kind.isInstance(row.event())).findFirst().ifPresent(row -> {
                var last = log.getLast();
                log.add(row(row, last.pos() + 1, row.seq(), TimeOrderedIds.next(), row.payload(), row.causationId()));
            });
            return log;
        });
    }

    /** In every shard that has one, the first of that kind is gone. */
    private static Function<Altered, Evidence> removed(Class<? extends LedgerEvent> kind) {
        return altered -> altered.logs(log -> {
            log.stream().filter(row -> kind.isInstance(row.event())).findFirst().ifPresent(log::remove);
            return log;
        });
    }

    private static StoredEvent row(StoredEvent of, long pos, long seq, UUID eventId, byte[] payload, UUID causationId) {
        return new StoredEvent(
                of.shard(),
                pos,
                of.accountId(),
                seq,
                eventId,
                of.type(),
                payload,
                causationId,
                of.traceParent(),
                of.atMillis());
    }

    /** The same event with one byte more: JSON's meaning is unchanged, its bytes are not. */
    private static byte[] spoiled(byte[] json) {
        return new String(json, UTF_8).replaceFirst(",", ", ").getBytes(UTF_8);
    }
}
