package com.gogogoapi.auditor.deposits;

import com.gogogoapi.auditor.chain.Chain;
import com.gogogoapi.auditor.journal.DepositProofsCsv;
import com.gogogoapi.auditor.journal.TreasuryJournal;
import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.auditor.source.SourceException;
import com.gogogoapi.auditor.source.TopicSource;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chain, ledger and topic against each other, and against nothing else: the service that credits deposits is not asked, and its database is
 * not read. Addresses and credits are held in memory, about a kilobyte each; transfers are not.
 */
public final class DepositsAudit {

    private final Terms terms;
    private final Consumer<String> progress;
    private final Findings findings = new Findings();
    private final List<String> totals = new ArrayList<>();
    private long proven;
    private BigDecimal provenUsd = BigDecimal.ZERO;
    private long arrivals;

    /**
     * @param chains file of {@link AuditedChain}
     * @param rpcUrls of each chain's nodes
     * @param addresses files of {@link AddressList}, the one of today and those that were kept; none where it is not known
     * @param family of chains, whose addresses those are
     * @param explained file of {@link Explained}
     * @param creditedWithin how long a deposit may take
     * @param byHandIsKnown whether credits whose reference names no transfer are only counted
     * @param proofs where each credit's proof is written
     * @param journal where the treasury's books are written
     */
    public record Terms(
            Path chains,
            Map<String, List<URI>> rpcUrls,
            List<Path> addresses,
            String family,
            @Nullable String extendedPublicKey,
            @Nullable Path explained,
            Duration creditedWithin,
            boolean byHandIsKnown,
            @Nullable Writer proofs,
            @Nullable Writer journal) {}

    /** @param totals a line for each token of each chain */
    public record Verdict(
            Findings findings,
            List<String> totals,
            long credits,
            long proven,
            BigDecimal provenUsd,
            long arrivals,
            int addresses) {}

    public DepositsAudit(Terms terms, Consumer<String> progress) {
        this.terms = terms;
        this.progress = progress;
    }

    /** @throws SourceException if it could not be told */
    public Verdict run(LogSource log, Optional<TopicSource> topic) throws IOException {
        var chains = AuditedChain.read(terms.chains());
        for (var named : terms.rpcUrls().keySet()) {
            if (chains.stream().noneMatch(chain -> chain.chainId().equals(named))) {
                throw new SourceException("The file of chains must have " + named + ", of which a node is given.");
            }
        }
        var addresses = addresses();
        var explained = new Explained(terms.creditedWithin(), Instant.now());
        if (terms.explained() != null) {
            explained.read(terms.explained());
        }
        var credits = new CreditedDeposits(findings, terms.byHandIsKnown());
        credits.read(log, topic, progress);
        for (var id : credits.chains()) {
            if (chains.stream().noneMatch(chain -> chain.chainId().equals(id))) {
                findings.wrong(id + ": " + credits.of(id).size()
                        + " deposits are credited of a chain that the file of chains has not");
            }
        }
        var proofs = terms.proofs() == null ? null : new DepositProofsCsv(terms.proofs());
        var journal = terms.journal() == null ? null : new TreasuryJournal(terms.journal(), mostDecimals(chains));
        for (var chain : chains) {
            audit(chain, credits, addresses, explained, proofs, journal);
        }
        return new Verdict(
                findings,
                totals,
                credits.count(),
                proven,
                provenUsd,
                arrivals,
                addresses == null ? 0 : addresses.size());
    }

    private static int mostDecimals(List<AuditedChain> chains) {
        return chains.stream()
                .flatMap(chain -> chain.tokens().stream())
                .mapToInt(AuditedToken::decimals)
                .max()
                .orElse(0);
    }

    private @Nullable AddressList addresses() throws IOException {
        if (terms.addresses().isEmpty()) {
            findings.notice("no --addresses, so neither whose a paid address is nor what else arrived is looked at");
            return null;
        }
        var addresses = new AddressList(findings, terms.family());
        for (var file : terms.addresses()) {
            addresses.read(file);
        }
        var key = terms.extendedPublicKey();
        if (key == null) {
            findings.notice("no --extended-public-key, so addresses are believed to be its");
        } else {
            addresses.derivedOf(new PublicAddresses(key), progress);
        }
        return addresses;
    }

    private void audit(
            AuditedChain chain,
            CreditedDeposits credits,
            @Nullable AddressList addresses,
            Explained explained,
            @Nullable DepositProofsCsv proofs,
            @Nullable TreasuryJournal journal)
            throws IOException {
        var urls = terms.rpcUrls().getOrDefault(chain.chainId(), List.of());
        if (urls.isEmpty()) {
            throw new SourceException(
                    "A node of " + chain.chainId() + " must be given: --rpc " + chain.chainId() + "=URL.");
        }
        if (urls.size() == 1) {
            findings.notice(chain.chainId() + " is told by one node, which is believed");
        }
        Consumer<String> ofChain = line -> progress.accept(chain.chainId() + ": " + line);
        try (var nodes = new Chain(chain.chainId(), urls, findings::wrong)) {
            var finalBlock = nodes.finalBlock(chain.finality());
            if (finalBlock.isEmpty()) {
                findings.wrong(chain.chainId() + " has no final block that its nodes agree on");
                return;
            }
            var its = credits.of(chain.chainId());
            var proving = new CreditProofs(chain, nodes, finalBlock.get(), addresses, findings, proofs);
            proving.check(its, ofChain);
            proven += proving.proven().size();
            provenUsd = provenUsd.add(proving.provenUsd());
            if (addresses != null) {
                var scan = new Arrivals(chain, nodes, addresses, its, proving.proven(), explained, findings, journal);
                totals.addAll(scan.check(finalBlock.get(), ofChain));
                arrivals += scan.arrivals();
            }
        }
    }
}
