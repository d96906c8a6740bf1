package com.gogogoapi.acceptance.chaos;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.fail;

import com.gogogoapi.acceptance.chaos.Evidence.Asked;
import com.gogogoapi.acceptance.chaos.Evidence.RepliedDecision;
import com.gogogoapi.acceptance.chaos.Evidence.Shard;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.ledger.log.StoredEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the evidence: each {@link Check} by itself, so that a broken ledger is told by what it broke.
 *
 * <p>Knows the contracts and the log's columns, and none of the ledger's code that decides.
 */
final class Books {

    /** More examples of one violation say nothing more. */
    private static final int MAX_EXAMPLES = 10;

    /** As many as fit a screen, of all checks together. */
    private static final int EXAMPLES_TOLD = 2;

    private static final int MOST_CHARS = 240;

    private final Evidence evidence;
    private final Map<Check, List<String>> violations = new EnumMap<>(Check.class);
    private final Map<UUID, List<LedgerEvent>> byRequest = new LinkedHashMap<>();
    private final Map<String, StoredEvent> byEventId = new HashMap<>();

    Books(Evidence evidence) {
        this.evidence = evidence;
        for (var shard : evidence.shards()) {
            for (var stored : shard.log()) {
                var event = stored.event();
                byRequest
                        .computeIfAbsent(event.requestId(), id -> new ArrayList<>())
                        .add(event);
                byEventId.put(stored.eventId().toString(), stored);
            }
        }
    }

    /** What is wrong, by check; empty if nothing is. */
    Map<Check, List<String>> violations() {
        evidence.answers().forEach(this::acknowledgedIsLogged);
        answersAreStable();
        askedIsAnswered();
        byRequest.values().forEach(this::holdEndsOnce);
        nothingUnasked();
        nothingStaysHeld();
        if (evidence.setAside() != 0) {
            report(Check.NOTHING_SET_ASIDE, evidence.setAside() + " were");
        }
        for (var shard : evidence.shards()) {
            new ShardBooks(shard, this::report).check();
        }
        accountsAddUp();
        return violations;
    }

    /** Asserts every check under its own name, with an example or two of what breaks it. */
    void assertRight() {
        var found = violations();
        if (!found.isEmpty()) {
            fail("What must be true of the books and is not:%n%s"
                    .formatted(found.entrySet().stream()
                            .map(broken -> "- %s: %s"
                                    .formatted(
                                            broken.getKey(),
                                            broken.getValue().stream()
                                                    .limit(EXAMPLES_TOLD)
                                                    .map(Books::cut)
                                                    .collect(Collectors.joining("; "))))
                            .collect(Collectors.joining(System.lineSeparator()))));
        }
    }

    private static String cut(String example) {
        return example.length() <= MOST_CHARS ? example : example.substring(0, MOST_CHARS) + " …";
    }

    private void report(Check check, String example) {
        var examples = violations.computeIfAbsent(check, broken -> new ArrayList<>());
        if (examples.size() < MAX_EXAMPLES) {
            examples.add(example);
        }
    }

    private void acknowledgedIsLogged(RepliedDecision answer) {
        var stored = byEventId.get(answer.eventId());
        if (stored == null
                || !stored.type().equals(answer.type())
                || !Arrays.equals(stored.payload(), answer.payload())) {
            report(Check.ACKNOWLEDGED_IS_LOGGED, answer.eventId() + " of type " + answer.type());
        }
    }

    private void answersAreStable() {
        var asked = evidence.asked().stream().collect(Collectors.toMap(Asked::id, Asked::intake, (one, same) -> one));
        var answers = new HashMap<String, Set<String>>();
        for (var answer : evidence.answers()) {
            var intake = asked.get(answer.causationId());
            if (intake == null) {
                report(Check.NOTHING_UNASKED, "an answer caused by " + answer.causationId());
            } else {
                answers.computeIfAbsent(
                                intake.getClass().getSimpleName() + " " + intake.requestId(), id -> new HashSet<>())
                        .add(answer.eventId() + Arrays.hashCode(answer.payload()));
            }
        }
        answers.forEach((question, different) -> {
            if (different.size() != 1) {
                report(Check.ANSWERS_ARE_STABLE, question + " was answered in " + different.size() + " ways");
            }
        });
    }

    private void askedIsAnswered() {
        var asked = evidence.asked().stream().map(Asked::intake).collect(groupingBy(CreditIntake::requestId));
        asked.forEach((request, intakes) -> {
            var events = byRequest.getOrDefault(request, List.of());
            var answers = events.stream().filter(Books::isAnswer).count();
            var wanted = intakes.stream()
                            .anyMatch(intake -> intake instanceof QuoteRequested
                                    || intake instanceof GrantRequested
                                    || intake instanceof CreditRevocationRequested
                                    || intake instanceof CreditTransferRequested)
                    ? 1
                    : 0;
            if (answers != wanted) {
                report(Check.ASKED_IS_ANSWERED, request + " has " + answers + " answers");
            }
            var reserved = events.stream().anyMatch(CreditReserved.class::isInstance);
            var used = intakes.stream()
                    .anyMatch(intake -> intake instanceof UpstreamCompleted completed && completed.usage() != null);
            var charges =
                    events.stream().filter(CreditSettled.class::isInstance).count();
            if (charges != (reserved && used ? 1 : 0)) {
                report(Check.CHARGED_ONCE, request + " was charged " + charges + " times");
            }
        });
    }

