package com.gogogoapi.funding.credit;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.Nodes;
import com.gogogoapi.funding.rpc.RpcException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Why a deposit is not credited just now: an operator stopped its token, the token is paused or has blacklisted the address that it lies
 * at, so that it cannot be moved, or it is not worth what is credited for it. What cannot be found out is an obstacle too.
 */
@Component
public class Obstacles {

    private final TokenStops stops;
    private final PriceFeed prices;
    private final Nodes nodes;

    Obstacles(TokenStops stops, PriceFeed prices, Nodes nodes) {
        this.stops = stops;
        this.prices = prices;
        this.nodes = nodes;
    }

    /** The first in words; empty where there is none. */
    public Optional<String> of(Chain chain, Token token, EvmAddress address) {
        return Stream.<Supplier<Optional<String>>>of(
                        () -> stops.of(chain, token).map(stop -> "An operator stopped the token: " + stop.reason()),
                        () -> price(token),
                        () -> said(chain, token, token.pausedFunction(), null, "The token's contract is paused."),
                        () -> said(
                                chain,
                                token,
                                token.blacklistFunction(),
                                address,
                                "The token's contract has blacklisted the address."))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> price(Token token) {
        var price = token.price();
        if (price == null) {
            return Optional.empty();
        }
        return prices.of(price)
                .map(usd -> usd.compareTo(price.atLeast()) >= 0
                        ? Optional.<String>empty()
                        : Optional.of("The token is worth less than " + price.atLeast() + " USD."))
                .orElseGet(() -> Optional.of("It is not known what the token is worth."));
    }

    private Optional<String> said(
            Chain chain, Token token, @Nullable String function, @Nullable EvmAddress of, String obstacle) {
        if (function == null) {
            return Optional.empty();
        }
        var argument = of == null ? "" : of.word().substring(2);
        var node = nodes.of(chain).preferred();
        if (node.isEmpty()) {
            return Optional.of("No node says whether the token can be moved.");
        }
        try {
            var answer = node.get().call(token.contract(), Hex.selector(function) + argument);
            if (answer.length() < 2 + 64) {
                return Optional.of("The token's contract has no function " + function + ".");
            }
            return Hex.firstWord(answer).signum() == 0 ? Optional.empty() : Optional.of(obstacle);
        } catch (RpcException e) {
            return Optional.of("A node does not say whether the token can be moved.");
        }
    }
}
