package com.gogogoapi.funding.rpc;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Finality;
import com.gogogoapi.funding.settings.FundingProperties;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain's nodes and how each stands. None is believed by itself where there are several: final is what as many as have to agree say
 * alike, and a node that says otherwise is set aside for all to see.
 */
public final class ChainNodes {

    private static final Logger log = LoggerFactory.getLogger(ChainNodes.class);

    /** What may lie between two nodes that are both well. */
    private static final long LAG_BLOCKS = 3;

    private static final Duration LAG = Duration.ofSeconds(15);
    private static final Duration AWAY_FOR = Duration.ofSeconds(10);

    private final Chain chain;
    private final FundingProperties.Watch settings;
    private final Clock clock;
    private final List<Node> nodes;
    private final Map<Node, Standing> standings = new ConcurrentHashMap<>();
    private final Map<Node, Boolean> ofThisChain = new ConcurrentHashMap<>();
    private final Map<Node, Instant> askedAt = new ConcurrentHashMap<>();

    ChainNodes(Chain chain, HttpClient client, FundingProperties.Watch settings, Clock clock) {
        this.chain = chain;
        this.settings = settings;
        this.clock = clock;
        var made = new ArrayList<Node>();
        for (var url : chain.rpcUrls()) {
            var name = (made.size() + 1) + ": " + url.getHost();
            made.add(new Node(name, new JsonRpc(client, url, settings.timeout())));
        }
        this.nodes = List.copyOf(made);
        nodes.forEach(node -> standings.put(
                node, new Standing(node.name(), Standing.Kind.AWAY, "not asked yet", Instant.EPOCH, null)));
    }

    /** What one said. @param anchor its block at the height of what is known to be final; null where nothing is */
    private record Said(
            Block latest,
            @Nullable Anchor finalBlock,
            @Nullable Anchor anchor) {}

    public List<Standing> standings() {
        return nodes.stream().map(this::standing).toList();
    }

    private Standing standing(Node node) {
        return Objects.requireNonNull(standings.get(node));
    }

    /** The one that is asked first for what is new; empty while none is good. */
    public Optional<Node> preferred() {
        return nodes.stream().filter(node -> standing(node).isGood()).findFirst();
    }

    /** Those whose word on old blocks counts, in order of preference. */
    public List<Node> believed() {
        return nodes.stream().filter(node -> standing(node).isBelieved()).toList();
    }

    /** A node said what others deny. */
    public void contradicted(Node node, String reason) {
        stands(node, Standing.Kind.CONTRADICTED, reason, standing(node).height());
    }

    /** A node was away when it was asked. */
    public void failed(Node node, RpcException failure) {
        stands(node, Standing.Kind.AWAY, failure.getMessage(), standing(node).height());
    }

    private void stands(Node node, Standing.Kind kind, @Nullable String reason, @Nullable Long height) {
        var before = standing(node);
        var isNew = before.kind() != kind;
        standings.put(node, new Standing(node.name(), kind, reason, isNew ? clock.instant() : before.since(), height));
        if (isNew && kind != Standing.Kind.GOOD) {
            log.warn("{}: node {} is {}: {}", chain.id(), node, kind, reason);
        } else if (isNew) {
            log.info("{}: node {} is good", chain.id(), node);
        }
    }

    /** Whether it is left alone for now. */
    private boolean rests(Node node) {
        var standing = standing(node);
        var rest =
                switch (standing.kind()) {
                    case GOOD, LAGGING, WRONG_CHAIN -> Duration.ZERO;
                    case AWAY -> nodes.size() == 1 ? Duration.ZERO : AWAY_FOR;
                    case CONTRADICTED -> nodes.size() == 1 ? Duration.ZERO : settings.contradictedFor();
                };
        return Objects.requireNonNullElse(askedAt.get(node), Instant.EPOCH)
                .plus(rest)
                .isAfter(clock.instant());
    }