    private static boolean isAnswer(LedgerEvent event) {
        return switch (event) {
            case CreditGranted granted -> true;
            case CreditReserved reserved -> true;
            case CreditRefused refused -> true;
            case CreditSettled settled -> false;
            case CreditReleased released -> false;
            case CreditExpired expired -> false;
            case CreditRevoked revoked -> true;
            case CreditTransferred transferred -> true;
            case ParkedAccountResumed resumed -> true;
            case InstallationEvent done -> true;
        };
    }

    private void holdEndsOnce(List<LedgerEvent> events) {
        var life = events.stream().map(Books::step).collect(Collectors.joining(" "));
        if (!life.matches(
                "granted( over)*|revoked|transferred|refused|founded|reserved( (settled|released|expired( late)?))?")) {
            report(Check.HOLDS_END_ONCE, events.getFirst().requestId() + ": " + life);
        }
    }

    private static String step(LedgerEvent event) {
        return switch (event) {
            case CreditGranted granted -> "granted";
            case CreditReserved reserved -> "reserved";
            case CreditRefused refused -> "refused";
            case CreditSettled settled -> settled.late() ? "late" : "settled";
            case CreditReleased released -> isByTheClock(released) ? "expired" : "released";
            case CreditExpired expired -> "over";
            case CreditRevoked revoked -> "revoked";
            case CreditTransferred transferred -> "transferred";
            case ParkedAccountResumed resumed -> "resumed";
            case InstallationEvent done -> "founded";
        };
    }

    private static boolean isByTheClock(CreditReleased released) {
        return switch (released.outcome()) {
            case HOLD_EXPIRED -> true;
            case UPSTREAM_FAILED, TIMED_OUT, INTERRUPTED, NOTHING_SERVED, CLIENT_LEFT_EARLY -> false;
            case COMPLETED, USAGE_MISSING, CLIENT_LEFT, CLIENT_LEFT_AGAIN -> false;
            case UPSTREAM_FAILED_MIDWAY, TIMED_OUT_MIDWAY, INTERRUPTED_MIDWAY -> false;
        };
    }

    private void nothingUnasked() {
        var asked = evidence.asked().stream()
                .collect(groupingBy(Asked::id, Collectors.mapping(Asked::intake, Collectors.toSet())));
        byEventId.forEach((id, stored) -> {
            var causes = asked.getOrDefault(stored.causationId().toString(), Set.of());
            // What the installation says of itself, its configuration caused.
            if (!(stored.event() instanceof InstallationEvent)
                    && causes.stream().noneMatch(cause -> canCause(cause, stored.event()))) {
                report(Check.NOTHING_UNASKED, stored.type() + " " + id);
            }
        });
    }

    private static boolean canCause(CreditIntake cause, LedgerEvent event) {
        return cause.accountId().equals(event.accountId())
                && cause.requestId().equals(event.requestId())
                && switch (event) {
                    case CreditGranted granted -> cause instanceof GrantRequested;
                    case CreditReserved reserved -> cause instanceof QuoteRequested;
                    case CreditRefused refused ->
                        cause instanceof QuoteRequested
                                || cause instanceof CreditRevocationRequested
                                || cause instanceof CreditTransferRequested;
                    case CreditSettled settled ->
                        cause instanceof UpstreamCompleted completed
                                && statedUsage(settled).equals(completed.usage());
                    case CreditRevoked revoked -> cause instanceof CreditRevocationRequested;
                    case CreditTransferred transferred -> cause instanceof CreditTransferRequested;
                    case ParkedAccountResumed resumed -> false;
                    case InstallationEvent done -> false;
                    case CreditExpired expired -> cause instanceof GrantExpiryDue;
                    case CreditReleased released ->
                        isByTheClock(released)
                                ? cause instanceof HoldExpiryDue
                                : cause instanceof UpstreamCompleted completed
                                        && completed.outcome() == released.outcome();
                };
    }

    /** What the upstream said, of which no more is charged than its hold allows. */
    private static TokenUsage statedUsage(CreditSettled settled) {
        var above = settled.aboveHold();
        return above == null ? settled.usage() : above.statedUsage();
    }

    /** Holds that have not ended. */
    List<CreditReserved> openHolds() {
        return byRequest.values().stream()
                .filter(events -> events.size() == 1)
                .map(List::getFirst)
                .flatMap(event -> event instanceof CreditReserved reserved ? Stream.of(reserved) : Stream.empty())
                .toList();
    }

    private void nothingStaysHeld() {
        openHolds().stream()
                .filter(hold -> !hold.expiresAt().isAfter(evidence.at()))
                .forEach(hold -> report(Check.NOTHING_STAYS_HELD, hold.requestId() + " is still held"));
    }

    private void accountsAddUp() {
        evidence.shards().stream()
                .map(Shard::log)
                .flatMap(List::stream)
                .collect(groupingBy(StoredEvent::accountId))
                .forEach((account, story) -> new AccountBooks(account, this::report).check(story));
    }
}
