package com.gogogoapi.auditor;

import com.gogogoapi.auditor.source.SourceException;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import tools.jackson.core.JacksonException;

/** {@code ./gogogo audit}: the auditor's commands. Exit 0: all is well; 1: something is wrong; 2: it could not be told. */
public final class Auditor {

    private static final int UNTOLD = 2;

    private static final String USAGE = """
            Usage: ./gogogo audit COMMAND [SOURCE] [OPTIONS]
              verify                              check everything; one line at the end, exit 0 or 1
                --key FILE                          by which checkpoints must be signed (may be repeated)
                --checkpoint FILE                   checkpoints that you kept (may be repeated)
                --threads N                         shards at a time (as many as there are cores)
              state ACCOUNT                       the account's state in its canonical form, and its hash
                --at INSTANT | --seq N              as it was then, or after its event of that number
              statement ACCOUNT                   its events, newest first, as CSV
                --at INSTANT | --seq N, --limit N
              receipt verify FILE --key FILE      a receipt, without any installation
                --checkpoint FILE                   checkpoints that you kept
              checkpoint --out FILE               the signed checkpoints, to be kept elsewhere
              keys                                the key beside the data, and its name in checkpoints
              export --out FOLDER                 the whole log
                --format jsonl|csv|hledger          jsonl can be audited in the log's place
            SOURCE is one of
              --data DIR                          an installation's data folder, running or stopped (./data)
              --jdbc URL [--kafka FILE]           a database, and the brokers that have its topics: bootstrap.servers and
                                                  how to log in, as Kafka's own tools are told (or just HOST:PORT)
              --export FOLDER [--kafka FILE]      what export --format jsonl wrote""";

    private Auditor() {}

    public static void main(String[] args) {
        // Named, so that it is this one wherever else the class path has a logback.xml.
        System.setProperty("logback.configurationFile", "auditor-logback.xml");
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            var arguments = Arguments.parse(args);
            if (arguments.words().isEmpty() || arguments.words().getFirst().equals("help")) {
                out.println(USAGE);
                return arguments.words().isEmpty() ? UNTOLD : 0;
            }
            return run(arguments, out, err);
        } catch (IllegalArgumentException e) {
            err.println("audit: " + e.getMessage() + "\n" + USAGE);
            return UNTOLD;
        } catch (SourceException | IOException | SQLException | JacksonException e) {
            err.println("audit: " + e.getMessage());
            return UNTOLD;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNTOLD;
        }
    }

    private static int run(Arguments arguments, PrintStream out, PrintStream err)
            throws IOException, SQLException, InterruptedException {
        var command = arguments.words().getFirst();
        return switch (command) {
            case "verify" -> {
                try (var opened = Opened.of(arguments)) {
                    yield VerifyCommand.run(opened, arguments, out, err);
                }
            }
            case "state" -> {
                try (var opened = Opened.of(arguments)) {
                    yield AccountCommands.state(opened.log(), arguments, out, err);
                }
            }
            case "statement" -> {
                try (var opened = Opened.of(arguments)) {
                    yield AccountCommands.statement(opened.log(), arguments, out, err);
                }
            }
            case "receipt" -> ReceiptCommand.run(arguments, out, err);
            case "checkpoint" -> {
                try (var opened = Opened.of(arguments)) {
                    yield CheckpointCommand.run(opened.log(), arguments, out);
                }
            }
            case "keys" -> {
                try (var opened = Opened.of(arguments)) {
                    opened.keys().forEach(key -> out.print(key.id() + "\n" + key.pem()));
                    yield opened.keys().isEmpty() ? UNTOLD : 0;
                }
            }
            case "export" -> {
                try (var opened = Opened.of(arguments)) {
                    yield ExportCommand.run(opened.log(), arguments, out);
                }
            }
            default -> throw new IllegalArgumentException("unknown command " + command);
        };
    }
}
