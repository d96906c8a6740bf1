package com.gogogoapi.ledger.simulation;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Grants.aRevocationOf;
import static com.gogogoapi.fixtures.Grants.eventOfGrant;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.askedBy;
import static com.gogogoapi.fixtures.Requests.theEndOf;
import static com.gogogoapi.fixtures.Requests.within;
import static java.time.temporal.ChronoUnit.SECONDS;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.Limits;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.fixtures.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Everybody who sends to the intake, as unreliably as they are: repeating, forgetting, guessing, and sometimes mad. */
final class Customers {

    private static final int QUOTE_VALID_MILLIS = 20_000;

    private final SimulatedKafka kafka;
    private final SimulatedDatabase database;
    private final SimulatedClock clock;
    private final Chance chance;
    private final List<AccountId> accounts;
    private final boolean authenticated;
    private final SimulatedTransfers transfers;
    private final Forger forger;
    private final List<QuoteRequested> quotes = new ArrayList<>();
    private final Set<QuoteRequested> ended = new HashSet<>();
    private final List<LedgerIntake> sent = new ArrayList<>();
    private final List<ProducerRecord<String, byte[]>> sentRecords = new ArrayList<>();
    private int grants;
    private int revocations;

    /** @param authenticated whether they sign and seal what they send, so that forgers can be told from them */
    Customers(
            SimulatedKafka kafka,
            SimulatedDatabase database,
            SimulatedClock clock,
            Chance chance,
            boolean authenticated,
            Set<Defect> defects) {
        this.transfers = new SimulatedTransfers(kafka.shards(), database, clock, chance, defects);
        this.authenticated = authenticated;
        this.forger = new Forger(kafka, clock, chance);
        this.kafka = kafka;
        this.database = database;
        this.clock = clock;
        this.chance = chance;
        this.accounts = List.of("acct_a", "acct_b", "acct_c", "acct_d").stream()
                .map(AccountId::new)
                .toList();
    }

    void act() {
        if (authenticated && chance.oneIn(8)) {
            forger.act(chance.of(accounts), sentRecords);
            return;
        }
        var what = chance.below(100);
        if (what < 10) {
            send(grant());
        } else if (what < 13) {
            send(revocation());
        } else if (what < 15) {
            send(transfers.next(accounts));
        } else if (what < 50) {
            var quote = quote();
            quotes.add(quote);
            send(quote);
        } else if (what < 80 && !quotes.isEmpty()) {
            // Mostly the latest; any can be completed, also one that was refused or is long over.
            var recent = quotes.subList(Math.max(0, quotes.size() - 8), quotes.size());
            send(completed(chance.oneIn(6) ? chance.of(quotes) : chance.of(recent)));
        } else if (what < 92 && !sent.isEmpty()) {
            send(chance.of(sent));
        } else if (what < 94) {
            poison(chance.of(accounts));
        } else {
            resumeOne();
        }
    }

    private GrantRequested grant() {
        var account = chance.of(accounts);
        var reference = "grant " + (chance.oneIn(4) ? chance.below(grants + 1) : ++grants);
        var usd = chance.oneIn(2) ? "0.001" : "0.0002";
        var priority = chance.oneIn(2) ? null : chance.below(3) * 100;
        // Of few different instants, so that some expire at the same.
        var expiresAt = chance.oneIn(2)
                ? null
                : clock.instant().plusMillis(20_000L * chance.between(1, 6)).truncatedTo(SECONDS);
        return aGrantOf(account, usd, reference, new GrantTerms(priority, expiresAt), clock.instant());
    }

    /** Mostly of a grant that the account may have; all of it and more, or a part. */
    private CreditRevocationRequested revocation() {
        var account = chance.of(accounts);
        var grant = "grant " + chance.below(grants + 1);
        var corrected = chance.oneIn(4) ? chance.uuid() : eventOfGrant(account, grant);
        var reference = "revocation " + (chance.oneIn(4) ? chance.below(revocations + 1) : ++revocations);
        var usd = chance.oneIn(3) ? "0.0011" : "0.00015";
        return aRevocationOf(account, usd, reference, corrected, clock.instant());
    }

    /** Sends whatever has left and has not arrived to where it is to arrive; false if there is nothing. */
    boolean completeTransfers() {
        var toArrive = transfers.toArrive();
        toArrive.forEach(arrival -> deliver(record(arrival)));
        return !toArrive.isEmpty();
    }

    void checkTransfers() {
        transfers.check();
    }

    private QuoteRequested quote() {
        var account = chance.oneIn(2) ? accounts.getFirst() : chance.of(accounts);
        var prompt = chance.below(1_000);
        var completion = chance.below(1_500);
        var requestId = chance.requestId(clock.millis() - chance.below(2_000));
        var now = clock.instant();
        var quote =
                aQuoteOf(Route.FLASH, account, requestId, prompt, completion, now, now.plusMillis(QUOTE_VALID_MILLIS));
        return chance.oneIn(2) ? quote : ofAKey(quote);
    }

