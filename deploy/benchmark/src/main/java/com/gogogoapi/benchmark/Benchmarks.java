package com.gogogoapi.benchmark;

import com.gogogoapi.benchmark.ledger.LedgerBenchmark;
import java.nio.file.Path;

/** {@code ./gogogo bench ledger}: measures, and writes what it measured. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3 || !arguments[0].equals("ledger")) {
            System.err.println("usage: ./gogogo bench ledger");
            System.exit(2);
        }
        LedgerBenchmark.run(Path.of(arguments[1]), Path.of(arguments[2]));
        System.exit(0);
    }
}
