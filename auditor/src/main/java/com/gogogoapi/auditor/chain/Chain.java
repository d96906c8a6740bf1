package com.gogogoapi.auditor.chain;

import com.gogogoapi.auditor.source.SourceException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A chain, as all of its nodes that were given tell it. What they do not say alike is told as a finding, naming who says what, and is taken
 * for nothing: neither for there nor for not there.
 */
public final class Chain implements AutoCloseable {

    private static final int AT_ONCE = 50;
    private static final long FIRST_SPAN = 500;
    private static final long MOST_BLOCKS = 10_000;
    private static final int MANY_LOGS = 5_000;

    private final String id;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final List<ChainNode> nodes = new ArrayList<>();
    private final Consumer<String> findings;
    private long span = FIRST_SPAN;

    /**
     * @param id as CAIP-2 has it
     * @param findings is told where nodes contradict each other
     */
    public Chain(String id, List<URI> urls, Consumer<String> findings) {
        this.id = id;
        this.findings = findings;
        for (var url : urls) {
            nodes.add(new ChainNode(client, url, nodes.size() + 1));
        }
        for (var node : nodes) {
            var its = node.chainId();
            if (!its.equals(id)) {
                close();
                throw new SourceException(
                        "Node " + node.name() + " must be one of " + id + ", and is one of " + its + ".");
            }
        }
    }

    public String id() {
        return id;
    }

    /**
     * What one was asked for.
     *
     * @param value null where there is no such thing, or where nodes do not agree
     * @param isAgreed whether they all say the same
     */
    public record Told<T>(@Nullable T value, boolean isAgreed) {}

    /**
     * The highest block that every node says is final.
     *
     * @param finality {@code finalized}, {@code safe}, or how many blocks have to lie above it
     * @return empty where nothing is, or where they do not have the same one there
     */
    public Optional<Block> finalBlock(String finality) {
        var heights = new ArrayList<Long>();
        for (var node : nodes) {
            var isTag = !Character.isDigit(finality.charAt(0));
            var block = node.block(isTag ? finality : "latest");
            if (block.isEmpty()) {
                return Optional.empty();
            }
            heights.add(block.get().height() - (isTag ? 0 : Long.parseLong(finality)));
        }
        long lowest = heights.stream().min(Comparator.naturalOrder()).orElse(-1L);
        return lowest < 0
                ? Optional.empty()
                : blocks(List.of(lowest)).values().stream()
                        .map(Told::value)
                        .filter(Objects::nonNull)
                        .findFirst();
    }

    /** The blocks of the chain as it is now, by height. */
    public Map<Long, Told<Block>> blocks(List<Long> heights) {
        return agreed(heights, ChainNode::blocks, height -> "block " + height, Block::hash);
    }

    /** By transaction. */
    public Map<String, Told<Receipt>> receipts(List<String> transactions) {
        return agreed(
                transactions,
                ChainNode::receipts,
                transaction -> "transaction " + transaction,
                receipt -> (receipt.succeeded() ? "" : "one that failed, ") + "in block " + receipt.height() + " "
                        + receipt.blockHash() + " with " + receipt.transfers().size() + " transfers");
    }

    /** After a block. A node that does not keep what was then cannot tell. */
    public Map<Holding, Told<BigInteger>> balances(List<Holding> holdings, long height) {
        return agreed(
                holdings,
                (node, some) -> node.balances(some, height),
                holding -> "what " + holding.address() + " holds of " + holding.contract(),
                BigInteger::toString);
    }

    private <K, T> Map<K, Told<T>> agreed(
            List<K> asked,
            BiFunction<ChainNode, List<K>, List<Optional<T>>> asking,
            Function<K, String> what,
            Function<T, String> text) {
        var told = new LinkedHashMap<K, Told<T>>();
        for (var first = 0; first < asked.size(); first += AT_ONCE) {
            var some = asked.subList(first, Math.min(asked.size(), first + AT_ONCE));
            var answers = nodes.stream().map(node -> asking.apply(node, some)).toList();
            for (var i = 0; i < some.size(); i++) {
                told.put(some.get(i), one(what.apply(some.get(i)), i, answers, text));
            }
        }
        return told;
    }

    private <T> Told<T> one(String what, int at, List<List<Optional<T>>> answers, Function<T, String> text) {
        var first = answers.getFirst().get(at);
        if (answers.stream().allMatch(answer -> answer.get(at).equals(first))) {
            return new Told<>(first.orElse(null), true);
        }
        var said = new ArrayList<String>();
        for (var i = 0; i < nodes.size(); i++) {
            said.add("node " + nodes.get(i).name() + " has "
                    + answers.get(i).get(at).map(text).orElse("none"));
        }
        findings.accept(id + ", " + what + ": the nodes must agree: " + String.join("; ", said));
        return new Told<>(null, false);
    }

    /** How many blocks are to be asked for next. */
    public long span() {
        return span;
    }

    /**
     * Transfers of these contracts that every node tells of. Fewer blocks at a time are asked for where a node does not take so many.
     *
     * @param senders addresses, one of which they have to be from; null for any
     * @param receivers addresses, one of which they have to be to; null for any
     * @param to at most {@link #span} blocks after
     */
    public List<Transfer> transfers(
            List<String> contracts,
            @Nullable List<String> senders,
            @Nullable List<String> receivers,
            long from,
            long to) {
        var said = nodes.stream()
                .map(node -> (Set<Transfer>)
                        new LinkedHashSet<>(inParts(node, contracts, words(senders), words(receivers), from, to)))
                .toList();
        var all = said.stream().flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new));
        var agreed = new ArrayList<Transfer>();
        for (var transfer : all) {
            if (said.stream().allMatch(its -> its.contains(transfer))) {
                agreed.add(transfer);
            } else {
                disputed(transfer, said);
            }
        }
        return agreed;
    }

    private void disputed(Transfer transfer, List<Set<Transfer>> said) {
        var tellers = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (var i = 0; i < nodes.size(); i++) {
            (said.get(i).contains(transfer) ? tellers : others).add(nodes.get(i).name());
        }
        findings.accept(transfer.reference(id) + ": the nodes must agree: the transfer of " + transfer.amount() + " of "
                + transfer.contract() + " to " + transfer.to() + " is told of by node " + String.join(", ", tellers)
                + " and not by node " + String.join(", ", others));
    }

    private static @Nullable List<String> words(@Nullable List<String> addresses) {
        return addresses == null ? null : addresses.stream().map(Answers::word).toList();
    }

    private List<Transfer> inParts(
            ChainNode node,
            List<String> contracts,
            @Nullable List<String> senders,
            @Nullable List<String> receivers,
            long from,
            long to) {
        try {
            var transfers = node.transfers(contracts, senders, receivers, from, to);
            if (to - from + 1 >= span && transfers.size() < MANY_LOGS) {
                span = Math.min(MOST_BLOCKS, 2 * span);
            }
            return transfers;
        } catch (RefusedException e) {
            if (from == to) {
                throw new SourceException(
                        "Node " + node.name() + " must tell what was transferred in block " + from, e);
            }
            span = Math.max(1, (to - from + 1) / 2);
            var middle = from + (to - from) / 2;
            var all = new ArrayList<>(inParts(node, contracts, senders, receivers, from, middle));
            all.addAll(inParts(node, contracts, senders, receivers, middle + 1, to));
            return all;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
