package com.gogogoapi.funding.treasury;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.Nodes;
import com.gogogoapi.funding.rpc.RpcException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Holds what is recorded against what each contract says that our addresses hold, after one and the same final block: what was received less
 * what was swept or left otherwise. Any difference is an alarm. Done by whoever watches the chain, on a thread of its own.
 */
@Component
class Reconciliation {

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    private final Chains chains;
    private final Nodes nodes;
    private final Holdings holdings;
    private final Reconciled reconciled;

    Reconciliation(Chains chains, Nodes nodes, Holdings holdings, Reconciled reconciled) {
        this.chains = chains;
        this.nodes = nodes;
        this.holdings = holdings;
        this.reconciled = reconciled;
    }

    /** All tokens of those chains that are due and that this instance watches. */
    void turn() {
        for (var chain : chains.all()) {
            var node = nodes.of(chain).preferred();
            if (node.isPresent()) {
                chain.tokens().stream()
                        .filter(token -> reconciled.isDue(chain, token))
                        .forEach(token -> compare(chain, token, node.get()));
            }
        }
    }

    private void compare(Chain chain, Token token, Node node) {
        holdings.of(chain, token).ifPresent(recorded -> {
            BigInteger held = null;
            String problem = null;
            try {
                held = held(token, node, recorded);
                if (held == null) {
                    problem = "The node has another block at " + recorded.at().height() + ".";
                }
            } catch (RpcException e) {
                problem = "The node cannot tell what was held then: " + e.getMessage();
            }
            reconciled.record(chain, token, recorded, held, problem);
            if (problem != null) {
                log.warn("{}: {} is not reconciled: {}", chain.id(), token.symbol(), problem);
            }
        });
    }

    /** Null where the node is on another chain than the one that is recorded. */
    private static @Nullable BigInteger held(Token token, Node node, Holdings.Recorded recorded) throws RpcException {
        var at = recorded.at();
        var balances = node.balances(token.contract(), recorded.addresses(), at.height());
        return node.block(at.height())
                        .filter(block -> block.hash().equals(at.hash()))
                        .isPresent()
                ? balances.stream().reduce(BigInteger.ZERO, BigInteger::add)
                : null;
    }
}
