package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.SourceException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import tools.jackson.core.JacksonException;

/** {@code ./gogogo audit}: the auditor's commands. Exit 0: all is well; 1: something is wrong; 2: it could not be told. */
@Command(
        name = "./gogogo audit",
        description = "Checks the ledger from outside, with none of the ledger's own code.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All is well.",
            "1:Something is wrong.",
            "2:It could not be told: a source that cannot be read, or a wrong command line."
        })
public final class Auditor {

    static final int UNTOLD = 2;

    @Mixin
    private final HelpOption help = new HelpOption();

    private Auditor() {}

    public static void main(String[] args) {
        // Named, so that it is this one wherever else the class path has a logback.xml.
        System.setProperty("logback.configurationFile", "auditor-logback.xml");
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        var receipt = new CommandLine(new ReceiptCommand()).addSubcommand(new ReceiptCommand.Verify(out, err));
        var commandLine = new CommandLine(new Auditor())
                .addSubcommand(new VerifyCommand(out, err))
                .addSubcommand(new StateCommand(out, err))
                .addSubcommand(new StatementCommand(out, err))
                .addSubcommand(receipt)
                .addSubcommand(new CheckpointCommand(out))
                .addSubcommand(new KeysCommand(out))
                .addSubcommand(new DepositsCommand(out, err))
                .addSubcommand(new ExportCommand(out))
                .addSubcommand(new HelpCommand());
        return commandLine
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(namingWhatIsUnknown(commandLine.getParameterExceptionHandler()))
                .setExecutionExceptionHandler(Auditor::failed)
                .execute(args);
    }

    /** What is missing would be told before what is unknown, and often is missing because something unknown stands there. */
    private static IParameterExceptionHandler namingWhatIsUnknown(IParameterExceptionHandler usual) {
        return (refusal, args) -> {
            var unknown = refusal.getCommandLine().getUnmatchedArguments();
            return usual.handleParseException(
                    unknown.isEmpty() ? refusal : new UnmatchedArgumentException(refusal.getCommandLine(), unknown),
                    args);
        };
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        switch (failure) {
            case SourceException e -> command.getErr().println("audit: " + e.getMessage());
            case IOException e -> command.getErr().println("audit: " + e.getMessage());
            case SQLException e -> command.getErr().println("audit: " + e.getMessage());
            case JacksonException e -> command.getErr().println("audit: " + e.getMessage());
            case IllegalArgumentException e -> command.getErr().println("audit: " + e.getMessage());
            // A defect of the auditor's own, which says nothing of the ledger.
            default -> failure.printStackTrace(command.getErr());
        }
        return UNTOLD;
    }
}