    /** Some with budgets, some without: all are counted. */
    private QuoteRequested ofAKey(QuoteRequested quote) {
        // A budget is soon used up: another key every few quotes, so that there is always one that is not.
        var asked = askedBy(RequestedBy.key(new UUID(7, quotes.size() / 8)), quote);
        if (chance.oneIn(3)) {
            return asked;
        }
        var key = BudgetScope.ofKey(asked.requestedBy().keyId());
        var limit = Usd.usd(chance.oneIn(2) ? "0.0004" : "0.0008");
        return within(
                new Limits(
                        List.of(
                                new Budget(key, chance.oneIn(2) ? BudgetWindow.DAY : BudgetWindow.TOTAL, limit, false),
                                new Budget(
                                        BudgetScope.ofAccount(quote.accountId()),
                                        BudgetWindow.MONTH,
                                        Usd.usd("0.005"),
                                        chance.oneIn(3))),
                        List.of()),
                asked);
    }

    private UpstreamCompleted completed(QuoteRequested quote) {
        ended.add(quote);
        var free = chance.oneIn(5);
        var prompt = chance.oneIn(6) ? quote.promptTokens() + 500 : quote.promptTokens();
        var usage = new TokenUsage(
                prompt,
                prompt == 0 ? 0 : chance.below((int) prompt),
                chance.below((int) quote.maxCompletionTokens() + 1));
        return free
                ? theEndOf(quote, Outcome.UPSTREAM_FAILED, null, clock.instant())
                : theEndOf(quote, Outcome.COMPLETED, usage, clock.instant());
    }

    /** An operator lets a parked account go on; sometimes from where it is not. */
    private void resumeOne() {
        var first = database.parked.values().stream()
                .flatMap(rows -> rows.values().stream())
                .findFirst();
        first.ifPresent(parked -> send(new ParkedResumeRequested(
                new AccountId(parked.record().accountId()),
                chance.oneIn(5) ? parked.offset() + 1 : parked.offset(),
                chance.oneIn(3) ? ParkedResumeRequested.Action.RETRY : ParkedResumeRequested.Action.SKIP,
                "operator",
                "it is mended",
                clock.instant(),
                null)));
    }

    /** Skips whatever is parked, as an operator would at the end of a bad day. */
    boolean skipParked() {
        var firsts = new java.util.TreeMap<String, Long>();
        database.parked.values().forEach(rows -> rows.values()
                .forEach(row -> firsts.putIfAbsent(row.record().accountId(), row.offset())));
        firsts.forEach((account, offset) -> deliver(record(new ParkedResumeRequested(
                new AccountId(account),
                offset,
                ParkedResumeRequested.Action.SKIP,
                "operator",
                "the end of a bad day",
                clock.instant(),
                null))));
        return !firsts.isEmpty();
    }

    private void send(LedgerIntake intake) {
        sent.add(intake);
        if (chance.oneIn(12)) {
            return; // lost on the way
        }
        var record = record(intake);
        deliver(record);
        if (chance.oneIn(12)) {
            deliver(record); // a retry whose first try had arrived
        }
    }

    private ProducerRecord<String, byte[]> record(LedgerIntake intake) {
        var metadata = EventMetadata.of(chance.uuid(), "/customers", clock.instant())
                .answeringTo(chance.below(kafka.shards()));
        if (!authenticated) {
            return EventRecords.record(
                    Topics.LEDGER_INTAKE, null, intake.accountId().value(), intake, metadata);
        }
        var record = EventRecords.record(
                Topics.LEDGER_INTAKE, null, intake.accountId().value(), Authentic.signed(intake), metadata);
        Authentic.secretFor(intake).seal(record);
        sentRecords.add(record);
        return record;
    }

    /** A request of late whose end is somebody else's to say from now on. */
    Optional<QuoteRequested> handOver(Predicate<QuoteRequested> isReserved) {
        var recent = quotes.subList(Math.max(0, quotes.size() - 8), quotes.size()).stream()
                .filter(quote -> !ended.contains(quote) && isReserved.test(quote))
                .toList();
        if (recent.isEmpty()) {
            return Optional.empty();
        }
        var quote = chance.of(recent);
        quotes.remove(quote);
        return Optional.of(quote);
    }

    /** Somebody else's, who sends it under an identity that it has for good. */
    void deliverAs(UUID eventId, LedgerIntake intake) {
        var metadata = EventMetadata.of(eventId, "/proxies", clock.instant()).answeringTo(chance.below(kafka.shards()));
        deliver(EventRecords.record(
                Topics.LEDGER_INTAKE, null, intake.accountId().value(), intake, metadata));
    }

    private void poison(AccountId account) {
        var record = new ProducerRecord<>(
                Topics.LEDGER_INTAKE, account.value(), "{\"broken\":".getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_type", "com.gogogoapi.GrantRequested.v1".getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_id", chance.uuid().toString().getBytes(StandardCharsets.UTF_8));
        if (authenticated) {
            Authentic.secret(IntakeAuthor.PROXY_SERVICE).seal(record);
        }
        deliver(record);
    }

    private void deliver(ProducerRecord<String, byte[]> record) {
        if (chance.oneIn(30)) {
            kafka.skipOffset(kafka.shardOf(record.key()));
        }
        kafka.append(record);
    }
}
