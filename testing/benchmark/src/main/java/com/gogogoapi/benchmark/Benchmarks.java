package com.gogogoapi.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** {@code ./gogogo bench}: measures and writes what it measured. */
@Command(
        name = "./gogogo bench",
        description = "Measures, and writes what it measured.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was measured, whether or not every target was met.",
            "1:Measuring failed or took too long.",
            "2:The command line is wrong."
        })
public final class Benchmarks {

    @Mixin
    private final HelpOption help = new HelpOption();

    private Benchmarks() {}

    /** @param arguments the project's folder, then what the user gave */
    public static void main(String[] arguments) {
        var given = Arrays.copyOfRange(arguments, 1, arguments.length);
        // Consumer threads and pools of a failed part may live on: the end is said, not waited for.
        System.exit(commandLine(Path.of(arguments[0])).execute(given));
    }

    static CommandLine commandLine(Path root) {
        return new CommandLine(new Benchmarks())
                .addSubcommand(new LedgerCommand(root))
                .addSubcommand(new QuoteCommand(root))
                .addSubcommand(new DepositsCommand(root))
                .addSubcommand(new HelpCommand())
                .setExpandAtFiles(false)
                .setUsageHelpWidth(100);
    }
}
