package com.gogogoapi.funding.rpc;

import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One of a chain's nodes. */
public final class Node {

    /** The event of every token's transfers. */
    public static final String TRANSFER = Hex.topic("Transfer(address,address,uint256)");

    private static final int BLOCKS_AT_ONCE = 20;
    private static final Pattern BYTES = Pattern.compile("0x([0-9a-fA-F]{2})*");

    private final String name;
    private final JsonRpc rpc;

    Node(String name, JsonRpc rpc) {
        this.name = name;
        this.rpc = rpc;
    }

    /** Its host; for operators. */
    public String name() {
        return name;
    }

    long chainId() throws RpcException {
        var json = rpc.call("eth_chainId", List.of());
        return Reading.read("eth_chainId", json, id -> Hex.number(id.asString("")));
    }

    /** The newest. */
    public Block latest() throws RpcException {
        return block("latest", false)
                .orElseThrow(() -> new RpcException(RpcException.Kind.UNREADABLE, "it has no latest block"));
    }

    /** By a tag; empty where it has none yet. */
    public Optional<Block> tagged(String tag) throws RpcException {
        return block(tag, false);
    }

    /** By its height; empty where it has none so high. */
    public Optional<Block> block(long height) throws RpcException {
        var block = block(Hex.quantity(height), false);
        if (block.isPresent() && block.get().height() != height) {
            throw new RpcException(RpcException.Kind.UNREADABLE, "it gave another block than the one asked for");
        }
        return block;
    }

    private Optional<Block> block(String which, boolean whole) throws RpcException {
        return optional(
                "eth_getBlockByNumber", rpc.call("eth_getBlockByNumber", List.of(which, whole)), Reading::block);
    }

    /**
     * From one height to another, both included; ends before the first that it has not got.
     *
     * @param whole with their transactions
     */
    public List<Block> blocks(long from, long to, boolean whole) throws RpcException {
        var blocks = new ArrayList<Block>();
        for (var first = from; first <= to; first += BLOCKS_AT_ONCE) {
            var parameters = new ArrayList<List<?>>();
            for (var height = first; height <= Math.min(to, first + BLOCKS_AT_ONCE - 1); height++) {
                parameters.add(List.of(Hex.quantity(height), whole));
            }
            for (var json : rpc.calls("eth_getBlockByNumber", parameters)) {
                var block = optional("eth_getBlockByNumber", json, Reading::block);
                if (block.isEmpty()) {
                    return blocks;
                }
                blocks.add(block.get());
            }
        }
        return blocks;
    }

    /** What was transferred to these addresses, of whatever token, in these blocks, both included. */
    public List<Log> transfersTo(List<EvmAddress> addresses, long from, long to) throws RpcException {
        var topics = new ArrayList<@Nullable Object>();
        topics.add(TRANSFER);
        topics.add(null);
        topics.add(addresses.stream().map(EvmAddress::word).toList());
        var filter = Map.of("fromBlock", Hex.quantity(from), "toBlock", Hex.quantity(to), "topics", topics);
        return Reading.read("eth_getLogs", rpc.call("eth_getLogs", List.of(filter)), Reading::logs);
    }

    public Optional<Receipt> receipt(String transactionHash) throws RpcException {
        var json = rpc.call("eth_getTransactionReceipt", List.of(transactionHash));
        return optional("eth_getTransactionReceipt", json, Reading::receipt);
    }

    /** What a contract's function says, as of the newest block. @return bytes in hexadecimal */
    public String call(EvmAddress contract, String data) throws RpcException {
        var json = rpc.call("eth_call", List.of(Map.of("to", contract.value(), "data", data), "latest"));
        return Reading.read("eth_call", json, bytes -> {
            var text = bytes.asString("");
            if (!BYTES.matcher(text).matches()) {
                throw new IllegalArgumentException("The answer must be bytes in hexadecimal.");
            }
            return text.toLowerCase(Locale.ROOT);
        });
    }

    private static <T> Optional<T> optional(String method, JsonNode json, Reading.Reader<T> reader)
            throws RpcException {
        return json.isNull() ? Optional.empty() : Optional.of(Reading.read(method, json, reader));
    }

    @Override
    public String toString() {
        return name;
    }
}
