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

    private final Process process;
    private final Thread killer;
    private final int port;

    private Anvil(Process process, int port) {
        this.process = process;
        this.port = port;
        killer = new Thread(process::destroyForcibly, "chain-killer");
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /**
     * @param folder where the program is unpacked to, if need be
     * @param port 0 for any that is free
     * @param more options of anvil
     */
    static Anvil start(Path folder, int port, List<String> more) throws IOException {
        var command = new ArrayList<>(List.of(program(folder).toString(), "--port", Integer.toString(port)));
        command.addAll(more);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = process.inputReader();
        var said = new ArrayList<String>();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            var listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().name("chain-output").start(() -> drain(output));
                return new Anvil(process, Integer.parseInt(listening.group(1)));
            }
        }
        process.destroyForcibly();
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
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        forgetKiller();
    }

    /** As a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        forgetKiller();
    }

    private void forgetKiller() {
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // The machine is shutting down: there is nothing left to forget.
            return;
        }
    }
}
