package com.gogogoapi.simulator.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program that is the chain. It listens on the loopback interface only, and ends with whoever started it. */
final class Anvil {

    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");
    private static final Duration STOPPING = Duration.ofSeconds(20);

    /**
     * Ends the chain in order as soon as nobody holds the other end of the input any more, which is so however this process ends. It
     * has a process group of its own where there is a terminal: Ctrl-C is for whoever started it.
     */
    private static final String GUARD = """
        trap '' INT
        set -m 2>/dev/null
        exec 3<&0
        "$@" 3<&- </dev/null &
        chain=$!
        { cat <&3; kill $chain; } >/dev/null 2>&1 &
        exec 3<&-
        echo "pid $chain"
        wait $chain
        """;

    private final Process guard;
    private final ProcessHandle chain;
    private final int port;

    private Anvil(Process guard, ProcessHandle chain, int port) {
        this.guard = guard;
        this.chain = chain;
        this.port = port;
    }

    /**
     * @param folder where the program is unpacked to, if need be
     * @param port 0 for any that is free
     * @param more options of anvil
     */
    static Anvil start(Path folder, int port, List<String> more) throws IOException {
        var command = new ArrayList<>(
                List.of("/bin/sh", "-c", GUARD, "chain", program(folder).toString(), "--port", Integer.toString(port)));
        command.addAll(more);
        var guard = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = guard.inputReader();
        var said = new ArrayList<String>();
        ProcessHandle chain = null;
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.startsWith("pid ")) {
                chain = ProcessHandle.of(Long.parseLong(line.substring(4))).orElse(null);
            }
            var listening = LISTENING.matcher(line);
            if (chain != null && listening.find()) {
                // Reading of a process keeps a virtual thread's carrier to itself, of which there are as few as cores.
                Thread.ofPlatform().daemon().name("chain-output").start(() -> drain(output));
                return new Anvil(guard, chain, Integer.parseInt(listening.group(1)));
            }
        }
        guard.outputWriter().close();
        throw new IOException("The local chain did not start: "
                + String.join(" ", said.subList(Math.max(0, said.size() - 3), said.size())));
    }

    /** What nobody reads would stop it in the end. */
    private static void drain(BufferedReader output) {
        try (output) {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // It has ended.
            return;
        }
    }

    /** In the build's folder it is a file; in a jar it is to be unpacked, once. */
    private static Path program(Path folder) throws IOException {
        var resource = Anvil.class.getResource("anvil");
        if (resource == null) {
            throw new IOException("There is no anvil for this system.");
        }
        if (resource.getProtocol().equals("file")) {
            return Path.of(resource.getPath());
        }
        var connection = resource.openConnection();
        var unpacked = folder.resolve("anvil-" + connection.getContentLengthLong());
        if (!Files.exists(unpacked)) {
            Files.createDirectories(folder);
            var part = Files.createTempFile(folder, "anvil", ".part");
            try (var in = connection.getInputStream()) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
            Files.move(part, unpacked, StandardCopyOption.ATOMIC_MOVE);
        }
        return unpacked;
    }

    int port() {
        return port;
    }

    /** In order: what it has is written where it keeps its state. */
    void stop() throws IOException {
        guard.outputWriter().close();
        try {
            if (!guard.waitFor(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            chain.destroyForcibly();
        }
    }

    /** As a power cut would. */
    void kill() throws InterruptedException, IOException {
        chain.destroyForcibly();
        guard.waitFor();
        guard.outputWriter().close();
    }
}
