package com.gogogoapi.standalone;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the command line says. */
final class Options {

    private static final Path USUAL_DATA = Path.of("data");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder that keeps everything. Default: ${DEFAULT-VALUE}, in the current folder.")
    private Path data = USUAL_DATA;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "The public TCP port, 1 to 65535. Default: ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            converter = UpstreamConverter.class,
            description = "The http or https address of an OpenAI-compatible upstream; its key in DEEPSEEK_API_KEY."
                    + " Default: DeepSeek where DEEPSEEK_API_KEY is set, otherwise a simulator.")
    private @Nullable URI upstream;

    @Option(
            names = "--operator-port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "Puts the operator routes on this TCP port of 127.0.0.1, and nowhere else."
                    + " Default: they are on the public port.")
    private @Nullable Integer operatorPort;

    @Option(
            names = "--no-chain",
            description =
                    "Starts no test chain, on which the dashboard's Top up page can be tried. It is also not started"
                            + " where requests go to somebody who charges for them: what its tokens buy would cost.")
    private boolean noChain;

    /** The folder that keeps everything. */
    Path data() {
        return data.toAbsolutePath().normalize();
    }

    /** The folder as it was named; null where it is the usual one. */
    @Nullable
    Path dataUnlessUsual() {
        return data.equals(USUAL_DATA) ? null : data;
    }

    /** The operators' own port; empty where they share the public one. */
    Optional<Integer> operatorPort() {
        return Optional.ofNullable(operatorPort);
    }

    /** Where operators reach it, from this machine. */
    String operatorUrl() {
        return "http://127.0.0.1:" + (operatorPort == null ? port : operatorPort);
    }

    /** Whether requests go to somebody who charges for them, rather than to the simulator. */
    boolean hasRealUpstream() {
        return upstream != null || System.getenv("DEEPSEEK_API_KEY") != null;
    }

    /** Whether credit can be had for tokens that are worth nothing: not where what it buys is worth something. */
    boolean hasTestChain() {
        return !noChain && !hasRealUpstream();
    }

    /** The public port. */
    int port() {
        return port;
    }

    /** Another upstream than the environment chooses. */
    Optional<URI> upstream() {
        return Optional.ofNullable(upstream);
    }

    private static final class PortConverter implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
                throw new TypeConversionException(
                        "The port must be a whole number from 1 to 65535, not '" + text + "'.");
            }
            return Integer.valueOf(text);
        }
    }

    private static final class UpstreamConverter implements ITypeConverter<URI> {

        @Override
        public URI convert(String text) {
            try {
                var url = new URI(text);
                if ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) {
                    return url;
                }
            } catch (URISyntaxException e) {
                throw refusal(text);
            }
            throw refusal(text);
        }

        private static TypeConversionException refusal(String text) {
            return new TypeConversionException("The upstream must be an http or https address, not '" + text + "'.");
        }
    }
}
