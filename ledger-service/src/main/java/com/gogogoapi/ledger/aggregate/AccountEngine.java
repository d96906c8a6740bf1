package com.gogogoapi.ledger.aggregate;

import static java.util.stream.Collectors.groupingBy;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.EventType;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.aggregate.BatchOutcome.AppendedShard;
import com.gogogoapi.ledger.aggregate.BatchOutcome.Decided;
import com.gogogoapi.ledger.log.EventIds;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.ShardBatch;
import com.gogogoapi.ledger.log.StoredEvent;
import com.gogogoapi.ledger.snapshot.AccountSnapshot;
import com.gogogoapi.ledger.snapshot.Snapshots;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides batches, in Axon's own terms.
 *
 * <p>A batch is one root unit of work. Each command is dispatched into a unit of work nested in it, so that a command
 * which throws takes back only its own events; an account is loaded at most once a batch and usually not at all. The
 * root's commit writes every event and every consumed offset in one statement. If that fails, the root's rollback gives
 * up the accounts it touched.
 *
 * <p>One engine belongs to one worker thread, with its own command bus, repository and cache: a shard has one owner, so
 * nothing is shared and nothing is locked.
 */
public final class AccountEngine {

    private final LedgerLog ledgerLog;
    private final Snapshots snapshots;
    private final AccountCache cache;
    private final SimpleCommandBus commandBus;

