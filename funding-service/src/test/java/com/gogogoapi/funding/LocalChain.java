package com.gogogoapi.funding;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real chain of one's own: anvil, which mines when it is told to, reorganises when it is told to, and can be killed. */
final class LocalChain implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path FOLDER = Path.of("target", "chain");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String GAS = "0x4c4b40";
    private static Map<String, String> contracts;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final long id;
    private final int slots;
    private final Path state;
    private Process process;
    private List<String> wallets;

    private LocalChain(int port, long id, int slots, Path state) {
        this.port = port;
        this.id = id;
        this.slots = slots;
        this.state = state;
    }

    /** @param slots half as many blocks as lie above one that is final */
    static LocalChain start(long id, int slots) {
        var chain = new LocalChain(freePort(), id, slots, null);
        chain.run();
        return chain;
    }

    /** One that keeps what it has, and so can be killed. */
    static LocalChain startKept(long id, int slots) {
        try {
            var state = Files.createTempFile("anvil", ".json");
            Files.delete(state);
            var chain = new LocalChain(freePort(), id, slots, state);
            chain.run();
            return chain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path anvil() throws IOException {
        try (var platforms = Files.newDirectoryStream(FOLDER.resolve("node_modules/@foundry-rs"), "anvil-*")) {
            for (var platform : platforms) {
                return platform.resolve("bin").resolve("anvil");
            }
        }
        throw new IOException("npm ci must have been run in " + FOLDER.toAbsolutePath());
    }

    /** Starts it, or starts it again with what it had. */
    void run() {
        try {
            var command = new ArrayList<>(List.of(
                    anvil().toString(),
                    "--port",
                    "" + port,
                    "--chain-id",
                    "" + id,
                    "--slots-in-an-epoch",
                    "" + slots,
                    "--no-mining",
                    "--order",
                    "fifo",
                    "--silent"));
            if (state != null) {
                command.addAll(List.of("--state", state.toString(), "--state-interval", "1"));
            }
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(SOON).ignoreExceptions().until(() -> !rpc("eth_accounts").isEmpty());
        wallets = new ArrayList<>();
        rpc("eth_accounts").forEach(wallet -> wallets.add(wallet.asString()));
    }

    /** As a power cut would; what was mined until now is kept, as it is on a chain that has more than one node. */
    void kill() throws IOException, InterruptedException {
        // What is being written now may be older.
        awaitWritten();
        awaitWritten();
        process.destroyForcibly().waitFor();
    }

    private void awaitWritten() throws IOException {
        var before = Files.exists(state) ? Files.getLastModifiedTime(state) : FileTime.fromMillis(0);
        mine(1);
        await().atMost(SOON)
                .until(() -> Files.exists(state)
                        && Files.getLastModifiedTime(state).compareTo(before) > 0);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    long id() {
        return id;
    }

    String wallet(int number) {
        return wallets.get(number);
    }

    JsonNode rpc(String method, Object... parameters) {
        var body = JSON.writeValueAsBytes(
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(parameters)));
        var request = HttpRequest.newBuilder(URI.create(url()))
                .timeout(SOON)
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

    /** Puts a contract of TestTokens.sol there. */
    EvmAddress deploy(String contract) {
        var sent = rpc("eth_sendTransaction", Map.of("from", wallet(0), "data", bytecode(contract), "gas", GAS))
                .asString();
        mine(1);
        return EvmAddress.parse(receipt(sent).path("contractAddress").asString());
    }

    private static synchronized String bytecode(String contract) {
        if (contracts == null) {
            contracts = compiled();
        }
        return contracts.get(contract);
    }

    private static Map<String, String> compiled() {
        try {
            var compiler = new ProcessBuilder("node", "compile.mjs")
                    .directory(FOLDER.toFile())
                    .inheritIO()
                    .start();
            if (compiler.waitFor() != 0) {
                throw new IllegalStateException("TestTokens.sol must compile.");
            }
            var all = new LinkedHashMap<String, String>();
            JSON.readTree(Files.readAllBytes(FOLDER.resolve("contracts.json")))
                    .properties()
                    .forEach(contract ->
                            all.put(contract.getKey(), contract.getValue().asString()));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks a contract to do something, in the next block. @param arguments words, or addresses and numbers that become some */
    String send(EvmAddress contract, String function, Object... arguments) {
        return send(wallet(0), contract, function, arguments);
    }

    String send(String from, EvmAddress contract, String function, Object... arguments) {
        var data = new StringBuilder(Hex.selector(function));
        for (var argument : arguments) {
            data.append(word(argument));
        }
        return rpc(
                        "eth_sendTransaction",
                        Map.of("from", from, "to", contract.value(), "data", data.toString(), "gas", GAS))
                .asString();
    }

    private static String word(Object argument) {
        return switch (argument) {
            case EvmAddress address -> address.word().substring(2);
            case Boolean flag -> word(flag ? 1L : 0L);
            case BigInteger number -> "%064x".formatted(number);
            case Integer number -> word(BigInteger.valueOf(number));
            case Long number -> word(BigInteger.valueOf(number));
            default -> throw new IllegalArgumentException("An argument must be an address or a number.");
        };
    }

    /** Sends the chain's own coin. */
    String sendCoin(EvmAddress to, long amount) {
        return rpc(
                        "eth_sendTransaction",
                        Map.of("from", wallet(0), "to", to.value(), "value", Hex.quantity(amount), "gas", GAS))
                .asString();
    }

    void mine(int blocks) {
        // Waiting transactions go into the first.
        rpc("evm_mine");
        if (blocks > 1) {
            rpc("anvil_mine", Hex.quantity(blocks - 1));
        }
    }

    JsonNode receipt(String transaction) {
        return rpc("eth_getTransactionReceipt", transaction);
    }

    /** A transaction as it was signed, to be sent again. */
    String signed(String transaction) {
        return rpc("eth_getRawTransactionByHash", transaction).asString();
    }

    void sendAgain(String signed) {
        rpc("eth_sendRawTransaction", signed);
    }

    /** The last blocks are replaced by as many others, without any of their transactions. */
    void reorganise(int depth) {
        rpc("anvil_reorg", depth, List.of());
    }

    /** The same, with one transaction in the new block of that number. */
    void reorganise(int depth, String signed, int block) {
        rpc("anvil_reorg", depth, List.of(List.of(signed, block)));
    }

    long height() {
        return Hex.number(rpc("eth_blockNumber").asString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            if (state != null) {
                Files.deleteIfExists(state);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
