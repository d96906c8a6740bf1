package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.intake.IntakeAuthenticationRequested;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.intake.SimulatedInstance;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.trust.IntakeGuard;
import com.gogogoapi.ledger.trust.IntakeKeys;
import com.gogogoapi.ledger.trust.ShardTrust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One run: some shards, up to three instances of the ledger, customers, a broker, a database and a clock, moved step by
 * step. Every step is drawn from the seed; the same seed is the same run.
 *
 * <p>An instance can be held up in the middle of a database call while the others go on and its shards are taken from it:
 * that is how a zombie comes to write. It can end at any call, with the call done or not done.
 */
final class World {

    private static final int SHARDS = 3;
    private static final int MAX_INSTANCES = 3;

    /**
     * One world of so many has services that sign and seal, and forgers; the others are from before, and lose what the intake
     * had, which here might be the very records by which a shard begins to ask for seals.
     */
    private static final int AUTHENTICATED_OF = 8;

    private static final IntakeKeys KEYS = new IntakeKeys(Authentic.secrets(), SHARDS);

    /** Believes everybody. */
    private static final class Credulous extends IntakeGuard {

        Credulous(IntakeKeys keys) {
            super(keys);
        }

        @Override
        public Optional<Refusal> refusal(
                IntakeRecord record, @Nullable IntakeAuthor author, @Nullable LedgerIntake asked, ShardTrust trust) {
            return Optional.empty();
        }
    }

    private static final Duration HOLD = Duration.ofSeconds(60);
    private static final int MAX_OPEN_HOLDS = 6;
    private static final int MEANWHILE_STEPS = 8;
    private static final int DRAIN_ROUNDS = 400;

    private final Chance chance;
    private final Set<Defect> defects;
    private final boolean authenticated;
    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedKafka kafka = new SimulatedKafka(SHARDS, clock);
    private final SimulatedDatabase database;
    private final Group group = new Group(SHARDS);
    private final Customers customers;
    private final SimulatedProxies proxies;
    private final Invariants invariants;
    private final List<Running> instances = new ArrayList<>();
    private final Faults faults = new Faults();
    private final Disasters disasters;
    private final DatabaseLosses losses;
    private int members;
    private boolean open = true;
    private boolean calm;

    private final class Running {
        private final int member = members++;
        private final List<SimulatedProducer> producers = new ArrayList<>();
        private int producersMade;
        private final SimulatedInstance instance;
        private boolean busy;

        Running() {
            var weather = new BadWeather(chance, faults, () -> calm, () -> stall(this));
            instance = new SimulatedInstance(
                    new SimulatedConsumer(kafka, group, member, chance),
                    newProducer(),
                    this::newProducer,
                    new SimulatedLog(database, weather, defects),
                    new SimulatedSnapshots(database, weather, chance, defects),
                    new SimulatedPositions(database, weather),
                    new SimulatedExpiringGrants(database, weather, defects),
                    new SimulatedGaps(database, weather, defects),
                    new HoldPolicy(HOLD, MAX_OPEN_HOLDS),
                    SHARDS,
                    clock,
                    defects.contains(Defect.CREDULOUS) ? new Credulous(KEYS) : new IntakeGuard(KEYS),
                    (record, refusal) -> faults.refusals++,
                    Authentic.secret(IntakeAuthor.LEDGER_SERVICE));
        }

        private SimulatedProducer newProducer() {
            var producer = new SimulatedProducer(kafka, chance, defects);
            producers.removeIf(SimulatedProducer::isOver);
            producers.add(producer);
            // One for what somebody waits for, one for the log; any other is made because a send failed.
            faults.newProducers += ++producersMade > 2 ? 1 : 0;
            return producer;
        }

        void turn() {
            act(instance::turn);
        }

        void append() {
            faults.appendsBeside++;
            act(instance::append);
        }

        /** On a thread of its own, since the unit of work belongs to the thread; waited for, so that only one acts. */
        private void act(Runnable what) {
            busy = true;
            var thrown = new AtomicReference<@Nullable Throwable>();
            try {
                Thread.ofVirtual()
                        .uncaughtExceptionHandler((thread, e) -> thrown.set(e))
                        .start(what)
                        .join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            busy = false;
            switch (thrown.get()) {
                case null -> {}
                case Crash crash -> end(this);
                case Throwable failure -> throw new AssertionError("the worker ended", failure);
            }
        }
    }

