package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.rpc.Log;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.RpcException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a node what was transferred to addresses. What it will not tell at once it is asked for in halves, of the blocks and at
 * last of the addresses; what it will not tell at all fails, and is skipped by nobody.
 *
 * <p>How many blocks are asked for at once follows what the node takes. Of one thread.
 */
final class LogReader {

    private static final int FIRST_SPAN = 50;
    private static final int MANY_LOGS = 2_000;
    private static final int MOST_SENDERS = 1_000;
    private static final String NO_ADDRESS_ABOVE = "0x" + "0".repeat(24);

    private final Node node;
    private final Chain chain;
    private long span;

    LogReader(Node node, Chain chain) {
        this.node = node;
        this.chain = chain;
        this.span = Math.min(FIRST_SPAN, chain.blocksPerQuery());
    }

    /** How many blocks the node takes at a time, as far as is known. */
    long span() {
        return span;
    }

    /**
     * What left addresses of tokens that are credited. Where there are many addresses all transfers of these tokens are asked for, and who
     * asks looks for his own among them.
     *
     * @throws RpcException if there is a part of it that the node does not tell
     */
    List<Log> readFrom(List<EvmAddress> addresses, Predicate<EvmAddress> ours, long from, long to) throws RpcException {
        var contracts = chain.tokens().stream().map(Token::contract).toList();
        if (contracts.isEmpty() || addresses.isEmpty()) {
            return List.of();
        }
        var isFew = addresses.size() <= MOST_SENDERS;
        var logs = new ArrayList<Log>();
        readFrom(contracts, isFew ? addresses : null, from, to, logs);
        return logs.stream()
                .filter(log -> log.height() >= from && log.height() <= to && contracts.contains(log.contract()))
                .filter(log -> log.topics().size() >= 3
                        && log.topics().get(0).equals(Node.TRANSFER)
                        && isOurs(log.topics().get(1), ours))
                .toList();
    }

    private static boolean isOurs(String word, Predicate<EvmAddress> ours) {
        return word.startsWith(NO_ADDRESS_ABOVE) && ours.test(EvmAddress.ofWord(word));
    }

    private void readFrom(
            List<EvmAddress> contracts, @Nullable List<EvmAddress> senders, long from, long to, List<Log> into)
            throws RpcException {
        try {
            into.addAll(node.transfersOf(contracts, senders, from, to));
        } catch (RpcException e) {
            if (!e.mayBeTooMuch() || from == to) {
                span = Math.max(1, span / 2);
                throw e;
            }
            var middle = from + (to - from) / 2;
            readFrom(contracts, senders, from, middle, into);
            readFrom(contracts, senders, middle + 1, to, into);
        }
    }

    /** @throws RpcException if there is a part of it that the node does not tell */
    List<Log> read(List<EvmAddress> addresses, long from, long to) throws RpcException {
        var logs = new ArrayList<Log>();
        var most = chain.addressesPerQuery();
        var wasSplit = false;
        for (var first = 0; first < addresses.size(); first += most) {
            var some = addresses.subList(first, Math.min(addresses.size(), first + most));
            wasSplit |= read(some, from, to, logs);
        }
        if (wasSplit) {
            span = Math.max(1, (to - from + 1) / 2);
        } else if (to - from + 1 >= span && logs.size() < MANY_LOGS) {
            span = Math.min(chain.blocksPerQuery(), span * 2);
        }
        return logs;
    }

    /** Returns whether it had to be split. */
    private boolean read(List<EvmAddress> addresses, long from, long to, List<Log> into) throws RpcException {
        try {
            into.addAll(asked(addresses, from, to));
            return false;
        } catch (RpcException e) {
            if (!e.mayBeTooMuch() || (from == to && addresses.size() == 1)) {
                span = Math.max(1, span / 2);
                throw e;
            }
        }
        if (from < to) {
            var middle = from + (to - from) / 2;
            read(addresses, from, middle, into);
            read(addresses, middle + 1, to, into);
        } else {
            var middle = addresses.size() / 2;
            read(addresses.subList(0, middle), from, to, into);
            read(addresses.subList(middle, addresses.size()), from, to, into);
        }
        return true;
    }

    /** What a node says beside what it was asked counts for nothing. */
    private List<Log> asked(List<EvmAddress> addresses, long from, long to) throws RpcException {
        var words = new HashSet<String>();
        addresses.forEach(address -> words.add(address.word()));
        return node.transfersTo(addresses, from, to).stream()
                .filter(log -> log.height() >= from && log.height() <= to)
                .filter(log -> log.topics().size() >= 3
                        && log.topics().get(0).equals(Node.TRANSFER)
                        && words.contains(log.topics().get(2)))
                .toList();
    }
}
