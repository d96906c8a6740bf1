package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.rpc.ChainNodes;
import com.gogogoapi.funding.rpc.Log;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.Receipt;
import com.gogogoapi.funding.rpc.RpcException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was transferred in blocks that are final, as far as nodes agree on it.
 *
 * <p>As many as have to agree are asked. What one has and another has not is looked for in the receipts of its transaction, at every
 * node: one that has it there only left it out. What enough vouch for is so; what enough deny is not; and while neither is so nothing goes
 * on beyond these blocks.
 */
final class AgreedLogs {

    private final Chain chain;
    private final ChainNodes nodes;
    private final Map<Node, LogReader> readers = new HashMap<>();

    AgreedLogs(Chain chain, ChainNodes nodes) {
        this.chain = chain;
        this.nodes = nodes;
    }

    /** The nodes do not agree, or too few answer. */
    static final class DisagreementException extends Exception {
        private static final long serialVersionUID = 1L;

        DisagreementException(String message) {
            super(message);
        }
    }

    /** How many blocks are to be asked for at once. */
    long span(List<Node> agreeing) {
        return agreeing.stream()
                .limit(chain.agreeingNodes())
                .mapToLong(node -> reader(node).span())
                .min()
                .orElse(1);
    }

    LogReader reader(Node node) {
        return readers.computeIfAbsent(node, other -> new LogReader(other, chain));
    }

    /** Asks one of them for blocks. */
    private interface Asking {
        List<Log> ask(LogReader reader) throws RpcException;
    }

    /** What reached addresses. @param agreeing those who agree on what is final, in order of preference */
    List<Log> read(List<Node> agreeing, List<EvmAddress> addresses, long from, long to) throws DisagreementException {
        return read(agreeing, from, to, reader -> reader.read(addresses, from, to));
    }

    /** What left addresses of tokens that are credited. */
    List<Log> readFrom(List<Node> agreeing, List<EvmAddress> addresses, Predicate<EvmAddress> ours, long from, long to)
            throws DisagreementException {
        return read(agreeing, from, to, reader -> reader.readFrom(addresses, ours, from, to));
    }

    private List<Log> read(List<Node> agreeing, long from, long to, Asking asking) throws DisagreementException {
        var said = new HashMap<Node, List<Log>>();
        for (var node : agreeing) {
            if (said.size() < chain.agreeingNodes()) {
                try {
                    said.put(node, asking.ask(reader(node)));
                } catch (RpcException e) {
                    nodes.failed(node, e);
                }
            }
        }
        if (said.size() < chain.agreeingNodes()) {
            throw new DisagreementException("too few nodes tell what is in blocks " + from + " to " + to);
        }
        var all = new LinkedHashSet<Log>();
        said.values().forEach(all::addAll);
        var agreed = new ArrayList<Log>();
        for (var log : all) {
            if (said.values().stream().allMatch(logs -> logs.contains(log)) || isVouchedFor(log, said)) {
                agreed.add(log);
            }
        }
        return agreed;
    }

    private boolean isVouchedFor(Log log, Map<Node, List<Log>> said) throws DisagreementException {
        var vouchers = new ArrayList<Node>();
        var deniers = new ArrayList<Node>();
        for (var node : nodes.believed()) {
            try {
                (hasInReceipt(node, log) ? vouchers : deniers).add(node);
            } catch (RpcException e) {
                nodes.failed(node, e);
            }
        }
        var what = "the transfer " + log.transactionHash() + "/" + log.index();
        if (vouchers.size() >= chain.agreeingNodes() && vouchers.size() > deniers.size()) {
            said.forEach((node, logs) -> {
                if (!logs.contains(log)) {
                    nodes.contradicted(node, "it left out " + what);
                }
            });
            deniers.forEach(node -> nodes.contradicted(node, "it denies " + what));
            return true;
        }
        if (deniers.size() >= chain.agreeingNodes() && deniers.size() > vouchers.size()) {
            said.forEach((node, logs) -> {
                if (logs.contains(log)) {
                    nodes.contradicted(node, "it alone tells of " + what);
                }
            });
            return false;
        }
        throw new DisagreementException(vouchers + " vouch for " + what + ", " + deniers + " deny it");
    }

    /** Whether a node has a log in the receipt of its transaction, exactly as it is, and the transaction did something. */
    static boolean hasInReceipt(Node node, Log log) throws RpcException {
        Optional<Receipt> receipt = node.receipt(log.transactionHash());
        return receipt.isPresent()
                && receipt.get().succeeded()
                && receipt.get().blockHash().equals(log.blockHash())
                && receipt.get().logs().contains(log);
    }
}
