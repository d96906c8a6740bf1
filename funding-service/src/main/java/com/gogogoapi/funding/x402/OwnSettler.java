package com.gogogoapi.funding.x402;

import com.gogogoapi.chassis.settings.SettingException;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.EvmKey;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.Nodes;
import com.gogogoapi.funding.rpc.RpcException;
import com.gogogoapi.funding.settings.X402Settings;
import com.gogogoapi.funding.x402.SettlementRows.Row;
import com.gogogoapi.funding.x402.SettlementRows.Signed;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles with a key of our own, which pays for gas and holds nothing else. What is sent is recorded first, so that a crash in between
 * sends it again and not anew; what no block takes is sent again for a higher fee, under the same nonce and up to the operator's limit.
 */
final class OwnSettler implements Settler {

    private static final Logger log = LoggerFactory.getLogger(OwnSettler.class);

    private static final int COIN_DECIMALS = 18;
    private static final BigInteger MIN_PRIORITY_FEE = BigInteger.valueOf(1_000_000);
    private static final long SPARE_GAS_PERCENT = 130;
    /** Nodes take one in another's place only for a tenth more. */
    private static final long BUMP_PERCENT = 125;

    /** Who sent it may have died before he did. */
    private static final Duration NO_ANSWER = Duration.ofSeconds(3);

    private static final BigInteger PERCENT = BigInteger.valueOf(100);

    private final X402Settings.Settler settings;
    private final EvmKey key;
    private final BigInteger maxFee;
    private final BigInteger mostADay;
    private final Nodes nodes;
    private final Chains chains;
    private final Payments payments;
    private final SettlementRows rows;
    private final Clock clock;

    OwnSettler(
            X402Settings.Settler settings,
            Nodes nodes,
            Chains chains,
            Payments payments,
            SettlementRows rows,
            Clock clock) {
        this.settings = settings;
        this.key = parse(String.valueOf(settings.privateKey()));
        this.maxFee = settings.maxFeePerGas().toBigInteger();
        this.mostADay = settings.maxSpendPerDay().movePointRight(COIN_DECIMALS).toBigInteger();
        this.nodes = nodes;
        this.chains = chains;
        this.payments = payments;
        this.rows = rows;
        this.clock = clock;
        log.info(
                "payments are settled by {}, which needs some of each chain's coin and must hold nothing else",
                key.address());
    }

    private static EvmKey parse(String text) {
        try {
            return EvmKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException("gogogoapi.funding.x402.settler.private-key " + e.getMessage());
        }
    }

    EvmAddress address() {
        return key.address();
    }

    /** For each gas, in wei: at most, and of it for whoever makes the block. */
    private record Fees(BigInteger max, BigInteger priority) {}

