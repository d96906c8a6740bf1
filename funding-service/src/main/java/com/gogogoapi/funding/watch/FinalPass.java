package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.addresses.AddressBook;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.deposits.Arrival;
import com.gogogoapi.funding.deposits.Deposits;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.rpc.Anchor;
import com.gogogoapi.funding.rpc.Block;
import com.gogogoapi.funding.rpc.Log;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.RpcException;
import com.gogogoapi.funding.rpc.Survey;
import com.gogogoapi.funding.treasury.Departures;
import com.gogogoapi.funding.watch.AgreedLogs.DisagreementException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Records what is final, from where it is recorded to what the nodes say is final, range by range. Each range is one transaction: its
 * arrivals and the height and hash up to where all is recorded now, or none of it.
 */
final class FinalPass {

    private static final int RANGES_AT_ONCE = 20;

    private final Chain chain;
    private final ChainRows rows;
    private final Deposits deposits;
    private final Departures departures;
    private final AgreedLogs logs;
    private final AddressBook addresses;
    private final Arrivals arrivals;

    FinalPass(
            Chain chain,
            ChainRows rows,
            Deposits deposits,
            Departures departures,
            AgreedLogs logs,
            AddressBook addresses) {
        this.chain = chain;
        this.rows = rows;
        this.deposits = deposits;
        this.departures = departures;
        this.logs = logs;
        this.addresses = addresses;
        this.arrivals = new Arrivals(chain, addresses);
    }

    /**
     * Goes some ranges on.
     *
     * @param survey of which addresses were refreshed after
     * @return up to where all is recorded now
     */
    Anchor goOn(long term, Anchor from, Survey survey, Anchor target) throws DisagreementException, RpcException {
        var anchor = from;
        for (var range = 0; range < RANGES_AT_ONCE && anchor.height() < target.height(); range++) {
            var first = anchor.height() + 1;
            var last = Math.min(target.height(), anchor.height() + logs.span(survey.agreeing()));
            anchor = record(term, survey.agreeing(), first, last, target);
        }
        return anchor;
    }

    private Anchor record(long term, List<Node> agreeing, long first, long last, Anchor target)
            throws DisagreementException, RpcException {
        var found = logs.read(agreeing, addresses.all(), first, last);
        var left = logs.readFrom(agreeing, addresses.all(), this::isOurs, first, last);
        var node = agreeing.getFirst();
        var blocks = new HashMap<Long, Block>();
        var arrived = new ArrayList<Arrival>();
        for (var log : found) {
            var arrival = arrivals.of(log, block(node, log.height(), blocks).time());
            if (arrival.isPresent()) {
                check(node, log, blocks);
                arrived.add(arrival.get());
            }
        }
        for (var log : left) {
            check(node, log, blocks);
        }
        var next = last == target.height() ? target : Anchor.of(block(node, last, blocks));
        rows.asOwner(chain.id(), term, () -> {
            deposits.orphan(chain.id(), first, last);
            arrived.forEach(deposits::arrived);
            left.forEach(log -> departures.left(chain, log, timeOf(log, blocks), this::isOurs));
            rows.finalUpTo(chain.id(), next);
        });
        return next;
    }

    private boolean isOurs(EvmAddress address) {
        return addresses.accountOf(address) != null;
    }

    /** Of a block that was read already. */
    private static Instant timeOf(Log log, Map<Long, Block> blocks) {
        return Objects.requireNonNull(blocks.get(log.height())).time();
    }

    /** A log of what is final is in the block of its height, and its transaction did something. */
    private static void check(Node node, Log log, Map<Long, Block> blocks) throws RpcException, DisagreementException {
        if (!block(node, log.height(), blocks).hash().equals(log.blockHash()) || !AgreedLogs.hasInReceipt(node, log)) {
            throw new DisagreementException(
                    node + " has no receipt of the transfer " + log.transactionHash() + "/" + log.index());
        }
    }

    private static Block block(Node node, long height, Map<Long, Block> blocks)
            throws RpcException, DisagreementException {
        var known = blocks.get(height);
        if (known == null) {
            known = node.block(height)
                    .orElseThrow(() -> new DisagreementException(node + " has not got block " + height));
            blocks.put(height, known);
        }
        return known;
    }
}