    /**
     * Asks all of them at once.
     *
     * @param anchor the last block that is known to be final; null at the first time
     */
    public Survey survey(@Nullable Anchor anchor) {
        var said = new HashMap<Node, Said>();
        var asked = nodes.stream().filter(node -> !rests(node)).toList();
        asked.forEach(node -> askedAt.put(node, clock.instant()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new HashMap<Node, Future<Said>>();
            asked.forEach(node -> answers.put(node, threads.submit(() -> ask(node, anchor))));
            for (var node : asked) {
                listen(node, Objects.requireNonNull(answers.get(node)), anchor, said);
            }
        }
        var best = said.values().stream().map(Said::latest).max(Comparator.comparingLong(Block::height));
        said.forEach((node, its) -> {
            var isBehind = best.isPresent() && lags(its.latest(), best.get());
            stands(
                    node,
                    isBehind ? Standing.Kind.LAGGING : Standing.Kind.GOOD,
                    isBehind ? "it is " + (best.get().height() - its.latest().height()) + " blocks behind" : null,
                    its.latest().height());
        });
        var preferred = preferred().filter(said::containsKey).orElse(null);
        var head = preferred == null
                ? null
                : Objects.requireNonNull(said.get(preferred)).latest();
        return finality(anchor, said, head, preferred);
    }

    private static boolean lags(Block its, Block best) {
        return best.height() - its.height() > LAG_BLOCKS
                && Duration.between(its.time(), best.time()).compareTo(LAG) > 0;
    }

    private void listen(Node node, Future<Said> answer, @Nullable Anchor anchor, Map<Node, Said> said) {
        try {
            var its = answer.get();
            if (anchor != null && its.anchor() == null) {
                stands(
                        node,
                        Standing.Kind.LAGGING,
                        "it has not got block " + anchor.height(),
                        its.latest().height());
            } else if (anchor != null && !anchor.equals(its.anchor())) {
                stands(
                        node,
                        Standing.Kind.CONTRADICTED,
                        "it has another block at " + anchor.height() + " than the one that is final",
                        its.latest().height());
            } else {
                said.put(node, its);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WrongChain wrong) {
                stands(node, Standing.Kind.WRONG_CHAIN, wrong.getMessage(), null);
            } else if (e.getCause() instanceof RpcException failure) {
                failed(node, failure);
            } else {
                throw new IllegalStateException("A node must be asked without a fault of ours.", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class WrongChain extends Exception {
        private static final long serialVersionUID = 1L;

        WrongChain(String message) {
            super(message);
        }
    }

    private Said ask(Node node, @Nullable Anchor anchor) throws RpcException, WrongChain {
        if (!ofThisChain.containsKey(node)) {
            var id = node.chainId();
            if (id != chain.id().number()) {
                throw new WrongChain("it is a node of eip155:" + id);
            }
            ofThisChain.put(node, true);
        }
        var latest = node.latest();
        var finalBlock =
                switch (chain.finality()) {
                    case Finality.Tag tag -> node.tagged(tag.tag());
                    case Finality.Blocks blocks ->
                        latest.height() < blocks.count()
                                ? Optional.<Block>empty()
                                : node.block(latest.height() - blocks.count());
                };
        var atAnchor = anchor == null ? Optional.<Block>empty() : node.block(anchor.height());
        return new Said(
                latest,
                finalBlock.map(Anchor::of).orElse(null),
                atAnchor.map(Anchor::of).orElse(null));
    }

    /** The highest block of which enough say that it is final; they have to have the same one there. */
    private Survey finality(
            @Nullable Anchor anchor, Map<Node, Said> said, @Nullable Block head, @Nullable Node preferred) {
        var needed = chain.agreeingNodes();
        var heights = said.values().stream()
                .map(Said::finalBlock)
                .filter(Objects::nonNull)
                .map(Anchor::height)
                .sorted(Comparator.reverseOrder())
                .toList();
        if (heights.size() < needed) {
            return new Survey(
                    head,
                    preferred,
                    null,
                    List.of(),
                    heights.size() + " of " + needed + " nodes that must agree answer");
        }
        long height = heights.get(needed - 1);
        if (anchor != null && height < anchor.height()) {
            return new Survey(head, preferred, anchor, List.of(), "what is final went back to " + height);
        }
        var blocks = new HashMap<String, List<Node>>();
        for (var node : nodes) {
            blockOf(node, said.get(node), height)
                    .ifPresent(block -> blocks.computeIfAbsent(block, hash -> new ArrayList<>())
                            .add(node));
        }
        for (var block : blocks.entrySet()) {
            var others = said.size() - block.getValue().size();
            if (block.getValue().size() >= needed && block.getValue().size() > others) {
                blocks.forEach((hash, deniers) -> {
                    if (!hash.equals(block.getKey())) {
                        deniers.forEach(
                                node -> contradicted(node, "it has another block at " + height + " than the others"));
                    }
                });
                return new Survey(head, preferred, new Anchor(height, block.getKey()), block.getValue(), null);
            }
        }
        return new Survey(head, preferred, null, List.of(), "the nodes do not agree on block " + height);
    }

    private Optional<String> blockOf(Node node, @Nullable Said said, long height) {
        if (said == null) {
            return Optional.empty();
        }
        var finalBlock = said.finalBlock();
        if (finalBlock != null && finalBlock.height() == height) {
            return Optional.of(finalBlock.hash());
        }
        try {
            return node.block(height).map(Block::hash);
        } catch (RpcException e) {
            failed(node, e);
            return Optional.empty();
        }
    }
}
