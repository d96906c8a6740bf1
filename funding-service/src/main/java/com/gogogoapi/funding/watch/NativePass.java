package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.addresses.AddressBook;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.deposits.Arrival;
import com.gogogoapi.funding.deposits.Deposits;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.Receipt;
import com.gogogoapi.funding.rpc.RpcException;
import java.util.ArrayList;

/**
 * Looks through final blocks for the chain's own coin, which makes no logs, so that who sent it by mistake is not met with silence. By
 * itself, since whole blocks are large: what is credited does not wait for it. What a contract passes on is in no block and not found.
 */
final class NativePass {

    private static final int BLOCKS_AT_ONCE = 40;
    private static final int ROUNDS = 10;

    private final Chain chain;
    private final ChainRows rows;
    private final Deposits deposits;
    private final Arrivals arrivals;

    NativePass(Chain chain, ChainRows rows, Deposits deposits, AddressBook addresses) {
        this.chain = chain;
        this.rows = rows;
        this.deposits = deposits;
        this.arrivals = new Arrivals(chain, addresses);
    }

    /** From above one height up to another, or as far as it goes for now. */
    void goOn(long term, Node node, long above, long upTo) throws RpcException {
        var from = above + 1;
        for (var round = 0; round < ROUNDS && from <= upTo; round++) {
            var blocks = node.blocks(from, Math.min(upTo, from + BLOCKS_AT_ONCE - 1), true);
            if (blocks.isEmpty()) {
                return;
            }
            var found = new ArrayList<Arrival>();
            for (var block : blocks) {
                for (var arrival : arrivals.ofNativeCoin(block)) {
                    if (node.receipt(arrival.transactionHash())
                            .map(Receipt::succeeded)
                            .orElse(false)) {
                        found.add(arrival);
                    }
                }
            }
            var last = blocks.getLast().height();
            rows.asOwner(chain.id(), term, () -> {
                found.forEach(deposits::arrived);
                rows.nativeUpTo(chain.id(), last);
            });
            from = last + 1;
        }
    }
}
