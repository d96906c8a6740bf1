package com.gogogoapi.funding.rpc;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.settings.FundingProperties;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a test chain's node has: a wallet that it signs with for everybody who can ask it. */
@Component
public class TestWallet {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Of {@code transfer(address,uint256)}. */
    private static final String TRANSFER = "0xa9059cbb";

    private static final String GAS = "0x30d40";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final Duration timeout;

    TestWallet(FundingProperties properties) {
        this.timeout = properties.watch().timeout();
    }

    /**
     * Transfers tokens of the wallet's.
     *
     * @param amount in the token's smallest unit
     * @return the transaction's hash
     * @throws IllegalArgumentException if the chain gives nothing away
     */
    public String pay(Chain chain, EvmAddress contract, EvmAddress to, BigInteger amount) throws RpcException {
        if (!chain.faucet()) {
            throw new IllegalArgumentException("The chain must be one that gives its tokens away.");
        }
        var rpc = new JsonRpc(client, chain.rpcUrls().getFirst(), timeout);
        var id = rpc.call("eth_chainId", List.of()).asString("");
        if (!id.equals(Hex.quantity(chain.id().number()))) {
            throw new RpcException(RpcException.Kind.REFUSED, "it is a node of another chain");
        }
        var wallet = rpc.call("eth_accounts", List.of()).path(0).asString("");
        if (wallet.isEmpty()) {
            throw new RpcException(RpcException.Kind.REFUSED, "it has no wallet of its own");
        }
        var data = TRANSFER + to.word().substring(2) + "%064x".formatted(amount);
        var sent = rpc.call(
                "eth_sendTransaction",
                List.of(Map.of("from", wallet, "to", contract.value(), "data", data, "gas", GAS)));
        return sent.asString("");
    }
}
