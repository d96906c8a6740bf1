package com.gogogoapi.funding.credit;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.OutboxThread;
import com.gogogoapi.chassis.kafka.OutboxThread.NotPublishedException;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.deposits.Deposit;
import com.gogogoapi.funding.rpc.Nodes;
import com.gogogoapi.funding.rpc.RpcException;
import com.gogogoapi.funding.settings.FundingProperties;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Credits a payment that is settled before it is final, as far as the operator's limit for an account and a day goes. The deposit that it
 * becomes is known again by its authorisation, in whichever transaction and at whichever place of a block that ends up, and is credited
 * under the reference of then: a repeat, which changes nothing.
 */
@Component
public class EarlyCredits {

    private static final Logger log = LoggerFactory.getLogger(EarlyCredits.class);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMinutes(1);

    private final EarlyCreditRows rows;
    private final Obstacles obstacles;
    private final Screening screening;
    private final Nodes nodes;
    private final OrderKey orderKey;
    private final EventPublisher publisher;
    private final LedgerAnswers answers;
    private final BigDecimal limit;
    private final Clock clock;

    EarlyCredits(
            EarlyCreditRows rows,
            Obstacles obstacles,
            Screening screening,
            Nodes nodes,
            OrderKey orderKey,
            EventPublisher publisher,
            LedgerAnswers answers,
            FundingProperties properties,
            Clock clock) {
        this.rows = rows;
        this.obstacles = obstacles;
        this.screening = screening;
        this.nodes = nodes;
        this.orderKey = orderKey;
        this.publisher = publisher;
        this.answers = answers;
        this.limit = properties.x402().earlyCreditPerDay();
        this.clock = clock;
    }

    /**
     * Credits it, if it may be; to be asked again until it is.
     *
     * @param deposit as it would be if it were final
     * @return whether the ledger has it
     * @throws IOException if that is not known now
     */
    public boolean credit(UUID payment, Chain chain, Token token, Deposit deposit) throws IOException {
        var known = rows.of(payment);
        if (known.isEmpty()) {
            if (!mayBe(chain, token, deposit) || !rows.begin(payment, deposit, limit)) {
                return false;
            }
            log.info("payment {} is credited before it is final, as {}", payment, deposit.reference());
            known = rows.of(payment);
        }
        return known.isPresent() && (known.get().isCredited() || ask(known.get()));
    }

    private boolean mayBe(Chain chain, Token token, Deposit deposit) throws IOException {
        var usd = deposit.amountUsd();
        return usd != null
                && usd.amount().compareTo(limit) <= 0
                && obstacles.of(chain, token, deposit.address()).isEmpty()
                && (!screening.isOn() || screening.ask(deposit).decision() == Screening.Decision.ALLOW);
    }

    private boolean ask(EarlyCredit credit) throws IOException {
        var grant = grant(credit);
        var asked = credit.askedAt();
        try {
            if (asked == null || asked.plus(ASK_AGAIN_AFTER).isBefore(clock.instant())) {
                var eventId = TimeOrderedIds.named("deposit", credit.reference());
                OutboxThread.awaitDelivery(publisher.toLedger(eventId, orderKey.signed(grant), null, null));
                rows.asked(credit);
            }
        } catch (NotPublishedException e) {
            throw new IOException("the ledger cannot be asked", e);
        }
        if (answers.to(credit.account(), grant.requestId()).orElse(null) instanceof CreditGranted) {
            rows.credited(credit);
            return true;
        }
        return false;
    }

    /** Whether the ledger has a payment already. */
    public boolean isCredited(UUID payment) {
        return rows.of(payment).map(EarlyCredit::isCredited).orElse(false);
    }

    /** Whether it was to be credited before it is final. */
    public boolean isBegun(UUID payment) {
        return rows.of(payment).isPresent();
    }

    /** The payment will never arrive: what was credited for it is the operator's loss, until he takes it back. */
    public void lost(UUID payment) {
        rows.of(payment)
                .filter(credit -> rows.lost(credit))
                .ifPresent(credit -> log.error(
                        "payment {} was credited before it was final and will never arrive: {} USD of {} are lost, {}",
                        payment,
                        credit.amountUsd(),
                        credit.account(),
                        credit.reference()));
    }

    /** How many payments were, and were never taken back here. */
    public long lost() {
        return rows.countLost();
    }

    /** The grant under which a final deposit is credited already, if it is a payment's that was. */
    Optional<GrantRequested> grantOf(Deposit deposit) throws RpcException {
        for (var credit : rows.candidates(deposit)) {
            if (credit.isOf(deposit) || isTransferOf(credit, deposit)) {
                rows.becomes(credit, deposit);
                return Optional.of(grant(credit));
            }
        }
        return Optional.empty();
    }

    private boolean isTransferOf(EarlyCredit credit, Deposit deposit) throws RpcException {
        var believed = nodes.of(deposit.chainId()).believed();
        if (believed.isEmpty()) {
            throw new RpcException(RpcException.Kind.AWAY, "no node says whose payment it is");
        }
        var receipt = believed.getFirst()
                .receipt(deposit.transactionHash())
                .orElseThrow(() -> new RpcException(RpcException.Kind.UNREADABLE, "it has no receipt of the deposit"));
        return credit.transfer()
                .in(receipt)
                .filter(transfer -> transfer.index() == deposit.logIndex())
                .isPresent();
    }

    /** Always the same of a payment. */
    private static GrantRequested grant(EarlyCredit credit) {
        return DepositGrant.of(
                credit.account(), credit.reference(), credit.amountUsd(), credit.requestedAt(), credit.reason());
    }

    /** How much may still be credited to an account before it is final. */
    public Usd left(AccountId account) {
        return new Usd(limit.subtract(rows.lately(account)).max(BigDecimal.ZERO));
    }
}