    /** An instance is held up in a call: its shards are taken from it, and the others go on. */
    private void stall(Running stalled) {
        if (instances.stream().anyMatch(other -> !other.busy)) {
            faults.stalls++;
            group.throwOut(stalled.member, answering(), chance);
            for (var step = chance.between(1, MEANWHILE_STEPS); step > 0; step--) {
                step();
            }
        }
    }

    World(long seed, Set<Defect> defects) {
        this.chance = new Chance(seed);
        this.defects = defects;
        this.database = new SimulatedDatabase(defects);
        this.losses = new DatabaseLosses(database, SHARDS, chance, faults, defects);
        this.authenticated = chance.oneIn(AUTHENTICATED_OF);
        this.customers = new Customers(kafka, database, clock, chance, authenticated, defects);
        this.invariants = new Invariants(kafka, database, HOLD.toMillis(), MAX_OPEN_HOLDS);
        this.proxies = new SimulatedProxies(customers, kafka, database, clock, chance, faults, defects);
        this.disasters = new Disasters(kafka, database, invariants, chance, faults, proxies, clock);
        if (authenticated) {
            for (var shard = 0; shard < SHARDS; shard++) {
                found(shard);
            }
        }
        start();
    }

    /** As the service does when it starts: keys first, then the mark. */
    private void found(int shard) {
        var key = new SigningKeyTrustRequested(
                InstallationAccount.of(shard),
                "operator",
                Authentic.OPERATOR.publicKey(),
                List.of(SigningRole.values()),
                "configuration",
                "founded",
                clock.instant(),
                null);
        for (var asked : List.of(key, IntakeAuthenticationRequested.of(shard, clock.instant()))) {
            var record = EventRecords.record(
                    Topics.LEDGER_INTAKE,
                    shard,
                    asked.accountId().value(),
                    asked,
                    EventMetadata.of(chance.uuid(), "/ledger-service", clock.instant()));
            Authentic.secret(IntakeAuthor.LEDGER_SERVICE).seal(record);
            kafka.append(record);
        }
    }

    /** @throws AssertionError at the first step after which an invariant does not hold */
    Faults run(int steps) {
        for (var step = 0; step < steps; step++) {
            // The faults outlive the customers: nothing that comes later must be needed to mend what they did.
            open = step < steps - steps / 8;
            step();
            invariants.check();
        }
        drain();
        return faults;
    }

    /** Everything that should be, and is, in the log. */
    String story() {
        return invariants.story();
    }

    private void step() {
        disasters.electLeaders();
        var what = chance.below(100);
        if (what < 30) {
            if (!authenticated && chance.oneIn(4)) {
                proxies.act();
            } else if (open) {
                customers.act();
            }
        } else if (what < 60) {
            idle().ifPresent(Running::turn);
        } else if (what < 65) {
            appending().ifPresent(Running::append);
        } else if (what < 85) {
            deliver();
        } else if (what < 93) {
            clock.move(chance.below(3_000));
        } else {
            befall(chance.below(12));
        }
    }

    private void befall(int what) {
        switch (what) {
            case 0 ->
                idle().ifPresent(instance -> {
                    faults.crashes++;
                    end(instance);
                });
            case 1, 2 -> start();
            case 3 -> {
                faults.rebalances++;
                group.rebalance(answering(), chance);
            }
            case 4 -> {
                faults.clockJumps++;
                clock.move(chance.between(10_000, 90_000));
            }
            case 5 -> kafka.skewClock(chance.between(-20_000, 20_000));
            case 6 -> losses.loseSnapshots();
            case 7 -> block();
            case 8 -> losses.loseCommits();
            case 9 -> loseIntake();
            default -> disasters.acceptGap(chance.below(SHARDS));
        }
    }

