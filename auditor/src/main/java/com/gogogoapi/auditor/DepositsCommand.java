package com.gogogoapi.auditor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.auditor.deposits.DepositsAudit;
import com.gogogoapi.auditor.deposits.DepositsAudit.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code deposits}: chains, ledger and topic against each other. */
@Command(
        name = "deposits",
        sortOptions = false,
        sortSynopsis = false,
        description = "Holds every credited deposit against its chain, and every transfer to the accounts' addresses"
                + " against the ledger. Asks chains' nodes, the ledger's log and its topic, and nobody else. One line at the"
                + " end, exit code 0 or 1.")
final class DepositsCommand implements Callable<Integer> {

    private static final int MAX_SHOWN = 100;

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "--chains",
            paramLabel = "FILE",
            required = true,
            order = 1,
            description = "What is credited where, as you know it: JSON, {\"chains\":[{\"chain_id\",\"first_block\","
                    + "\"finality\",\"treasury\",\"tokens\":[{\"symbol\",\"contract\",\"decimals\"}]}]}. Required.")
    @SuppressWarnings("NullAway.Init") // Required, so it is set before the command runs.
    private Path chains;

    private record Node(String chainId, URI url) {}

    @Option(
            names = "--rpc",
            paramLabel = "CHAIN=URL",
            required = true,
            order = 2,
            converter = NodeConverter.class,
            description =
                    "A node of a chain, such as eip155:8453=https://…; to be repeated. Of a chain with several all"
                            + " have to say the same. Required for each chain.")
    private List<Node> nodes = List.of();

    @Option(
            names = "--addresses",
            paramLabel = "FILE",
            order = 3,
            description = "Whose addresses are, pages of GET /api/v1/operator/deposit-addresses; may be repeated, with"
                    + " lists that you kept. Default: none, and then neither whose an address is nor what else arrived is"
                    + " looked at.")
    private List<Path> addresses = List.of();

    @Option(
            names = "--family",
            paramLabel = "NAME",
            order = 3,
            description =
                    "Which of the addresses these chains have. Default: eip155; eip155-test are those of test chains.")
    private String family = "eip155";

    @Option(
            names = "--extended-public-key",
            paramLabel = "XPUB",
            order = 4,
            description = "Of which every address has to be derived. Default: none, and they are not derived.")
    private @Nullable String extendedPublicKey;

    @Option(
            names = "--explained",
            paramLabel = "FILE",
            order = 5,
            description = "Deposits that you know are not credited: lines of a reference, a comma and the reason.")
    private @Nullable Path explained;

    @Option(
            names = "--credited-within",
            paramLabel = "DURATION",
            order = 6,
            converter = ShortDuration.class,
            description = "How long after its block a deposit may be credited, such as 90s, 6m or 1h. Default: 1h.")
    private Duration creditedWithin = Duration.ofHours(1);

    @Option(
            names = "--by-hand-is-known",
            order = 7,
            description = "Credits with the source STABLECOIN_DEPOSIT whose reference names no transfer are counted and"
                    + " are no finding: operators gave them before deposits were watched.")
    private boolean byHandIsKnown;

    @Option(
            names = "--proofs",
            paramLabel = "FILE",
            order = 8,
            description = "Writes for every proven credit its transaction, block and log, as CSV.")
    private @Nullable Path proofs;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            order = 9,
            description =
                    "Writes the treasury's books for hledger: sweeps, what is not credited, what is left out. They"
                            + " belong beside those of export --format hledger.")
    private @Nullable Path journal;

    @Mixin
    private final Source source = new Source();

    @Mixin
    private final HelpOption help = new HelpOption();

    DepositsCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        try (var opened = source.open();
                var proving = writer(proofs);
                var booking = writer(journal)) {
            say(opened.description() + ", " + (opened.topic().isPresent() ? "log and topic" : "log alone"));
            var terms = new DepositsAudit.Terms(
                    chains,
                    urls(),
                    addresses,
                    family,
                    extendedPublicKey,
                    explained,
                    creditedWithin,
                    byHandIsKnown,
                    proving,
                    booking);
            var verdict = new DepositsAudit(terms, this::say).run(opened.log(), opened.topic());
            var wrong = verdict.findings().wrong();
            verdict.findings().notices().stream().limit(MAX_SHOWN).forEach(this::say);
            verdict.totals().forEach(this::say);
            wrong.stream().limit(MAX_SHOWN).forEach(this::say);
            out.println(lastLine(verdict));
            return wrong.isEmpty() ? 0 : 1;
        }
    }

    private void say(String line) {
        err.println("deposits: " + line);
    }

    private static @Nullable Writer writer(@Nullable Path file) throws IOException {
        return file == null ? null : Files.newBufferedWriter(file, UTF_8);
    }

    private Map<String, List<URI>> urls() {
        var urls = new LinkedHashMap<String, List<URI>>();
        nodes.forEach(node ->
                urls.computeIfAbsent(node.chainId(), chain -> new ArrayList<>()).add(node.url()));
        return urls;
    }

    private static String lastLine(Verdict verdict) {
        var findings = verdict.findings();
        if (findings.count() > 0) {
            var more = findings.count() - 1;
            return "FAILED: " + findings.wrong().getFirst() + (more == 0 ? "" : " (and " + more + " more)");
        }
        return "OK: %d credits of deposits, %d proven, %s USD; %d transfers to %d addresses"
                .formatted(
                        verdict.credits(),
                        verdict.proven(),
                        verdict.provenUsd().toPlainString(),
                        verdict.arrivals(),
                        verdict.addresses());
    }

    private static final class NodeConverter implements ITypeConverter<Node> {

        @Override
        public Node convert(String text) {
            var equals = text.indexOf('=');
            try {
                var url = URI.create(text.substring(equals + 1));
                if (equals > 0
                        && url.getHost() != null
                        && String.valueOf(url.getScheme()).startsWith("http")) {
                    return new Node(text.substring(0, equals), url);
                }
            } catch (IllegalArgumentException e) {
                throw refusal();
            }
            throw refusal();
        }

        /** Says nothing of what was given: it may have a key in it. */
        private static TypeConversionException refusal() {
            return new TypeConversionException(
                    "A node must be given as CHAIN=URL, such as eip155:8453=https://node.example.");
        }
    }
}
