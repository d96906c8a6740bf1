package com.gogogoapi.simulator.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chain of one's own: it mines when it is told to, reorganises when it is told to, and can be killed. Its ten wallets have as
 * much of its coin as anybody needs, and sign without being asked. Addresses are {@code 0x} and 40 hex digits.
 */
public final class LocalChain implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String GAS = "0x4c4b40";
    private static final long PAUSE_MILLIS = 10;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> selectors = new ConcurrentHashMap<>();
    private final Options options;
    private Anvil anvil;
    private List<String> wallets;

    /**
     * @param id the chain's number, as in {@code eip155:31337}
     * @param slots half as many blocks as lie above one that is final
     * @param port 0 for any that is free
     * @param state where it keeps what it has; null for a chain that is gone when it ends
     * @param minesAtOnce whether a transaction makes a block of its own; otherwise blocks are made by {@link #mine}
     * @param folder where its program may be unpacked to
     */
    public record Options(
            long id, int slots, int port, @Nullable Path state, boolean minesAtOnce, Path folder) {

        /** One for a test: in memory, and it mines when it is told to. */
        public static Options inMemory(long id, int slots) {
            return new Options(id, slots, 0, null, false, Path.of("target"));
        }

        /** The same, that keeps what it has in a new file, and so can be killed. */
        public static Options kept(long id, int slots) throws IOException {
            var folder = Files.createTempDirectory("chain");
            return new Options(id, slots, 0, folder.resolve("state.json"), false, Path.of("target"));
        }

        private List<String> arguments() {
            var arguments = new ArrayList<>(List.of(
                    "--chain-id",
                    Long.toString(id),
                    "--slots-in-an-epoch",
                    Integer.toString(slots),
                    "--order",
                    "fifo"));
            if (!minesAtOnce) {
                arguments.add("--no-mining");
            }
            if (state != null) {
                arguments.addAll(List.of("--state", state.toString(), "--state-interval", "1"));
            }
            return arguments;
        }
    }

    private LocalChain(Options options) throws IOException {
        this.options = options;
        anvil = Anvil.start(options.folder(), options.port(), options.arguments());
        wallets = walletsOf();
    }

    public static LocalChain start(Options options) throws IOException {
        return new LocalChain(options);
    }

    private List<String> walletsOf() {
        var all = new ArrayList<String>();
        rpc("eth_accounts").forEach(wallet -> all.add(wallet.asString()));
        return List.copyOf(all);
    }

    /** As a power cut would. What was mined until now is kept, as it is on a chain of more nodes than one. */
    public void kill() throws IOException, InterruptedException {
        var state = options.state();
        if (state != null) {
            // What is being written now may be older.
            awaitWritten(state);
            awaitWritten(state);
        }
        anvil.kill();
    }

    private void awaitWritten(Path state) throws IOException, InterruptedException {
        var before = writtenAt(state);
        mine(1);
        for (var waited = 0; writtenAt(state) == before; waited++) {
            if (waited > TIMEOUT.toMillis() / 20) {
                throw new IOException("The chain must write its state.");
            }
            Thread.sleep(20);
        }
    }

    private static long writtenAt(Path state) throws IOException {
        return Files.exists(state) ? Files.getLastModifiedTime(state).to(TimeUnit.NANOSECONDS) : 0;
    }

    /** Again at the same port, with what it has kept. */
    public void startAgain() throws IOException {
        anvil = Anvil.start(options.folder(), anvil.port(), options.arguments());
        wallets = walletsOf();
    }

    public String url() {
        return "http://127.0.0.1:" + anvil.port();
    }

    public long id() {
        return options.id();
    }

    public String wallet(int number) {
        return wallets.get(number);
    }

    /** @throws IllegalStateException if the chain refuses it */
    public JsonNode rpc(String method, Object... parameters) {
        var body = JSON.writeValueAsBytes(
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(parameters)));
        var request = HttpRequest.newBuilder(URI.create(url()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            var answer = JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body());
            if (answer.has("error")) {
                throw new IllegalStateException(method + ": " + answer.path("error"));
            }
            return answer.path("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Puts a contract of TestTokens.sol there. @return its address */
    public String deploy(String contract) {
        var sent = rpc(
                        "eth_sendTransaction",
                        Map.of("from", wallet(0), "data", Contracts.bytecode(contract), "gas", GAS))
                .asString();
        if (!options.minesAtOnce()) {
            mine(1);
        }
        return mined(sent).path("contractAddress").asString();
    }

    /** A chain that mines at once does so a moment after it has said that it will. */
    private JsonNode mined(String transaction) {
        var receipt = receipt(transaction);
        for (var waited = 0; receipt.isNull(); waited++) {
            if (waited > TIMEOUT.toMillis() / PAUSE_MILLIS) {
                throw new IllegalStateException("The transaction " + transaction + " must be in a block.");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            receipt = receipt(transaction);
        }
        return receipt;
    }

    /**
     * Asks a contract to do something, in the next block, in the first wallet's name.
     *
     * @param function with its types: {@code transfer(address,uint256)}
     * @param arguments addresses, numbers and booleans
     * @return the transaction's hash
     */
    public String send(String contract, String function, Object... arguments) {
        return sendAs(wallet(0), contract, function, arguments);
    }

    public String sendAs(String from, String contract, String function, Object... arguments) {
        return rpc(
                        "eth_sendTransaction",
                        Map.of("from", from, "to", contract, "data", data(function, arguments), "gas", GAS))
                .asString();
    }

    /** What a contract's function answers, as hex. */
    public String call(String contract, String function, Object... arguments) {
        return rpc("eth_call", Map.of("to", contract, "data", data(function, arguments)), "latest")
                .asString();
    }

    private String data(String function, Object... arguments) {
        var data = new StringBuilder(selectors.computeIfAbsent(function, this::selector));
        for (var argument : arguments) {
            data.append(word(argument));
        }
        return data.toString();
    }

    private String selector(String function) {
        var text = HexFormat.of().formatHex(function.getBytes(US_ASCII));
        return rpc("web3_sha3", "0x" + text).asString().substring(0, 10);
    }

    private static String word(Object argument) {
        return switch (argument) {
            case String address -> "0".repeat(24) + address.substring(2).toLowerCase(Locale.ROOT);
            case Boolean flag -> word(flag ? 1L : 0L);
            case BigInteger number -> "%064x".formatted(number);
            case Integer number -> word(BigInteger.valueOf(number));
            case Long number -> word(BigInteger.valueOf(number));
            default -> throw new IllegalArgumentException("An argument must be an address, a number or a boolean.");
        };
    }

    /** Sends the chain's own coin. */
    public String sendCoin(String to, long amount) {
        return rpc("eth_sendTransaction", Map.of("from", wallet(0), "to", to, "value", quantity(amount), "gas", GAS))
                .asString();
    }

    /** Waiting transactions go into the first. */
    public void mine(int blocks) {
        rpc("evm_mine");
        if (blocks > 1) {
            rpc("anvil_mine", quantity(blocks - 1L));
        }
    }

    public JsonNode receipt(String transaction) {
        return rpc("eth_getTransactionReceipt", transaction);
    }

    /** A transaction as it was signed, to be sent again. */
    public String signed(String transaction) {
        return rpc("eth_getRawTransactionByHash", transaction).asString();
    }

    public void sendAgain(String signed) {
        rpc("eth_sendRawTransaction", signed);
    }

    /** The last blocks are replaced by as many others, without any of their transactions. */
    public void reorganise(int depth) {
        rpc("anvil_reorg", depth, List.of());
    }

    /** The same, with one transaction in the new block of that number. */
    public void reorganise(int depth, String signed, int block) {
        rpc("anvil_reorg", depth, List.of(List.of(signed, block)));
    }

    public long height() {
        return Long.parseLong(rpc("eth_blockNumber").asString().substring(2), 16);
    }

    private static String quantity(long number) {
        return "0x" + Long.toHexString(number);
    }

    @Override
    public void close() {
        try {
            anvil.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
