package com.gogogoapi.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ./gogogo prices}: what an operator does to the prices of a running installation. */
@Command(
        name = "./gogogo prices",
        description = "Changes the prices of a running installation.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Prices.Import.class, CommandLine.HelpCommand.class})
public final class Prices {

    private static final int REFUSED = 1;
    private static final int NOT_REACHED = 2;

    private Prices() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Prices()).setExpandAtFiles(false).setUsageHelpWidth(100);
    }

    /** Imports a route file and says of each of its lines what becomes of it. */
    @Command(
            name = "import",
            description = "Brings the price book to what a route file says, all of it or nothing.",
            sortOptions = false,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:The book says so, or with --dry-run it would.",
                "1:It was refused.",
                "2:The installation was not reached, the file not read, or the command line is wrong."
            })
    static final class Import implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "Routes, prices and costs as YAML.")
        private Path file = Path.of("");

        @Option(names = "--dry-run", description = "Only tells what would change.")
        private boolean dryRun;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description =
                        "The installation's folder, whose access.json says where it is. Default: ${DEFAULT-VALUE}.")
        private Path data = Path.of("data");

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this help.")
        private boolean helpRequested;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws InterruptedException {
            var out = spec.commandLine().getOut();
            var err = spec.commandLine().getErr();
            try {
                var operator = OperatorClient.of(PrivateFiles.access(data));
                var answer = operator.postFile("/routes/import?dry_run=" + dryRun, Files.readAllBytes(file));
                if (answer.status() != 200) {
                    err.println("Nothing was imported: " + answer.message());
                    print(answer.body().path("error").path("changes"), err);
                    return REFUSED;
                }
                print(answer.body().path("changes"), out);
                out.println(dryRun ? "Nothing was changed: this was a dry run." : "The price book says so now.");
                return 0;
            } catch (ConnectException e) {
                err.println("The installation of " + data + " must be running.");
                return NOT_REACHED;
            } catch (NoSuchFileException e) {
                err.println("There must be a file " + e.getFile() + ".");
                return NOT_REACHED;
            } catch (IllegalStateException e) {
                err.println(e.getMessage());
                return NOT_REACHED;
            } catch (IOException e) {
                err.println("prices: " + e);
                return NOT_REACHED;
            }
        }

        private static void print(JsonNode changes, PrintWriter to) {
            for (var change : changes) {
                var line = new StringBuilder(change.path("action").asString().replace('_', ' '));
                line.append("  ").append(change.path("model").asString());
                line.append(' ').append(change.path("kind").asString());
                if (change.has("valid_from")) {
                    line.append(" from ").append(change.path("valid_from").asString());
                }
                terms(line, ": ", change.path("before"));
                terms(line, change.has("before") ? " -> " : ": ", change.path("after"));
                if (change.has("message")) {
                    line.append("  ").append(change.path("message").asString());
                }
                to.println(line);
            }
        }

        private static void terms(StringBuilder line, String before, JsonNode terms) {
            if (terms.isMissingNode()) {
                return;
            }
            line.append(before);
            var prices = terms.path("prices");
            line.append(prices.path("input_usd_per_million").asString())
                    .append(" / ")
                    .append(prices.path("cached_input_usd_per_million").asString())
                    .append(" / ")
                    .append(prices.path("output_usd_per_million").asString());
            var windows = terms.path("windows").asInt();
            if (windows > 0) {
                line.append(" and ").append(windows).append(windows == 1 ? " window" : " windows");
            }
        }
    }
}
