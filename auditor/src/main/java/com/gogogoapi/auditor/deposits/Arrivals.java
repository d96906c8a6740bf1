package com.gogogoapi.auditor.deposits;

import com.gogogoapi.auditor.chain.Block;
import com.gogogoapi.auditor.chain.Chain;
import com.gogogoapi.auditor.chain.Chain.Told;
import com.gogogoapi.auditor.chain.Transfer;
import com.gogogoapi.auditor.deposits.Credit.Named;
import com.gogogoapi.auditor.journal.TreasuryJournal;
import com.gogogoapi.auditor.journal.TreasuryJournal.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From each final transfer to or from our addresses to what became of it: credited, or not and why; swept, or gone elsewhere. */
final class Arrivals {

    /** Up to so many addresses a node looks for them; more are looked for here, among all transfers of the tokens. */
    private static final int FEW_ADDRESSES = 2_000;

    private static final int ADDRESSES_AT_ONCE = 1_000;
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AuditedChain chain;
    private final Chain nodes;
    private final AddressList addresses;
    private final Map<Named, Credit> credits;
    private final Set<Named> proven;
    private final Explained explained;
    private final Findings findings;
    private final @Nullable TreasuryJournal journal;
    private final Holdings holdings;
    private final Set<Named> found = new HashSet<>();
    private long arrivals;
    private long worthless;

    /** @param proven those of the credits whose receipt is there: nodes have to tell of these here too */
    Arrivals(
            AuditedChain chain,
            Chain nodes,
            AddressList addresses,
            Map<Named, Credit> credits,
            Set<Named> proven,
            Explained explained,
            Findings findings,
            @Nullable TreasuryJournal journal) {
        this.chain = chain;
        this.nodes = nodes;
        this.addresses = addresses;
        this.credits = credits;
        this.proven = proven;
        this.explained = explained;
        this.findings = findings;
        this.journal = journal;
        this.holdings = new Holdings(chain, findings);
    }

    /** Up to what is final. Returns a line for each token. */
    List<String> check(Block finalBlock, Consumer<String> progress) throws IOException {
        var told = System.nanoTime();
        for (var from = chain.firstBlock(); from <= finalBlock.height(); ) {
            var to = Math.min(finalBlock.height(), from + nodes.span() - 1);
            take(transfers(from, to));
            from = to + 1;
            if (System.nanoTime() - told > TELL_EVERY_NANOS) {
                told = System.nanoTime();
                progress.accept("block " + to + " of " + finalBlock.height() + ", " + arrivals + " transfers so far");
            }
        }
        if (worthless > 0) {
            findings.notice(chain.chainId() + ": " + worthless + " transfers are of less than can be credited");
        }
        credits.forEach((named, credit) -> {
            if (proven.contains(named) && !found.contains(named)) {
                findings.wrong(credit.where() + ": no transfer to our addresses in blocks " + chain.firstBlock()
                        + " to " + finalBlock.height() + " is it");
            }
        });
        return holdings.compare(nodes, finalBlock);
    }

    private List<Transfer> transfers(long from, long to) {
        var contracts = chain.contracts();
        if (addresses.size() > FEW_ADDRESSES) {
            return nodes.transfers(contracts, null, null, from, to).stream()
                    .filter(transfer -> addresses.has(transfer.to()) || addresses.has(transfer.from()))
                    .toList();
        }
        var all = new LinkedHashSet<Transfer>();
        var ours = addresses.addresses();
        for (var first = 0; first < ours.size(); first += ADDRESSES_AT_ONCE) {
            var some = ours.subList(first, Math.min(ours.size(), first + ADDRESSES_AT_ONCE));
            all.addAll(nodes.transfers(contracts, null, some, from, to));
            all.addAll(nodes.transfers(contracts, some, null, from, to));
        }
        return List.copyOf(all);
    }

    private void take(List<Transfer> transfers) throws IOException {
        var blocks = blocksOf(transfers);
        for (var transfer : transfers) {
            var block = blocks.get(transfer.height());
            if (block != null && block.value() != null && !block.value().hash().equals(transfer.blockHash())) {
                findings.wrong(transfer.reference(chain.chainId()) + ": the nodes tell of it in block "
                        + transfer.blockHash() + ", which is not on the chain");
                continue;
            }
            var at = block == null || block.value() == null
                    ? Instant.EPOCH
                    : block.value().time();
            if (addresses.has(transfer.to())) {
                arrived(transfer, at);
            }
            if (addresses.has(transfer.from())) {
                left(transfer, at);
            }
        }
    }

    private Map<Long, Told<Block>> blocksOf(List<Transfer> transfers) {
        return nodes.blocks(transfers.stream().map(Transfer::height).distinct().toList());
    }

    private void arrived(Transfer transfer, Instant at) throws IOException {
        arrivals++;
        holdings.received(transfer);
        var token = chain.token(transfer.contract()).orElseThrow();
        var named = new Named(chain.chainId(), transfer.transactionHash(), transfer.logIndex());
        var due = token.usd(transfer.amount());
        if (credits.containsKey(named)) {
            found.add(named);
            if (journal != null) {
                journal.leftOut(
                        place(token),
                        named.toString(),
                        at,
                        token.tokens(transfer.amount()).subtract(due));
            }
            return;
        }
        if (journal != null) {
            journal.uncredited(place(token), named.toString(), at, token.tokens(transfer.amount()));
        }
        uncredited(transfer, at, token, named, due);
    }

    private void uncredited(Transfer transfer, Instant at, AuditedToken token, Named named, BigDecimal due) {
        var what = named + ": " + token.tokens(transfer.amount()).toPlainString() + " " + token.symbol() + " to "
                + transfer.to() + ", the address of " + addresses.accountOf(transfer.to()) + ", in block "
                + transfer.height() + " of " + at;
        var why = explained.why(named.toString(), at);
        if (due.signum() == 0) {
            worthless++;
        } else if (why.isPresent()) {
            findings.notice(what + ", not credited: " + why.get());
        } else {
            findings.wrong(what + ", is final and not credited: " + due.toPlainString() + " USD are missing");
        }
    }

    private void left(Transfer transfer, Instant at) throws IOException {
        var token = chain.token(transfer.contract()).orElseThrow();
        var reference = transfer.reference(chain.chainId());
        var isSwept = transfer.to().equals(chain.treasury());
        var isOurs = addresses.has(transfer.to());
        holdings.left(transfer, isSwept);
        if (!isSwept && !isOurs && transfer.amount().signum() > 0) {
            findings.wrong(reference + ": " + token.tokens(transfer.amount()).toPlainString() + " " + token.symbol()
                    + " left " + transfer.from() + " for " + transfer.to() + ", which is not the treasury");
        }
        if (journal != null && isSwept) {
            journal.swept(place(token), reference, at, token.tokens(transfer.amount()));
        } else if (journal != null) {
            journal.leftElsewhere(place(token), reference, at, token.tokens(transfer.amount()));
        }
    }

    private Place place(AuditedToken token) {
        return new Place(chain.chainId(), token.symbol());
    }

    long arrivals() {
        return arrivals;
    }
}
