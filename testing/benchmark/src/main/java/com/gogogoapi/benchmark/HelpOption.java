package com.gogogoapi.benchmark;

import picocli.CommandLine.Option;

/** What every command understands. */
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "Shows this help.")
    private boolean requested;
}
