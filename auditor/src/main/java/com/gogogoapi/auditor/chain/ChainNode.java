package com.gogogoapi.auditor.chain;

import com.gogogoapi.auditor.source.SourceException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One of a chain's nodes. What it will not tell at once it is asked for in parts; what it will not tell at all ends the audit. */
final class ChainNode {

    private static final String BALANCE_OF = "0x70a08231";

    private final String name;
    private final JsonRpc rpc;

    /** @param number its place among the chain's nodes, from 1 */
    ChainNode(HttpClient client, URI url, int number) {
        this.name = number + " (" + url.getHost() + ")";
        this.rpc = new JsonRpc(client, url, name);
    }

    String name() {
        return name;
    }

    String chainId() {
        return "eip155:"
                + Answers.read(name, "eth_chainId", one("eth_chainId", List.of()), id -> Answers.big(id.asString("")));
    }

    /** By a tag or a height; empty where it has none. */
    Optional<Block> block(String which) {
        return optional(one("eth_getBlockByNumber", List.of(which, false)))
                .map(json -> Answers.read(name, "eth_getBlockByNumber", json, Answers::block));
    }

    List<Optional<Block>> blocks(List<Long> heights) {
        return several(
                "eth_getBlockByNumber",
                heights.stream()
                        .map(height -> List.of(Answers.quantity(height), false))
                        .toList(),
                Answers::block);
    }

    List<Optional<Receipt>> receipts(List<String> transactions) {
        return several(
                "eth_getTransactionReceipt", transactions.stream().map(List::of).toList(), Answers::receipt);
    }

    /** What contracts say that addresses hold, after a block. */
    List<Optional<BigInteger>> balances(List<Holding> holdings, long height) {
        var at = Answers.quantity(height);
        return several(
                "eth_call",
                holdings.stream()
                        .map(holding -> List.of(
                                Map.of(
                                        "to",
                                        holding.contract(),
                                        "data",
                                        BALANCE_OF
                                                + Answers.word(holding.address())
                                                        .substring(2)),
                                at))
                        .toList(),
                json -> Answers.big(json.asString("")));
    }

    /**
     * Transfers of these contracts.
     *
     * @param senders words that the second topic has to be one of; null for any
     * @param receivers the same of the third
     */
    List<Transfer> transfers(
            List<String> contracts,
            @Nullable List<String> senders,
            @Nullable List<String> receivers,
            long from,
            long to)
            throws RefusedException {
        var topics = new ArrayList<@Nullable Object>();
        topics.add(Answers.TRANSFER);
        topics.add(senders);
        topics.add(receivers);
        var filter = Map.of(
                "fromBlock",
                Answers.quantity(from),
                "toBlock",
                Answers.quantity(to),
                "address",
                contracts,
                "topics",
                topics);
        var logs = Answers.read(name, "eth_getLogs", rpc.call("eth_getLogs", List.of(filter)), Answers::transfers);
        // What it says beside what it was asked counts for nothing.
        return logs.stream()
                .filter(log -> log.height() >= from && log.height() <= to && contracts.contains(log.contract()))
                .toList();
    }

    private JsonNode one(String method, List<?> parameters) {
        try {
            return rpc.call(method, parameters);
        } catch (RefusedException e) {
            throw new SourceException("Node " + name + " must answer", e);
        }
    }

    private static Optional<JsonNode> optional(JsonNode json) {
        return json.isNull() ? Optional.empty() : Optional.of(json);
    }

    private <T> List<Optional<T>> several(
            String method, List<? extends List<?>> parameters, Function<JsonNode, T> reader) {
        try {
            return rpc.calls(method, parameters).stream()
                    .map(json -> optional(json).map(one -> Answers.read(name, method, one, reader)))
                    .toList();
        } catch (RefusedException e) {
            if (parameters.size() <= 1) {
                throw new SourceException("Node " + name + " must answer", e);
            }
            var middle = parameters.size() / 2;
            var all = new ArrayList<>(several(method, parameters.subList(0, middle), reader));
            all.addAll(several(method, parameters.subList(middle, parameters.size()), reader));
            return all;
        }
    }
}
