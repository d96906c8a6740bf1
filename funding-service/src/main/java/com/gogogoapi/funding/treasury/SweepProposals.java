package com.gogogoapi.funding.treasury;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.Nodes;
import com.gogogoapi.funding.rpc.RpcException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What could be sent from the accounts' addresses to the treasury: transfers without a signature, for a signer that this server does not have.
 * Of each address as much as is final there, where it holds no less by now.
 */
@Component
class SweepProposals {

    private static final String TRANSFER = Hex.selector("transfer(address,uint256)");

    private final Treasuries treasuries;
    private final Holdings holdings;
    private final Nodes nodes;

    SweepProposals(Treasuries treasuries, Holdings holdings, Nodes nodes) {
        this.treasuries = treasuries;
        this.holdings = holdings;
        this.nodes = nodes;
    }

    /**
     * One unsigned transfer.
     *
     * @param keyId names the extended public key of which {@code from} is the child {@code index}
     * @param to the token's contract, which is called with {@code data}
     * @param gas what it takes; null where the contract would refuse it, for {@code problem}
     * @param coin what {@code from} has of the chain's own coin, in its smallest unit: it pays the gas
     */
    record Proposal(
            @JsonProperty("chain_id") String chainId,
            String token,
            String contract,
            @JsonProperty("account_id") String accountId,
            String from,
            @JsonProperty("key_id") String keyId,
            int index,
            String treasury,
            String amount,
            @JsonProperty("amount_atomic") String amountAtomic,
            long nonce,
            String to,
            String value,
            String data,
            @Nullable Long gas,
            @JsonProperty("gas_price_wei") String gasPriceWei,
            @JsonProperty("coin_wei") String coinWei,
            @JsonProperty("missing_coin_wei") @Nullable String missingCoinWei,
            @Nullable String problem) {}

    /** The chain has no treasury, or no node that tells. */
    static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message) {
            super(message);
        }
    }

    /** Those of a token with the most first. @param atLeast in tokens */
    List<Proposal> of(Chain chain, Token token, BigDecimal atLeast, int most) throws UnavailableException {
        var treasury = treasuries
                .of(chain)
                .orElseThrow(() -> new UnavailableException(
                        "The chain has no treasury: gogogoapi.funding.chains." + chain.key() + ".treasury."));
        var least = atLeast.movePointRight(token.decimals()).toBigInteger();
        var held = holdings.most(chain, token, least, most);
        if (held.isEmpty()) {
            return List.of();
        }
        var node = node(chain).orElseThrow(() -> new UnavailableException("No node of the chain answers."));
        try {
            return proposals(chain, token, treasury, held, node);
        } catch (RpcException e) {
            throw new UnavailableException("A node of the chain failed: " + e.getMessage());
        }
    }

    /** Also where another instance watches the chain. */
    private Optional<Node> node(Chain chain) {
        var its = nodes.of(chain);
        if (its.preferred().isEmpty()) {
            its.survey(null);
        }
        return its.preferred();
    }

    private static List<Proposal> proposals(
            Chain chain, Token token, EvmAddress treasury, List<Holdings.Held> held, Node node) throws RpcException {
        var addresses = held.stream().map(Holdings.Held::address).toList();
        var balances = node.balances(token.contract(), addresses, null);
        var coins = node.coins(addresses);
        var nonces = node.nonces(addresses);
        var gasPrice = node.gasPrice();
        var proposals = new ArrayList<Proposal>();
        for (var i = 0; i < held.size(); i++) {
            var from = held.get(i);
            // One that was swept just now still counts until that is final.
            if (balances.get(i).compareTo(from.amount()) >= 0) {
                proposals.add(proposal(chain, token, treasury, from, coins.get(i), nonces.get(i), gasPrice, node));
            }
        }
        return proposals;
    }

    private static Proposal proposal(
            Chain chain,
            Token token,
            EvmAddress treasury,
            Holdings.Held from,
            BigInteger coin,
            BigInteger nonce,
            BigInteger gasPrice,
            Node node)
            throws RpcException {
        var data = TRANSFER + treasury.word().substring(2) + "%064x".formatted(from.amount());
        BigInteger gas = null;
        String problem = null;
        try {
            gas = node.gasOf(from.address(), token.contract(), data);
        } catch (RpcException e) {
            if (e.kind() == RpcException.Kind.AWAY) {
                throw e;
            }
            problem = "The contract would refuse it: " + e.getMessage();
        }
        var missing = gas == null ? BigInteger.ZERO : gas.multiply(gasPrice).subtract(coin);
        return new Proposal(
                chain.id().text(),
                token.symbol(),
                token.contract().checksummed(),
                from.account(),
                from.address().checksummed(),
                from.keyId(),
                from.keyIndex(),
                treasury.checksummed(),
                token.tokens(from.amount()).toPlainString(),
                from.amount().toString(),
                nonce.longValueExact(),
                token.contract().checksummed(),
                "0",
                data,
                gas == null ? null : gas.longValueExact(),
                gasPrice.toString(),
                coin.toString(),
                missing.signum() > 0 ? missing.toString() : null,
                problem);
    }
}
