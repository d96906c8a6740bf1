package com.gogogoapi.funding.x402;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.credit.EarlyCredits;
import com.gogogoapi.funding.deposits.Deposit;
import com.gogogoapi.funding.deposits.DepositState;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.Block;
import com.gogogoapi.funding.rpc.Log;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.Nodes;
import com.gogogoapi.funding.rpc.RpcException;
import com.gogogoapi.funding.settings.FundingProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sees each payment through, step by step, whoever takes the next: the request that waits for it, or this instance's or another's turns.
 * Only the chain says how far it is: by the receipts of what was sent, and by the logs of the authorisation's use, whoever used it.
 */
@Component
class Settling {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LATER = Duration.ofSeconds(3);
    private static final Duration WAITED_FOR = Duration.ofMinutes(1);
    /** What was in a block before it was accepted, and went away with it, may have been the same. */
    private static final int REORGANISED_BLOCKS = 500;

    private final Payments payments;
    private final Optional<Settler> settler;
    private final EarlyCredits earlyCredits;
    private final Chains chains;
    private final Nodes nodes;
    private final int confirmations;
    private final Clock clock;
    private final Counter reorganised;

    Settling(
            Payments payments,
            Settlers settlers,
            EarlyCredits earlyCredits,
            Chains chains,
            Nodes nodes,
            FundingProperties properties,
            MeterRegistry meters,
            Clock clock) {
        this.payments = payments;
        this.settler = settlers.current();
        this.earlyCredits = earlyCredits;
        this.chains = chains;
        this.nodes = nodes;
        this.confirmations = properties.x402().earlyCreditConfirmations();
        this.clock = clock;
        this.reorganised = Counter.builder("gogogoapi.funding.payments.reorganised")
                .description("Payments whose block went away after they had been settled")
                .register(meters);
        Gauge.builder("gogogoapi.funding.early.credits.lost", earlyCredits, EarlyCredits::lost)
                .description("Payments that were credited before they were final, and never will be final")
                .register(meters);
    }

    /** One step with all that are due. */
    void turn() {
        payments.claim(LEASE).forEach(this::step);
        settler.ifPresent(Settler::tidy);
    }

    /** One step with this one, if it is due and nobody else takes it. */
    void step(UUID payment) {
        payments.claim(LEASE, payment).ifPresent(this::step);
    }

    private void step(Payment payment) {
        var again = LATER;
        try {
            var chain = chains.byId(payment.chainId())
                    .orElseThrow(() -> new RpcException(RpcException.Kind.AWAY, "the chain is not on any more"));
            again = switch (payment.state()) {
                case ACCEPTED -> settle(chain, payment);
                case SENT -> lookForIt(chain, payment);
                case SETTLED -> follow(chain, payment);
                case ARRIVED, FAILED -> LATER;
            };
        } catch (RpcException | UnavailableException | IOException e) {
            log.warn("payment {} does not go on: {}", payment.id(), e.getMessage());
        } finally {
            payments.lookAgain(payment, again);
        }
    }

    private Duration settle(Chain chain, Payment payment) throws RpcException, UnavailableException {
        if (settler.isEmpty()) {
            // It was switched off: what is not sent is not sent any more, and runs out.
            return unsettled(chain, payment, false);
        }
        try {
            settler.get().settle(chain, payment);
            return SOON;
        } catch (PaymentRefusedException e) {
            return fail(chain, payment, e.reason());
        }
    }

    private Duration lookForIt(Chain chain, Payment payment) throws RpcException, UnavailableException, IOException {
        var node = node(chain);
        var reverted = false;
        for (var hash : settler.map(its -> its.transactionsOf(payment)).orElseGet(java.util.List::of)) {
            var receipt = node.receipt(hash);
            var transfer = receipt.flatMap(payment.transfer()::in);
            if (transfer.isPresent()) {
                return settled(chain, payment, transfer.get());
            }
            reverted |= receipt.isPresent();
        }
        if (AuthorizationState.isUsed(node, payment)) {
            return usedElsewhere(chain, node, payment);
        }
        return unsettled(chain, payment, reverted);
    }

    /** Somebody else had it settled, or the payer took it back. */
    private Duration usedElsewhere(Chain chain, Node node, Payment payment) throws RpcException, IOException {
        var from = Math.max(0, payment.fromHeight() - REORGANISED_BLOCKS);
        for (var use : node.logs(payment.contract(), payment.transfer().usedTopics(), from)) {
            var transfer = node.receipt(use.transactionHash()).flatMap(payment.transfer()::in);
            if (transfer.isPresent()) {
                return settled(chain, payment, transfer.get());
            }
        }
        if (!node.logs(payment.contract(), payment.transfer().cancelledTopics(), from)
                .isEmpty()) {
            return fail(chain, payment, "cancelled");
        }
        return LATER;
    }

