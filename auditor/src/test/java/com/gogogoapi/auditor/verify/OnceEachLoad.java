package com.gogogoapi.auditor.verify;

import com.gogogoapi.evidence.log.LogRow;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** No test: how long it takes, and in how little memory, to see of so many events that none came twice. */
final class OnceEachLoad {

    private static final int SHARDS = 16;

    private OnceEachLoad() {}

    /** @param args how many events */
    public static void main(String[] args) {
        var requests = Long.parseLong(args[0]) / 2;
        var random = RandomGenerator.getDefault();
        var started = System.nanoTime();
        try (var all = new OnceEach()) {
            for (var i = 0L; i < requests; i++) {
                var request = new UUID(((1_790_000_000_000L + i) << 16) | 0x7000, random.nextLong());
                for (var step = 1; step <= 2; step++) {
                    var id = new UUID(request.getMostSignificantBits(), request.getLeastSignificantBits() ^ step);
                    var pos = 2 * (i / SHARDS) + step;
                    var row = new LogRow((int) (i % SHARDS), pos, "", 0, id, "", new byte[0], id, null, 0);
                    all.add(row, step, Optional.empty());
                }
            }
            var added = System.nanoTime();
            var findings = all.findings();
            System.out.printf(
                    "%,d events: noted in %d ms, looked into in %d ms, %d findings%n",
                    2 * requests,
                    (added - started) / 1_000_000,
                    (System.nanoTime() - added) / 1_000_000,
                    findings.size());
        }
    }
}
