package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.addresses.AddressBook;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.deposits.Arrival;
import com.gogogoapi.funding.deposits.Deposits;
import com.gogogoapi.funding.rpc.Anchor;
import com.gogogoapi.funding.rpc.Block;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.RpcException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Follows the blocks that are not final yet, by one node: each names its parent, and where the parent is not the one that was read, it is
 * gone back to the last block that both know. What is recorded here is shown and never credited.
 */
final class TipPass {

    /** Above so many blocks that are not final nothing is followed, until what is final is read up to them. */
    private static final int MAX_BLOCKS = 20_000;

    private static final int BLOCKS_AT_ONCE = 200;

    private final Chain chain;
    private final ChainRows rows;
    private final Deposits deposits;
    private final AgreedLogs logs;
    private final AddressBook addresses;
    private final Arrivals arrivals;

    TipPass(Chain chain, ChainRows rows, Deposits deposits, AgreedLogs logs, AddressBook addresses) {
        this.chain = chain;
        this.rows = rows;
        this.deposits = deposits;
        this.logs = logs;
        this.addresses = addresses;
        this.arrivals = new Arrivals(chain, addresses);
    }

    /** @param head of which addresses were refreshed after */
    void follow(long term, Anchor finalBlock, Node node, Block head) throws RpcException {
        if (head.height() - finalBlock.height() > MAX_BLOCKS) {
            return;
        }
        var tip = rows.tip(chain.id());
        if (isOnlyBehind(head, tip)) {
            return;
        }
        var before = tip.size();
        var last = lastInCommon(node, tip, finalBlock);
        var isReorganised = tip.size() < before;
        var blocks = next(node, last, Math.min(head.height(), last.height() + BLOCKS_AT_ONCE));
        if (blocks.isEmpty() && !isReorganised) {
            return;
        }
        var seen = blocks.isEmpty() ? List.<Arrival>of() : seen(node, blocks);
        var newest = blocks.isEmpty() ? last.height() : blocks.getLast().height();
        rows.asOwner(chain.id(), term, () -> {
            if (isReorganised) {
                deposits.orphanAbove(chain.id(), last.height());
            }
            rows.tipAbove(chain.id(), last.height(), blocks);
            seen.forEach(deposits::seen);
            deposits.confirming(chain.id(), newest);
        });
    }

    /** Whether the node is on the chain that was read, and has not got all of it yet. */
    private static boolean isOnlyBehind(Block head, List<Anchor> tip) {
        return !tip.isEmpty() && tip.getLast().height() > head.height() && tip.contains(Anchor.of(head));
    }

    /** The last block that was read and that the node still has; takes those above away from the tip. */
    private static Anchor lastInCommon(Node node, List<Anchor> tip, Anchor finalBlock) throws RpcException {
        while (!tip.isEmpty()) {
            var last = tip.getLast();
            var its = node.block(last.height());
            if (its.isPresent() && Anchor.of(its.get()).equals(last)) {
                return last;
            }
            tip.removeLast();
        }
        return finalBlock;
    }

    /** Those above, as far as each names the one before as its parent: what does not was reorganised while it was read. */
    private static List<Block> next(Node node, Anchor last, long to) throws RpcException {
        var chained = new ArrayList<Block>();
        var parent = last.hash();
        for (var block : node.blocks(last.height() + 1, to, false)) {
            if (!block.parentHash().equals(parent)) {
                break;
            }
            chained.add(block);
            parent = block.hash();
        }
        return chained;
    }

    private List<Arrival> seen(Node node, List<Block> blocks) throws RpcException {
        var byHash = new HashMap<String, Block>();
        blocks.forEach(block -> byHash.put(block.hash(), block));
        var from = blocks.getFirst().height();
        var seen = new ArrayList<Arrival>();
        for (var log :
                logs.reader(node).read(addresses.all(), from, blocks.getLast().height())) {
            var block = byHash.get(log.blockHash());
            // Of a block that came in another one's place meanwhile: it is read in its turn.
            if (block != null) {
                arrivals.of(log, block.time()).ifPresent(seen::add);
            }
        }
        return seen;
    }
}
