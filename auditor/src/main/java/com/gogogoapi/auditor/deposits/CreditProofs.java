package com.gogogoapi.auditor.deposits;

import com.gogogoapi.auditor.chain.Block;
import com.gogogoapi.auditor.chain.Chain;
import com.gogogoapi.auditor.chain.Chain.Told;
import com.gogogoapi.auditor.chain.Receipt;
import com.gogogoapi.auditor.chain.Transfer;
import com.gogogoapi.auditor.deposits.Credit.Named;
import com.gogogoapi.auditor.journal.DepositProofsCsv;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From each credit to what proves it on its chain: a transaction that succeeded, in a block that is final, with that transfer as that log. */
final class CreditProofs {

    private static final int AT_ONCE = 100;
    private static final int TELL_EVERY = 10_000;

    private final AuditedChain chain;
    private final Chain nodes;
    private final Block finalBlock;
    private final @Nullable AddressList addresses;
    private final Findings findings;
    private final @Nullable DepositProofsCsv proofs;
    private final Map<String, String> creditedFrom = new HashMap<>();
    private final Set<Named> proven = new HashSet<>();
    private BigDecimal provenUsd = BigDecimal.ZERO;

    /** @param addresses null where it is not known whose they are */
    CreditProofs(
            AuditedChain chain,
            Chain nodes,
            Block finalBlock,
            @Nullable AddressList addresses,
            Findings findings,
            @Nullable DepositProofsCsv proofs) {
        this.chain = chain;
        this.nodes = nodes;
        this.finalBlock = finalBlock;
        this.addresses = addresses;
        this.findings = findings;
        this.proofs = proofs;
    }

    void check(Map<Named, Credit> credits, Consumer<String> progress) throws IOException {
        var some = new ArrayList<Map.Entry<Named, Credit>>();
        var done = 0;
        for (var credit : credits.entrySet()) {
            some.add(credit);
            if (some.size() == AT_ONCE) {
                checkTogether(some);
                some.clear();
            }
            if (++done % TELL_EVERY == 0) {
                progress.accept(done + " of " + credits.size() + " credits looked up");
            }
        }
        checkTogether(some);
    }

    private void checkTogether(List<Map.Entry<Named, Credit>> credits) throws IOException {
        var transactions = new LinkedHashSet<String>();
        credits.forEach(credit -> transactions.add(credit.getKey().transactionHash()));
        var receipts = nodes.receipts(List.copyOf(transactions));
        var heights = receipts.values().stream()
                .map(Told::value)
                .filter(Objects::nonNull)
                .map(Receipt::height)
                .distinct()
                .toList();
        var blocks = nodes.blocks(heights);
        for (var credit : credits) {
            var receipt = Objects.requireNonNull(receipts.get(credit.getKey().transactionHash()));
            // Where the nodes do not agree they were told of, and nothing is proven.
            if (receipt.isAgreed()) {
                check(credit.getKey(), credit.getValue(), receipt.value(), blocks);
            }
        }
    }

    private void check(Named named, Credit credit, @Nullable Receipt receipt, Map<Long, Told<Block>> blocks)
            throws IOException {
        if (receipt == null) {
            findings.wrong(credit.where() + ": the chain has no such transaction");
            return;
        }
        var block = Objects.requireNonNull(blocks.get(receipt.height()));
        if (!block.isAgreed()) {
            return;
        }
        var its = block.value();
        if (its == null || !its.hash().equals(receipt.blockHash())) {
            findings.wrong(credit.where() + ": its block " + receipt.height() + " " + receipt.blockHash()
                    + " is not on the chain");
            return;
        }
        var transfer = receipt.transfer(named.logIndex());
        var wrong = wrong(credit, receipt, transfer.orElse(null));
        if (wrong != null) {
            findings.wrong(credit.where() + ": " + wrong);
        } else if (transfer.isPresent()) {
            proven.add(named);
            provenUsd = provenUsd.add(credit.amountUsd().amount());
            write(named, credit, transfer.get());
        }
    }

    /** What is wrong with it; null where nothing is. */
    private @Nullable String wrong(Credit credit, Receipt receipt, @Nullable Transfer transfer) {
        if (!receipt.succeeded()) {
            return "its transaction failed";
        }
        if (receipt.height() > finalBlock.height()) {
            return "its block " + receipt.height() + " is not final: " + finalBlock.height() + " is";
        }
        if (transfer == null) {
            return "that log of its transaction is no transfer of a token; it has " + receipt.logs() + " logs";
        }
        var token = chain.token(transfer.contract());
        if (token.isEmpty()) {
            return "it is a transfer of " + transfer.contract() + ", which is no token that is credited";
        }
        var due = token.get().usd(transfer.amount());
        if (due.compareTo(credit.amountUsd().amount()) != 0) {
            return "the transfer is of " + token.get().tokens(transfer.amount()).toPlainString() + " "
                    + token.get().symbol() + ", so " + due.toPlainString() + " USD must be credited";
        }
        return wrongAccount(credit, transfer);
    }

    private @Nullable String wrongAccount(Credit credit, Transfer transfer) {
        if (addresses != null) {
            var account = addresses.accountOf(transfer.to());
            if (!credit.account().equals(account)) {
                return "the transfer is to " + transfer.to() + ", the address of "
                        + (account == null ? "nobody" : account);
            }
        }
        var before = creditedFrom.putIfAbsent(transfer.to(), credit.account());
        return before == null || before.equals(credit.account())
                ? null
                : "the transfer is to " + transfer.to() + ", of which another deposit was credited to " + before;
    }

    private void write(Named named, Credit credit, Transfer transfer) throws IOException {
        if (proofs != null) {
            proofs.write(Stream.of(
                    credit.reference(),
                    credit.account(),
                    credit.amountUsd(),
                    credit.eventId(),
                    credit.shard(),
                    credit.sequence(),
                    named.chainId(),
                    named.transactionHash(),
                    named.logIndex(),
                    transfer.height(),
                    transfer.blockHash(),
                    transfer.contract(),
                    chain.token(transfer.contract()).map(AuditedToken::symbol).orElse(""),
                    transfer.amount(),
                    transfer.from(),
                    transfer.to()));
        }
    }

    Set<Named> proven() {
        return proven;
    }

    BigDecimal provenUsd() {
        return provenUsd;
    }
}