    public AccountEngine(LedgerLog ledgerLog, Snapshots snapshots, HoldPolicy policy, int maxCachedAccounts) {
        this.ledgerLog = ledgerLog;
        this.snapshots = snapshots;
        this.cache = new AccountCache(maxCachedAccounts);
        var resolvers = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(CreditAccount.class),
                new SimpleResourceParameterResolverFactory(List.of(policy)));
        var model = AnnotatedAggregateMetaModelFactory.inspectAggregate(CreditAccount.class, resolvers);
        CachingEventSourcingRepository<CreditAccount> repository = EventSourcingRepository.builder(CreditAccount.class)
                .aggregateModel(model)
                .eventStore(LedgerEventStore.over(new LedgerStorageEngine(ledgerLog, snapshots)))
                .aggregateFactory(new CreditAccountFactory(model))
                .lockFactory(NullLockFactory.INSTANCE)
                .cache(cache)
                .build();
        var handler = AggregateAnnotationCommandHandler.<CreditAccount>builder()
                .aggregateModel(model)
                .parameterResolverFactory(resolvers)
                .repository(repository)
                .commandTargetResolver(AccountEngine::target)
                .build();
        this.commandBus = SimpleCommandBus.builder().build();
        handler.subscribe(commandBus);
    }

    /** Said outright: to look for annotations in every command took a sixth of all the time. */
    private static VersionedAggregateIdentifier target(CommandMessage<?> command) {
        return new VersionedAggregateIdentifier(((Decide) command.getPayload()).accountId(), null);
    }

    /**
     * Decides all of it and appends it.
     *
     * @param undecidable told of each record that could not be decided for a reason of its own; its offset moves all the
     *     same
     * @throws LogUnavailableException if the database failed; nothing is appended then, as far as the database knows
     */
    public BatchOutcome run(List<ShardIntake> intakes, BiConsumer<Decide, Throwable> undecidable) {
        var root = DefaultUnitOfWork.startAndGet(null);
        var batch = new Batch(root);
        try {
            for (var intake : intakes) {
                for (var command : intake.commands()) {
                    batch.decide(command, undecidable);
                }
            }
            root.onCommit(unit -> batch.append(intakes));
            root.commit();
        } catch (RuntimeException e) {
            if (root.isActive()) {
                root.rollback(e);
            }
            cache.removeAll();
            throw e;
        }
        batch.takeSnapshots();
        var outcome = batch.outcome();
        if (!outcome.fenced().isEmpty()) {
            cache.removeAll();
        }
        return outcome;
    }

    /** Gives up all accounts at hand: after an ownership moved they may be out of date. */
    public void forgetAccounts() {
        cache.removeAll();
    }

    /** One batch on its way. */
    private final class Batch {

        private final UnitOfWork<?> root;
        private final List<Step> steps = new ArrayList<>();
        private List<ShardBatch> batches = List.of();
        private Set<Integer> appended = Set.of();

        /** A record and the answer to it. */
        private record Step(Decide command, Answer answer) {

            boolean isOf(ShardBatch batch) {
                return command.shard() == batch.shard();
            }
        }

        Batch(UnitOfWork<?> root) {
            this.root = root;
        }

        void decide(Decide command, BiConsumer<Decide, Throwable> undecidable) {
            var answer = dispatch(command, undecidable);
            if (answer != null && answer.decision() instanceof Decision.NeedsHistory) {
                answer = dispatch(command.with(historyOf(command)), undecidable);
            }
            if (answer != null) {
                steps.add(new Step(command, answer));
            }
        }

        private @Nullable Answer dispatch(Decide command, BiConsumer<Decide, Throwable> undecidable) {
            var answer = new AtomicReference<@Nullable Answer>();
            commandBus.<Decide, Answer>dispatch(new GenericCommandMessage<>(command), (message, result) -> {
                if (!result.isExceptional()) {
                    answer.set(result.getPayload());
                } else if (result.exceptionResult() instanceof LogUnavailableException unavailable) {
                    throw unavailable;
                } else {
                    undecidable.accept(command, result.exceptionResult());
                }
            });
            return answer.get();
        }

        /** The request's events so far: those in the log, then those of this very batch. */
        private List<LedgerEvent> historyOf(Decide command) {
            var history = new ArrayList<LedgerEvent>();
            try {
                ledgerLog
                        .request(command.intake().accountId(), command.intake().requestId())
                        .forEach(stored -> history.add(stored.event()));
            } catch (SQLException e) {
                throw new LogUnavailableException(e);
            }
            for (var step : steps) {
                if (step.answer().decision() instanceof Decision.Decided(LedgerEvent event)
                        && event.requestId().equals(command.intake().requestId())
                        && event.accountId().equals(command.intake().accountId())) {
                    history.add(event);
                }
            }
            return history;
        }

        void append(List<ShardIntake> intakes) {
            var byShard = LedgerStorageEngine.appendedIn(root).stream()
                    .collect(groupingBy(message -> cause(message).shard()));
            batches = intakes.stream()
                    .map(intake -> ShardBatch.of(
                            intake.from(),
                            rows(intake, byShard.getOrDefault(intake.from().shard(), List.of())),
                            List.of(),
                            List.of(),
                            intake.nextOffset()))
                    .toList();
            try {
                appended = ledgerLog.append(batches);
            } catch (SQLException e) {
                throw new LogUnavailableException(e);
            }
        }

        private static List<StoredEvent> rows(ShardIntake intake, List<DomainEventMessage<?>> messages) {
            var rows = new ArrayList<StoredEvent>(messages.size());
            var pos = intake.from().lastPos();
            for (var message : messages) {
                var event = (LedgerEvent) message.getPayload();
                var cause = cause(message);
                rows.add(new StoredEvent(
                        cause.shard(),
                        ++pos,
                        cause.accountId(),
                        message.getSequenceNumber(),
                        EventIds.of(event),
                        EventType.of(event).wireName(),
                        EventJson.write(event),
                        cause.causationId(),
                        cause.traceParent(),
                        cause.at().toEpochMilli()));
            }
            return rows;
        }

        private static Decide cause(DomainEventMessage<?> message) {
            if (message.getMetaData().get(CreditAccount.CAUSE) instanceof Decide cause) {
                return cause;
            }
            throw new IllegalStateException("an event without the command that caused it");
        }

        BatchOutcome outcome() {
            var inTheLog = new ArrayList<AppendedShard>();
            var fenced = new ArrayList<Integer>();
            for (var batch : batches) {
                if (appended.contains(batch.shard())) {
                    inTheLog.add(appendedShard(batch));
                } else {
                    fenced.add(batch.shard());
                }
            }
            return new BatchOutcome(inTheLog, fenced);
        }

        private AppendedShard appendedShard(ShardBatch batch) {
            var events = new ArrayList<LedgerEvent>(batch.events().size());
            var decided = new ArrayList<Decided>();
            for (var step : steps) {
                if (step.isOf(batch)) {
                    decided.add(new Decided(step.command(), step.answer().decision()));
                    if (step.answer().decision() instanceof Decision.Decided(LedgerEvent event)) {
                        events.add(event);
                    }
                }
            }
            return new AppendedShard(batch, events, decided);
        }

        /** Of each account that passed a snapshot's distance, its last state; only of what is in the log. */
        void takeSnapshots() {
            var due = new HashMap<String, AccountSnapshot>();
            for (var step : steps) {
                var answer = step.answer();
                if (answer.decision() instanceof Decision.Decided
                        && appended.contains(step.command().shard())
                        && (Snapshots.isDue(answer.seq())
                                || due.containsKey(step.command().accountId()))) {
                    var accountId = step.command().accountId();
                    due.put(accountId, new AccountSnapshot(accountId, answer.seq(), answer.state()));
                }
            }
            due.values().forEach(snapshots::storeLater);
        }
    }
}
