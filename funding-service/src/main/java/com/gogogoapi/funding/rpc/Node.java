package com.gogogoapi.funding.rpc;

import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One of a chain's nodes. */
public final class Node {

    /** The event of every token's transfers. */
    public static final String TRANSFER = Hex.topic("Transfer(address,address,uint256)");

    private static final int BLOCKS_AT_ONCE = 20;
    private static final int CALLS_AT_ONCE = 50;
    private static final String BALANCE_OF = Hex.selector("balanceOf(address)");
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

    /** What was transferred of these tokens, in these blocks, both included. @param senders from whom; null for anybody */
    public List<Log> transfersOf(List<EvmAddress> contracts, @Nullable List<EvmAddress> senders, long from, long to)
            throws RpcException {
        var topics = new ArrayList<@Nullable Object>();
        topics.add(TRANSFER);
        topics.add(
                senders == null ? null : senders.stream().map(EvmAddress::word).toList());
        var filter = Map.of(
                "fromBlock",
                Hex.quantity(from),
                "toBlock",
                Hex.quantity(to),
                "address",
                contracts.stream().map(EvmAddress::value).toList(),
                "topics",
                topics);
        return Reading.read("eth_getLogs", rpc.call("eth_getLogs", List.of(filter)), Reading::logs);
    }

    /** What each address holds of a token, in its smallest unit. @param height after which block; null for the newest */
    public List<BigInteger> balances(EvmAddress contract, List<EvmAddress> addresses, @Nullable Long height)
            throws RpcException {
        var at = height == null ? "latest" : Hex.quantity(height);
        return numbers(
                "eth_call",
                addresses,
                address -> List.of(
                        Map.of(
                                "to",
                                contract.value(),
                                "data",
                                BALANCE_OF + address.word().substring(2)),
                        at));
    }

    /** What each address holds of the chain's own coin, in its smallest unit. */
    public List<BigInteger> coins(List<EvmAddress> addresses) throws RpcException {
        return numbers("eth_getBalance", addresses, address -> List.of(address.value(), "latest"));
    }

    /** How many transactions each address has made: the next one's nonce. */
    public List<BigInteger> nonces(List<EvmAddress> addresses) throws RpcException {
        return numbers("eth_getTransactionCount", addresses, address -> List.of(address.value(), "latest"));
    }

    /** How much gas a call takes; fails where the call would. */
    public BigInteger gasOf(EvmAddress from, EvmAddress contract, String data) throws RpcException {
        var call = Map.of("from", from.value(), "to", contract.value(), "data", data);
        return number("eth_estimateGas", rpc.call("eth_estimateGas", List.of(call)));
    }

    /** What a unit of gas costs now, in the coin's smallest unit. */
    public BigInteger gasPrice() throws RpcException {
        return number("eth_gasPrice", rpc.call("eth_gasPrice", List.of()));
    }

    private List<BigInteger> numbers(
            String method, List<EvmAddress> addresses, Function<EvmAddress, List<?>> parameters) throws RpcException {
        var numbers = new ArrayList<BigInteger>();
        for (var first = 0; first < addresses.size(); first += CALLS_AT_ONCE) {
            var some = addresses.subList(first, Math.min(addresses.size(), first + CALLS_AT_ONCE));
            for (var json : rpc.calls(method, some.stream().map(parameters).toList())) {
                numbers.add(number(method, json));
            }
        }
        return numbers;
    }

    private static BigInteger number(String method, JsonNode json) throws RpcException {
        return Reading.read(method, json, number -> Hex.big(number.asString("")));
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

    /** How much gas a call takes; fails where the call would. */
    public long estimatedGas(EvmAddress from, EvmAddress to, String data) throws RpcException {
        var call = Map.of("from", from.value(), "to", to.value(), "data", data);
        return Reading.read(
                "eth_estimateGas", rpc.call("eth_estimateGas", List.of(call)), gas -> Hex.number(gas.asString("")));
    }

    /** What a gas costs in the newest block, before anything for whoever makes it, in wei. */
    public BigInteger baseFee() throws RpcException {
        var block = rpc.call("eth_getBlockByNumber", List.of("latest", false));
        return Reading.read(
                "eth_getBlockByNumber",
                block,
                json -> Hex.big(json.path("baseFeePerGas").asString("0x0")));
    }

    /** What is usually added to it, in wei. */
    public BigInteger priorityFee() throws RpcException {
        return Reading.read(
                "eth_maxPriorityFeePerGas",
                rpc.call("eth_maxPriorityFeePerGas", List.of()),
                fee -> Hex.big(fee.asString("")));
    }

    /** How much of the chain's own coin an account has, in its smallest unit. */
    public BigInteger balanceOf(EvmAddress account) throws RpcException {
        var json = rpc.call("eth_getBalance", List.of(account.value(), "latest"));
        return Reading.read("eth_getBalance", json, balance -> Hex.big(balance.asString("")));
    }

    /** How many transactions of an account's are in blocks, which is the nonce of its next. */
    public long transactionsOf(EvmAddress account) throws RpcException {
        var json = rpc.call("eth_getTransactionCount", List.of(account.value(), "latest"));
        return Reading.read("eth_getTransactionCount", json, count -> Hex.number(count.asString("")));
    }

    /** Has it go into a block; the same again changes nothing. @throws RpcException also where the node has it already */
    public void send(String signedTransaction) throws RpcException {
        rpc.call("eth_sendRawTransaction", List.of(signedTransaction));
    }

    /** What a contract logged with these first topics from one height on. */
    public List<Log> logs(EvmAddress contract, List<String> topics, long from) throws RpcException {
        var filter = Map.of(
                "address", contract.value(), "fromBlock", Hex.quantity(from), "toBlock", "latest", "topics", topics);
        return Reading.read("eth_getLogs", rpc.call("eth_getLogs", List.of(filter)), Reading::logs);
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