    /** A producer takes nothing, or takes something again. */
    private void block() {
        if (!instances.isEmpty()) {
            var blocked = chance.oneIn(3);
            faults.blockedSenders += blocked ? 1 : 0;
            chance.of(chance.of(instances).producers).block(blocked);
        }
    }

    /** What was read before must be in the log or be forgotten; otherwise it would be the same as if nothing were lost. */
    private void loseIntake() {
        if (authenticated || !chance.oneIn(3) || instances.stream().anyMatch(instance -> instance.busy)) {
            return;
        }
        var anew = chance.oneIn(4);
        if (anew || chance.oneIn(2) || appending().isPresent()) {
            List.copyOf(instances).forEach(this::end);
        }
        if (anew) {
            disasters.makeTopicAnew();
        } else {
            disasters.strike(chance.below(SHARDS));
        }
    }

    private void start() {
        var topicIsRight = defects.contains(Defect.ANY_TOPIC) || disasters.isTopicAccepted(calm || chance.oneIn(2));
        if (instances.size() < MAX_INSTANCES && topicIsRight) {
            instances.add(new Running());
            group.rebalance(answering(), chance);
        }
    }

    private void end(Running instance) {
        instances.remove(instance);
        instance.producers.forEach(SimulatedProducer::crash);
        group.throwOut(instance.member, answering(), chance);
    }

    private List<Integer> answering() {
        return instances.stream()
                .filter(instance -> !instance.busy)
                .map(instance -> instance.member)
                .toList();
    }

    private Optional<Running> idle() {
        return oneOf(running -> !running.busy);
    }

    private Optional<Running> appending() {
        return oneOf(running -> !running.busy && running.instance.isAppending());
    }

    private Optional<Running> oneOf(Predicate<Running> which) {
        var those = instances.stream().filter(which).toList();
        return those.isEmpty() ? Optional.empty() : Optional.of(chance.of(those));
    }

    private void deliver() {
        var sending = instances.stream()
                .flatMap(instance -> instance.producers.stream())
                .filter(producer -> !producer.isIdle())
                .toList();
        if (sending.isEmpty()) {
            return;
        }
        var producer = chance.of(sending);
        for (var count = chance.between(1, 6); count > 0 && !producer.isIdle(); count--) {
            if (chance.oneIn(25) && producer.failOne()) {
                faults.lostSends++;
            } else {
                producer.proceed();
            }
        }
    }

    /** The faults end, the instances go on until there is nothing left to do; then all holds have to end too. */
    private void drain() {
        calm = true;
        group.calm();
        kafka.skewClock(0);
        if (instances.isEmpty()) {
            start();
        }
        group.settle(answering(), chance);
        for (var round = 0; round < DRAIN_ROUNDS; round++) {
            turnAll();
            invariants.check();
            // Holds end by the clock, once the intake has nothing older to say of them.
            clock.move(invariants.isDecided() ? HOLD.toMillis() / 2 : 600);
            for (var shard = 0; shard < SHARDS; shard++) {
                disasters.acceptGap(shard);
            }
            disasters.electLeaders();
            proxies.settle();
            var parked = invariants.isDecided() && customers.skipParked();
            var underWay = invariants.isDecided() && !parked && customers.completeTransfers();
            if (round > 5
                    && !parked
                    && !underWay
                    && invariants.isQuiet(clock.millis())
                    && isSilent()
                    && proxies.isSilent()) {
                break;
            }
        }
        invariants.checkAtTheEnd(clock.millis());
        proxies.checkAtTheEnd();
        customers.checkTransfers();
        faults.events += invariants.events();
        for (var expired : invariants.expired()) {
            faults.expiries++;
            faults.laterParts += expired.part() > 1 ? 1 : 0;
        }
    }

    private void turnAll() {
        for (var instance : List.copyOf(instances)) {
            instance.producers.forEach(producer -> producer.block(false));
            instance.turn();
            List.copyOf(instance.producers).forEach(SimulatedProducer::settle);
        }
    }

    private boolean isSilent() {
        return instances.stream()
                .flatMap(instance -> instance.producers.stream())
                .allMatch(SimulatedProducer::isIdle);
    }

    /** For a failure's message. */
    @Nullable
    String describe() {
        return faults.toString();
    }
}