    @Override
    public void requireReady(Chain chain, Token token, PaymentPayload payload, Payment payment)
            throws PaymentRefusedException, UnavailableException {
        try {
            var node = node(chain);
            var fees = fees(node);
            var gas = gas(node, payment);
            var spent = rows.spentLately(chain.id().text(), key.address());
            var worst = fees.max().multiply(BigInteger.valueOf(gas));
            if (spent.add(worst).compareTo(mostADay) > 0) {
                throw new UnavailableException("the settler has spent as much as it may in a day");
            }
            if (node.balanceOf(key.address()).compareTo(worst) < 0) {
                throw new UnavailableException(
                        "the settler " + key.address() + " has too little of the coin of " + chain.id() + " for gas");
            }
        } catch (RpcException e) {
            if (e.kind() == RpcException.Kind.REFUSED) {
                throw new PaymentRefusedException(
                        "invalid_transaction_state", "The token's contract must take the payment; it does not.");
            }
            throw new UnavailableException("a node does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void settle(Chain chain, Payment payment) throws RpcException, UnavailableException {
        var node = node(chain);
        var counted = node.transactionsOf(key.address());
        var latest = rows.of(payment.id()).stream().findFirst();
        if (latest.isPresent() && latest.get().nonce() >= counted) {
            goOn(chain, node, latest.get(), payment);
            return;
        }
        // The first, or one whose nonce something else has used.
        var fees = fees(node);
        var gas = gas(node, payment);
        var sent = rows.next(
                        chain.id().text(),
                        key.address(),
                        payment.id(),
                        counted,
                        mostADay,
                        nonce -> signed(chain, payment, nonce, fees, gas))
                .orElseThrow(() -> new UnavailableException("the settler has spent as much as it may in a day"));
        send(node, sent.bytes());
    }

    private long gas(Node node, Payment payment) throws RpcException {
        var data = payment.authorization().call(payment.signature());
        return node.estimatedGas(key.address(), payment.contract(), data) * SPARE_GAS_PERCENT / 100;
    }

    private Signed signed(Chain chain, Payment payment, long nonce, Fees fees, long gas) {
        var call = new EvmKey.Call(
                chain.id().number(),
                nonce,
                fees.priority(),
                fees.max(),
                gas,
                payment.contract(),
                payment.authorization().call(payment.signature()));
        return new Signed(call, key.sign(call));
    }

    /** Sent again as it is, and after a while for more. */
    private void goOn(Chain chain, Node node, Row row, Payment payment) throws RpcException {
        if (row.sentAt().plus(settings.bumpAfter()).isAfter(clock.instant())) {
            if (row.sentAt().plus(NO_ANSWER).isBefore(clock.instant())) {
                send(node, row.signed());
            }
            return;
        }
        var max = row.maxFee().multiply(BigInteger.valueOf(BUMP_PERCENT)).divide(PERCENT);
        var priority = row.priorityFee()
                .multiply(BigInteger.valueOf(BUMP_PERCENT))
                .divide(PERCENT)
                .add(BigInteger.ONE);
        var signed = signed(chain, payment, row.nonce(), new Fees(max, priority), row.gasLimit());
        var more =
                SettlementRows.worst(signed.call()).subtract(row.maxFee().multiply(BigInteger.valueOf(row.gasLimit())));
        var spent = rows.spentLately(chain.id().text(), key.address());
        if (max.compareTo(maxFee) > 0 || spent.add(more).compareTo(mostADay) > 0) {
            send(node, row.signed());
            return;
        }
        rows.instead(row, key.address(), signed);
        log.info("payment {} is sent again for up to {} wei a gas", payment.id(), max);
        send(node, signed.transaction().bytes());
    }

    /** Twice what a gas costs now, so that it can rise for some blocks. */
    private Fees fees(Node node) throws RpcException, UnavailableException {
        var base = node.baseFee();
        var priority = node.priorityFee().max(MIN_PRIORITY_FEE);
        if (base.add(priority).compareTo(maxFee) > 0) {
            throw new UnavailableException("gas costs more than the settler may pay: " + base + " wei");
        }
        var max = base.shiftLeft(1).add(priority).min(maxFee);
        return new Fees(max, priority.min(max));
    }

    /** A node that has it already says so in one way or another; whether it is in a block is looked up in any case. */
    private static void send(Node node, String signed) throws RpcException {
        try {
            node.send(signed);
        } catch (RpcException e) {
            if (e.kind() != RpcException.Kind.REFUSED) {
                throw e;
            }
            var said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (!said.contains("already") && !said.contains("known") && !said.contains("nonce")) {
                log.warn("a node does not take a settlement: {}", e.getMessage());
            }
        }
    }

    private Node node(Chain chain) throws RpcException {
        return nodes.of(chain)
                .preferred()
                .orElseThrow(() -> new RpcException(RpcException.Kind.AWAY, "no node of " + chain.id() + " is good"));
    }

    @Override
    public List<String> transactionsOf(Payment payment) {
        return rows.of(payment.id()).stream().map(Row::hash).toList();
    }

    /** What nobody waits for any more still has to use its nonce, or nothing above it goes into a block. */
    @Override
    public void tidy() {
        for (var chain : chains.all()) {
            var open = rows.open(chain.id().text(), key.address());
            if (!open.isEmpty()) {
                tidy(chain, open);
            }
        }
    }

    private void tidy(Chain chain, List<Row> open) {
        try {
            var node = node(chain);
            var counted = node.transactionsOf(key.address());
            rows.usedBelow(chain.id().text(), key.address(), counted);
            for (var row : open) {
                if (row.nonce() == counted) {
                    var payment = payments.byId(row.payment()).filter(of -> of.state() == PaymentState.FAILED);
                    if (payment.isPresent()) {
                        goOn(chain, node, row, payment.get());
                    }
                }
            }
        } catch (RpcException e) {
            log.warn("what the settler has sent on {} cannot be looked at: {}", chain.id(), e.getMessage());
        }
    }
}
