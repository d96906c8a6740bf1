package com.gogogoapi.proxy.keys;

import com.gogogoapi.proxy.rates.ClientNetwork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How often each address guessed wrong within a minute of its first wrong guess. Bounded: who comes when there is no more
 * room takes the place of the address that has been here longest.
 */
public final class FailedGuesses {

    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MAX_ADDRESSES = 10_000;

    private record Failures(Instant since, int count) {

        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(WINDOW));
        }
    }

    /** By address, in the order in which their minutes began. */
    private final SequencedMap<String, Failures> addresses = new LinkedHashMap<>();

    private final int allowed;
    private final InstantSource clock;

    /** @param allowed how many an address may make within a minute */
    public FailedGuesses(int allowed, InstantSource clock) {
        this.allowed = allowed;
        this.clock = clock;
    }

    /** For how long an address has to wait; empty if it may try. */
    public synchronized Optional<Duration> heldFor(String address) {
        var now = clock.instant();
        var failures = addresses.get(ClientNetwork.of(address));
        return failures == null || failures.isOver(now) || failures.count() < allowed
                ? Optional.empty()
                : Optional.of(Duration.between(now, failures.since().plus(WINDOW)));
    }

    /** Notes a wrong guess and tells the how-manieth of its minute it was. */
    public synchronized int note(String address) {
        var now = clock.instant();
        while (!addresses.isEmpty() && addresses.firstEntry().getValue().isOver(now)) {
            addresses.pollFirstEntry();
        }
        var network = ClientNetwork.of(address);
        var before = addresses.get(network);
        if (before == null && addresses.size() == MAX_ADDRESSES) {
            addresses.pollFirstEntry();
        }
        var failures = before == null ? new Failures(now, 1) : new Failures(before.since(), before.count() + 1);
        addresses.put(network, failures);
        return failures.count();
    }

    synchronized int size() {
        return addresses.size();
    }
}
