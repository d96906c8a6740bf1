package com.gogogoapi.auditor.deposits;

import com.gogogoapi.auditor.chain.Block;
import com.gogogoapi.auditor.chain.Chain;
import com.gogogoapi.auditor.chain.Holding;
import com.gogogoapi.auditor.chain.Transfer;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What our addresses have to hold by what reached and left them, against what each contract says that they hold. */
final class Holdings {

    private final AuditedChain chain;
    private final Findings findings;
    private final Map<Holding, BigInteger> byAddress = new HashMap<>();
    private final Map<String, Sums> byContract = new HashMap<>();

    /** Of one token. @param left of what left, what did not go to the treasury */
    private record Sums(BigInteger received, BigInteger swept, BigInteger left) {

        static final Sums NONE = new Sums(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

        BigInteger rest() {
            return received.subtract(swept).subtract(left);
        }
    }

    Holdings(AuditedChain chain, Findings findings) {
        this.chain = chain;
        this.findings = findings;
    }

    void received(Transfer transfer) {
        byAddress.merge(new Holding(transfer.contract(), transfer.to()), transfer.amount(), BigInteger::add);
        var sums = sums(transfer);
        byContract.put(
                transfer.contract(), new Sums(sums.received().add(transfer.amount()), sums.swept(), sums.left()));
    }

    void left(Transfer transfer, boolean toTreasury) {
        byAddress.merge(
                new Holding(transfer.contract(), transfer.from()),
                transfer.amount().negate(),
                BigInteger::add);
        var sums = sums(transfer);
        byContract.put(
                transfer.contract(),
                toTreasury
                        ? new Sums(sums.received(), sums.swept().add(transfer.amount()), sums.left())
                        : new Sums(sums.received(), sums.swept(), sums.left().add(transfer.amount())));
    }

    private Sums sums(Transfer transfer) {
        return byContract.getOrDefault(transfer.contract(), Sums.NONE);
    }

    /** Asks the contracts, after that block; a line for each token. */
    List<String> compare(Chain nodes, Block at) {
        var told = nodes.balances(List.copyOf(byAddress.keySet()), at.height());
        var held = new HashMap<String, BigInteger>();
        told.forEach((holding, balance) -> {
            var expected = Objects.requireNonNull(byAddress.get(holding));
            var is = balance.value();
            var token = chain.token(holding.contract()).orElseThrow();
            if (balance.isAgreed() && is == null) {
                findings.wrong(chain.chainId() + ": " + holding.contract() + " does not say what " + holding.address()
                        + " holds");
            } else if (is != null) {
                held.merge(holding.contract(), is, BigInteger::add);
                if (!is.equals(expected)) {
                    findings.wrong(chain.chainId() + ", block " + at.height() + ": " + holding.address() + " received "
                            + token.tokens(expected).toPlainString() + " " + token.symbol()
                            + " more than left it, and holds "
                            + token.tokens(is).toPlainString());
                }
            }
        });
        return chain.tokens().stream()
                .map(token -> {
                    var sums = byContract.getOrDefault(token.contract(), Sums.NONE);
                    return chain.chainId() + ", block " + at.height() + " " + at.hash() + ", " + token.symbol() + ": "
                            + text(token, sums.received()) + " received − " + text(token, sums.swept()) + " swept"
                            + (sums.left().signum() == 0 ? "" : " − " + text(token, sums.left()) + " left elsewhere")
                            + " = " + text(token, sums.rest()) + "; the addresses hold "
                            + text(token, held.getOrDefault(token.contract(), BigInteger.ZERO));
                })
                .toList();
    }

    private static String text(AuditedToken token, BigInteger amount) {
        var tokens = token.tokens(amount).stripTrailingZeros();
        return (tokens.scale() < 0 ? tokens.setScale(0) : tokens).toPlainString();
    }
}
