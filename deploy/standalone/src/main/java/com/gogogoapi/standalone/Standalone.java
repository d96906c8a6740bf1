package com.gogogoapi.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./gogogo up}: starts everything, says how to try it, and stops everything on Ctrl-C or SIGTERM. */
@Command(
        name = "./gogogo up",
        description = "Starts everything on one public port and keeps its data in one folder, until Ctrl-C or SIGTERM.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:It was stopped.", "1:It did not start.", "2:The command line is wrong."})
public final class Standalone implements Callable<Integer> {

    private static final int FAILED = 1;

    @Mixin
    private final Options options = new Options();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean helpRequested;

    private Standalone() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Standalone()).setExpandAtFiles(false).setUsageHelpWidth(100);
    }

    @Override
    public Integer call() {
        try {
            System.setProperty(
                    "gogogoapi.log.folder", options.data().resolve("logs").toString());
            Files.createDirectories(options.data().resolve("logs"));
            run(options);
            return 0;
        } catch (IOException | SQLException | RuntimeException e) {
            System.err.println("gogogoapi did not start: " + rootMessage(e) + "\nMore in "
                    + options.data().resolve("logs/gogogoapi.log"));
            org.slf4j.LoggerFactory.getLogger(Standalone.class).warn("gogogoapi did not start", e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static void run(Options options) throws IOException, SQLException, InterruptedException {
        var clock = new Stopwatch();
        var folder = DataFolder.lock(options.data());
        requireFree(options.port());
        options.operatorPort().ifPresent(Standalone::requireFree);
        var secrets = Secrets.in(options.data());
        var installation = new Installation(options, secrets, clock::say);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            clock.say("stopping; requests that run may finish, for up to 10 minutes (kill -9 "
                                    + ProcessHandle.current().pid() + " ends them)");
                            installation.close();
                            stopped.countDown();
                        },
                        "stop"));
        var access = installation.start(PrivateFiles.read(options.data().resolve("access.json")));
        var operator = new OperatorClient(options.operatorUrl(), secrets.operatorToken());
        access = DemoAccount.in(options.data(), operator, access);
        if (options.hasRealUpstream()) {
            losses(operator, options).ifPresent(clock::say);
        }
        clock.ready(access, options, signIn(operator, access));
        stopped.await();
        folder.close();
    }

    /** Advice: that it cannot be had is no reason not to start. */
    private static Optional<String> losses(OperatorClient operator, Options options) throws InterruptedException {
        try {
            return SoldBelowCost.line(operator.get("/margins"), options.dataUnlessUsual());
        } catch (IOException e) {
            return Optional.of("Whether a route is sold below its cost could not be told: " + e.getMessage());
        }
    }

    /** How to see the dashboard. That it cannot be told is no reason not to start either. */
    private static String signIn(OperatorClient operator, Map<String, String> access) throws InterruptedException {
        try {
            return DemoAccount.signInLink(operator, access)
                    .map(link -> "The dashboard, signed in as the demo account's owner (once, within 15 minutes):\n  "
                            + link)
                    .orElse("The dashboard: " + access.get("base_url") + "/sign-in");
        } catch (IOException e) {
            return "No link to sign in by was made: " + e.getMessage();
        }
    }

    /** Said at once, not after everything else has started. */
    private static void requireFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new IllegalStateException("Port " + port + " must be free; choose another with --port.", e);
        }
    }

    private static String rootMessage(Throwable failure) {
        // What we say ourselves is meant for the reader; of a library's failure the innermost reason tells most.
        var root = failure;
        while (!(root instanceof IllegalStateException && root == failure) && root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    /** Tells what happened when. */
    private static final class Stopwatch {

        private final long startedNanos = System.nanoTime();

        private String elapsed() {
            var tenths = (System.nanoTime() - startedNanos) / 100_000_000;
            return tenths / 10 + "." + tenths % 10 + " s";
        }

        void say(String what) {
            System.out.printf("%8s  %s%n", elapsed(), what);
        }

        void ready(Map<String, String> access, Options options, String signIn) {
            var url = access.get("base_url");
            System.out.printf(
                    """

                    gogogoapi is ready on %s (%s). Data: %s

                    Try it:
                      export KEY=$(sed -n 's/.*"api_key" *: *"\\([^"]*\\)".*/\\1/p' %s)
                      curl -s %s/api/v1/pricing
                      curl -s %s/api/v1/quote -H "Authorization: Bearer $KEY" -d '{"model":"deepseek-v4-flash","messages":[{"role":"user","content":"Summarize this."}],"expectedCompletionTokens":256}'
                      curl -si %s/v1/chat/completions -H "Authorization: Bearer $KEY" -d '{"model":"deepseek-v4-flash","messages":[{"role":"user","content":"Summarize this."}],"max_tokens":256}'
                    %n""", url, elapsed(), options.data(), options.data().resolve("access.json"), url, url, url);
            if (options.hasTestChain()) {
                var data = options.dataUnlessUsual();
                System.out.printf(
                        "Five dollars more of credit, for test tokens:%n  ./gogogo faucet 5%s%n%n",
                        data == null ? "" : " --data " + data);
            }
            System.out.printf("%s%n%n", signIn);
        }
    }
}
