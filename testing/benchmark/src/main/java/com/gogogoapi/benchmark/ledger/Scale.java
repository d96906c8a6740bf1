package com.gogogoapi.benchmark.ledger;

/**
 * How much is measured.
 *
 * @param rounds how often the contenders take turns
 * @param warmUpRequests before the first round, so that little is compiled within it
 * @param requests of one throughput round; each is a hold and a charge, so two events
 * @param pgbenchSeconds of one round of the plain SQL, for each number of connections and each kind of traffic
 * @param rateSeconds for how long each rate of reservations is kept up, in each round
 * @param longStoryEvents events of the account that is started cold
 * @param replays how often that account is replayed without a snapshot
 * @param touchedAccounts accounts used once each, in all; five times what one worker may keep
 * @param openHolds the many
 * @param holdRequests requests of one round on the account with the open holds
 */
record Scale(
        int rounds,
        int warmUpRequests,
        int requests,
        int pgbenchSeconds,
        int rateSeconds,
        int longStoryEvents,
        int replays,
        int touchedAccounts,
        int openHolds,
        int holdRequests) {

    static final int ACCOUNTS = 1_000;

    /** What is published. */
    static Scale full(int rounds) {
        return new Scale(rounds, 300_000, 300_000, 8, 8, 1_000_000, 2, 100_000, 5_000, 20_000);
    }

    /** Enough to see that it works, and roughly where it stands; some minutes. */
    static Scale quick(int rounds) {
        return new Scale(rounds, 50_000, 25_000, 2, 2, 100_000, 1, 20_000, 5_000, 5_000);
    }

    /** For the benchmark's own test: everything happens, nothing is worth reading. */
    static Scale tiny() {
        return new Scale(1, 1_000, 1_000, 1, 1, 4_000, 1, 2_000, 200, 1_000);
    }

    int cachedAccountsPerWorker() {
        return touchedAccounts / 5;
    }
}
