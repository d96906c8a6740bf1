package com.gogogoapi.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ./gogogo faucet}: pays tokens of the test chain, which are worth nothing, and tells what becomes of the payment. */
@Command(
        name = "./gogogo faucet",
        description = "Pays test tokens, which are worth nothing, on the test chain of a running installation:"
                + " to the demo account, whose credit grows by as many USD, or to any address of that chain.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:They were paid, and to the demo account credited.",
            "1:They were not.",
            "2:The installation was not reached, it has no test chain, or the command line is wrong."
        })
public final class Faucet implements Callable<Integer> {

    private static final int NOT_PAID = 1;
    private static final int NOT_REACHED = 2;
    private static final Duration UNTIL_CREDITED = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 500;

    @Parameters(index = "0", paramLabel = "AMOUNT", description = "How many tokens, such as 5 or 0.25.")
    private String amount = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TOKEN",
            defaultValue = "USDC",
            description = "USDC or USDT. Default: ${DEFAULT-VALUE}.")
    private String token = "USDC";

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "Another address of the test chain: 0x and 40 hex digits.")
    private @Nullable String to;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The installation's folder, whose access.json says where it is. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean helpRequested;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Faucet() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Faucet()).setExpandAtFiles(false).setUsageHelpWidth(100);
    }

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (!amount.matches("[0-9]{1,9}(\\.[0-9]{1,18})?")) {
            err.println("The amount must be a number of tokens such as 5 or 0.25, not '" + amount + "'.");
            return NOT_REACHED;
        }
        try {
            var access = PrivateFiles.access(data);
            var customer = CustomerClient.of(access);
            var chain = testChain(customer);
            if (chain == null) {
                err.println(
                        "The installation of " + data + " must have a test chain: it has none with --no-chain, or where"
                                + " requests go to a real upstream.");
                return NOT_REACHED;
            }
            return to == null ? payDemoAccount(customer, chain, out, err) : payAddress(to, access, chain, out, err);
        } catch (ConnectException e) {
            err.println("The installation of " + data + " must be running.");
            return NOT_REACHED;
        } catch (IOException | IllegalStateException e) {
            err.println("faucet: " + e.getMessage());
            return NOT_REACHED;
        }
    }

    private static @Nullable JsonNode testChain(CustomerClient customer) throws IOException, InterruptedException {
        for (var chain : customer.get("/deposit-addresses").path("data")) {
            if (chain.path("test_payments").asBoolean()) {
                return chain;
            }
        }
        return null;
    }

    private int payDemoAccount(CustomerClient customer, JsonNode chain, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        var paid = customer.post(
                "/deposit-addresses/test-payments",
                Map.of(
                        "chain_id", chain.path("chain_id").asString(),
                        "token", token,
                        "amount", amount));
        if (paid.status() != 200) {
            err.println("Nothing was paid: " + paid.message());
            return NOT_PAID;
        }
        var transaction = paid.body().path("transaction_hash").asString();
        tell(out, chain, paid.body().path("address").asString(), transaction);
        var until = System.nanoTime() + UNTIL_CREDITED.toNanos();
        var told = "";
        while (System.nanoTime() < until) {
            var deposit = customer.deposit(transaction);
            var state = deposit.path("state").asString("");
            if (!state.equals(told)) {
                out.println("  " + state + reasons(deposit));
                out.flush();
                told = state;
            }
            if (state.equals("credited")) {
                out.println("Credit available: $"
                        + customer.get("/credits")
                                .path("data")
                                .path("available_usd")
                                .asString());
                return 0;
            }
            if (state.equals("rejected")) {
                return NOT_PAID;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        err.println("It must be credited within " + UNTIL_CREDITED.toSeconds()
                + " s and is not: the dashboard's Top up page goes on telling.");
        return NOT_PAID;
    }

    private static String reasons(JsonNode deposit) {
        var why = deposit.path("explanation").asString(deposit.path("waits_for").asString(""));
        return why.isEmpty() ? "" : ": " + why;
    }

    /** By the chain's own node: of an address that is nobody's here the installation knows nothing. */
    private int payAddress(String address, Map<String, String> access, JsonNode chain, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        for (var known : chain.path("tokens")) {
            if (known.path("symbol").asString().equals(token)) {
                var transaction = new TestWallet(access.getOrDefault("chain_url", ""))
                        .pay(
                                known.path("contract").asString(),
                                address,
                                new BigDecimal(amount),
                                known.path("decimals").asInt());
                tell(out, chain, address, transaction);
                return 0;
            }
        }
        err.println("The token must be USDC or USDT, not '" + token + "'.");
        return NOT_PAID;
    }

    private void tell(PrintWriter out, JsonNode chain, String address, String transaction) {
        out.println(amount + " test " + token + " were sent to " + address + " on the "
                + chain.path("name").asString() + " (" + chain.path("chain_id").asString() + "): " + transaction);
        out.flush();
    }
}
