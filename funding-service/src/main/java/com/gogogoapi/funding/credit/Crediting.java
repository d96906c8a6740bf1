package com.gogogoapi.funding.credit;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.OutboxThread;
import com.gogogoapi.chassis.kafka.OutboxThread.NotPublishedException;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.deposits.Deposit;
import com.gogogoapi.funding.deposits.DepositsToCredit;
import com.gogogoapi.funding.deposits.RejectReason;
import com.gogogoapi.funding.rpc.RpcException;
import com.gogogoapi.funding.settings.FundingProperties;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Has the ledger credit what is final. It is asked under the deposit's own name, always with the very same record, and again until its
 * log has an answer: however often it is asked, by however many instances, it credits once.
 */
@Component
class Crediting {

    private static final Logger log = LoggerFactory.getLogger(Crediting.class);

    private static final int AT_ONCE = 50;
    /** Fewer than there are connections to the database, which the watchers need too. */
    private static final int LOOKED_AT_ONCE = 6;

    /** Short, since one that is looked at twice is credited once all the same. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    private static final Duration ANSWER_AFTER = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMinutes(1);

    private final DepositsToCredit deposits;
    private final Chains chains;
    private final EarlyCredits earlyCredits;
    private final Obstacles obstacles;
    private final Screening screening;
    private final Duration screenAgain;
    private final Duration lookAgain;
    private final OrderKey orderKey;
    private final EventPublisher publisher;
    private final LedgerAnswers answers;
    private final Clock clock;

    Crediting(
            DepositsToCredit deposits,
            Chains chains,
            EarlyCredits earlyCredits,
            Obstacles obstacles,
            Screening screening,
            FundingProperties properties,
            OrderKey orderKey,
            EventPublisher publisher,
            LedgerAnswers answers,
            Clock clock) {
        this.deposits = deposits;
        this.chains = chains;
        this.earlyCredits = earlyCredits;
        this.obstacles = obstacles;
        this.screening = screening;
        this.screenAgain = properties.screening().askAgainAfter();
        this.lookAgain = properties.lookAgainAfter();
        this.orderKey = orderKey;
        this.publisher = publisher;
        this.answers = answers;
        this.clock = clock;
    }

    /** Everything that is due, once. */
    void turn() {
        int claimed;
        do {
            var due = deposits.claim(LEASE, AT_ONCE);
            lookAtOnce(due);
            claimed = due.size();
        } while (claimed == AT_ONCE);
    }

    /** Each waits for Kafka and for the ledger, and not for the others. */
    private void lookAtOnce(List<Deposit> due) {
        try (var threads =
                Executors.newFixedThreadPool(LOOKED_AT_ONCE, Thread.ofVirtual().factory())) {
            var looks = due.stream()
                    .map(deposit -> CompletableFuture.runAsync(() -> look(deposit), threads))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(looks).join();
        }
    }

    private void look(Deposit deposit) {
        try {
            var early = earlyCredits.grantOf(deposit);
            if (early.isPresent()) {
                ask(deposit, early.get());
            } else if (deposit.askedAt() != null || mayBeAsked(deposit)) {
                ask(deposit, grant(deposit));
            }
        } catch (IOException | RpcException | NotPublishedException e) {
            log.warn("deposit {} is not credited yet: {}", deposit.reference(), e.getMessage());
            deposits.waits(deposit, String.valueOf(e.getMessage()), lookAgain);
        }
    }

    /** Whether nothing is in the way; what is, is kept with the deposit. */
    private boolean mayBeAsked(Deposit deposit) throws IOException {
        var chain = chains.byId(deposit.chainId());
        var token = chain.flatMap(known -> known.token(String.valueOf(deposit.symbol())));
        if (chain.isEmpty() || token.isEmpty()) {
            deposits.waits(deposit, "The token is not among those that are credited any more.", lookAgain);
            return false;
        }
        var obstacle = obstacles.of(chain.get(), token.get(), deposit.address());
        if (obstacle.isPresent()) {
            deposits.waits(deposit, obstacle.get(), lookAgain);
            return false;
        }
        return !screening.isOn() || deposit.screening() != null || isScreened(deposit);
    }

    private boolean isScreened(Deposit deposit) throws IOException {
        var answer = screening.ask(deposit);
        return switch (answer.decision()) {
            case ALLOW -> {
                deposits.screened(deposit, answer.text());
                yield true;
            }
            case HOLD -> {
                deposits.waits(deposit, "It is being looked at by whoever screens deposits.", screenAgain);
                yield false;
            }
            case REJECT -> {
                deposits.rejected(deposit, RejectReason.SCREENING, answer.text());
                yield false;
            }
        };
    }

    private void ask(Deposit deposit, GrantRequested grant) throws IOException {
        var lastAsked = deposit.askedAt();
        if (lastAsked == null || lastAsked.plus(ASK_AGAIN_AFTER).isBefore(clock.instant())) {
            // Before it is sent: what may have been sent can never be rejected any more, and what was rejected is not
            // sent.
            if (!deposits.asked(deposit)) {
                return;
            }
            var eventId = TimeOrderedIds.named("deposit", grant.reference());
            OutboxThread.awaitDelivery(publisher.toLedger(eventId, orderKey.signed(grant), null, null));
        }
        var answer = answers.to(deposit.account(), grant.requestId());
        if (answer.isEmpty()) {
            deposits.waits(deposit, null, ANSWER_AFTER);
            return;
        }
        if (answer.get() instanceof CreditGranted granted) {
            deposits.credited(deposit);
            log.info(
                    "deposit {} is credited: {} USD to {}",
                    deposit.reference(),
                    granted.amountUsd(),
                    deposit.account());
        } else if (answer.get() instanceof CreditRefused refused) {
            deposits.waits(deposit, "The ledger refused it: " + refused.reason() + ".", lookAgain);
        }
    }

    /** Always the same of a deposit. */
    static GrantRequested grant(Deposit deposit) {
        return DepositGrant.of(
                deposit.account(),
                deposit.reference(),
                Objects.requireNonNull(deposit.amountUsd()),
                finalAt(deposit),
                deposit.tokens() + " " + deposit.symbol() + " from " + deposit.sender());
    }

    private static Instant finalAt(Deposit deposit) {
        return Objects.requireNonNull(deposit.finalAt());
    }
}