    private Duration unsettled(Chain chain, Payment payment, boolean reverted)
            throws RpcException, UnavailableException {
        var node = node(chain);
        if (hasRunOut(node.latest(), payment)) {
            return fail(chain, payment, "invalid_exact_evm_payload_authorization_valid_before");
        }
        // What is credited already is tried for as long as it can arrive; a call that would fail is not sent.
        if (reverted && !earlyCredits.isBegun(payment.id())) {
            return fail(chain, payment, "invalid_transaction_state");
        }
        if (settler.isPresent()) {
            try {
                settler.get().settle(chain, payment);
            } catch (PaymentRefusedException e) {
                return fail(chain, payment, e.reason());
            }
        }
        return isNew(payment) ? SOON : LATER;
    }

    /** Whether somebody may still be waiting for it. */
    private boolean isNew(Payment payment) {
        return payment.acceptedAt().plus(WAITED_FOR).isAfter(clock.instant());
    }

    private static boolean hasRunOut(Block block, Payment payment) {
        return BigInteger.valueOf(block.time().getEpochSecond())
                        .compareTo(payment.authorization().validBefore())
                >= 0;
    }

    /** What was credited already is given up only once no block can bring it any more. */
    private Duration fail(Chain chain, Payment payment, String reason) throws RpcException {
        if (earlyCredits.isBegun(payment.id())) {
            var height = payments.finalHeight(payment.chainId());
            var last = height.isEmpty() ? Optional.<Block>empty() : node(chain).block(height.get());
            if (last.isEmpty() || !hasRunOut(last.get(), payment)) {
                return LATER;
            }
            earlyCredits.lost(payment.id());
        }
        payments.failed(payment, reason);
        log.info("payment {} failed: {}", payment.id(), reason);
        return LATER;
    }

    private Duration settled(Chain chain, Payment payment, Log transfer) throws RpcException, IOException {
        payments.settled(payment, transfer);
        log.info("payment {} is settled by {}/{}", payment.id(), transfer.transactionHash(), transfer.index());
        return creditEarly(chain, payment, transfer);
    }

    private Duration follow(Chain chain, Payment payment) throws RpcException, IOException {
        var deposit = payments.stateOfDeposit(payment).map(DepositState::of);
        if (deposit.isPresent() && isFinal(deposit.get())) {
            payments.arrived(payment);
            return LATER;
        }
        var receipt = node(chain).receipt(String.valueOf(payment.transactionHash()));
        var transfer = receipt.flatMap(payment.transfer()::in);
        if (transfer.isEmpty()) {
            reorganised.increment();
            payments.unsettled(payment);
            log.warn("payment {} was settled and is not any more: its block is gone", payment.id());
            return SOON;
        }
        payments.settled(payment, transfer.get());
        return creditEarly(chain, payment, transfer.get());
    }

    private static boolean isFinal(DepositState state) {
        return switch (state) {
            case FINAL, CREDITED, REJECTED -> true;
            case SEEN, CONFIRMING, ORPHANED -> false;
        };
    }

    private Duration creditEarly(Chain chain, Payment payment, Log transfer) throws RpcException, IOException {
        var token = chain.token(payment.contract());
        if (token.isEmpty() || earlyCredits.isCredited(payment.id())) {
            return LATER;
        }
        if (!earlyCredits.isBegun(payment.id()) && !isSureEnough(chain, payment, transfer)) {
            return SOON;
        }
        var deposit = deposit(chain, token.get(), payment, transfer);
        return earlyCredits.credit(payment.id(), chain, token.get(), deposit) || !earlyCredits.isBegun(payment.id())
                ? LATER
                : SOON;
    }

    /** Whether as many nodes have it as have to agree on what is final, and deep enough. */
    private boolean isSureEnough(Chain chain, Payment payment, Log transfer) throws RpcException {
        if (node(chain).latest().height() - transfer.height() + 1 < confirmations) {
            return false;
        }
        var vouching = 0;
        for (var node : nodes.of(chain).believed()) {
            var its = node.receipt(transfer.transactionHash()).flatMap(payment.transfer()::in);
            vouching += its.filter(transfer::equals).isPresent() ? 1 : 0;
        }
        return vouching >= chain.agreeingNodes();
    }

    /** What it will be as a deposit. */
    private Deposit deposit(Chain chain, Token token, Payment payment, Log transfer) throws RpcException {
        var amount = Hex.firstWord(transfer.data());
        var now = clock.instant();
        var block = node(chain).block(transfer.height());
        return new Deposit(
                payment.id(),
                chain.id().text(),
                transfer.transactionHash(),
                transfer.index(),
                payment.account(),
                payment.address(),
                payment.payer(),
                payment.contract(),
                token.symbol(),
                token.decimals(),
                amount,
                token.usd(amount).orElse(null),
                DepositState.SEEN,
                null,
                transfer.height(),
                transfer.blockHash(),
                block.map(Block::time).orElse(now),
                now,
                null,
                null,
                null,
                null,
                null);
    }

    private Node node(Chain chain) throws RpcException {
        return nodes.of(chain)
                .preferred()
                .orElseThrow(() -> new RpcException(RpcException.Kind.AWAY, "no node of " + chain.id() + " is good"));
    }
}
