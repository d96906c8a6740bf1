package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.verify.LateTerms.Tokens;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.log.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * That no request is answered, ended or charged late twice in the whole log, whatever the account and the shard, and that
 * every late charge is of a hold that expired before it.
 *
 * <p>An event's identity is its request and the step of the request's life that it is, so that both follow from identities:
 * none may come twice, and beside each late charge there has to be the expiry. Of every event 32 bytes are noted, in parts by
 * a hash of the request, and the parts are looked into one after another at the end; a part that is too large for memory in
 * several passes; the tokens of holds that expired and of late charges are noted beside that. So what memory holds does not
 * grow with the log. The hash has a key of its own each time, and nobody can
 * make a log that is all in one part.
 */
final class OnceEach implements AutoCloseable {

    private static final int PARTS = 256;

    /** Identities in memory at a time, in a table of 64 MB at most. */
    private static final int MOST_AT_ONCE = 1 << 20;

    private static final int STEPS = 15;
    private static final int ENDED = 2;
    private static final int CHARGED_LATE = 3;

    /** Where an event is and which step it is, in one number that is never 0: shard, sequence number, step. */
    private static final int SHARD_AT = 48;

    private static final int SEQUENCE_AT = 4;

    /** No number of tokens is 0 in a table where that is nothing. */
    private static final int NUMBERED_FROM = 2;

    private final Spill spill;
    private final Spill lateTokens;
    private final int parts;
    private final int mostAtOnce;
    private final byte[] key = new byte[32];
    private final long seed;
    private final Map<Integer, Finding> findings = new TreeMap<>();

    OnceEach() {
        this(Path.of(System.getProperty("java.io.tmpdir")), PARTS, MOST_AT_ONCE);
    }

    OnceEach(Path temporaryFolder, int parts, int mostAtOnce) {
        this.spill = new Spill(temporaryFolder, parts);
        this.lateTokens = new Spill(temporaryFolder, parts);
        this.mostAtOnce = mostAtOnce;
        this.parts = parts;
        new SecureRandom().nextBytes(key);
        this.seed = ByteBuffer.wrap(key).getLong();
    }

    /**
     * An event that is in order by itself.
     *
     * @param step of its request's life, 1 to 15
     * @param late of a hold that expired by it, or of a late charge; of others nothing
     */
    void add(LogRow row, int step, Optional<LateTerms> late) {
        var high = row.eventId().getMostSignificantBits();
        var low = row.eventId().getLeastSignificantBits();
        var place = ((long) row.shard() << SHARD_AT) | (row.pos() << SEQUENCE_AT) | step;
        var part = (int) Long.remainderUnsigned(hash(high, low), parts);
        spill.add(part, high, low, place, late.map(this::fingerprint).orElse(0L));
        late.map(LateTerms::tokens)
                .ifPresent(tokens -> lateTokens.add(part, high, low, tokens.prompt(), tokens.completion()));
    }

    /** The same for all steps of a request. */
    private long hash(long high, long low) {
        return IdentityTable.hash(high, low & ~STEPS, seed);
    }

    private long fingerprint(LateTerms terms) {
        var sha = Sha256.digest();
        sha.update(key);
        var bits = ByteBuffer.wrap(sha.digest(terms.text().getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return bits == 0 ? 1 : bits;
    }

    /** The first of each shard that is wrong, once all events were added. */
    Collection<Finding> findings() {
        for (var part = 0; part < parts; part++) {
            var passes = Math.toIntExact(1 + spill.size(part) * 2 / mostAtOnce);
            for (var pass = 0; pass < passes; pass++) {
                look(part, pass, passes);
            }
        }
        return findings.values();
    }

    private void look(int part, int pass, int passes) {
        var identities = new IdentityTable(Math.toIntExact(share(spill.size(part), passes)), seed);
        spill.read(part, (high, low, place, late) -> {
            if (isOfPass(high, low, pass, passes)) {
                var other = identities.put(high, low, place, late);
                if (other != 0) {
                    twice(Math.min(place, other), Math.max(place, other));
                }
            }
        });
        var tokens = new IdentityTable(Math.toIntExact(share(lateTokens.size(part), passes)), seed);
        lateTokens.read(part, (high, low, prompt, completion) -> {
            if (isOfPass(high, low, pass, passes)) {
                tokens.put(high, low, NUMBERED_FROM + prompt, completion);
            }
        });
        identities.read((high, low, place, late) -> {
            if (step(place) == CHARGED_LATE) {
                checkLate(identities, tokens, high, low, place, late);
            }
        });
    }

    /** A pass has about its share of what differs; what does not is put there once. */
    private static long share(long size, int passes) {
        return passes == 1 ? size : size / passes * 5 / 4 + 64;
    }

    private boolean isOfPass(long high, long low, int pass, int passes) {
        return Long.remainderUnsigned(Long.divideUnsigned(hash(high, low), parts), passes) == pass;
    }

    private static Tokens tokensAt(IdentityTable tokens, int slot) {
        return new Tokens(tokens.place(slot) - NUMBERED_FROM, tokens.late(slot));
    }

    private void twice(long first, long second) {
        var where = "shard " + shard(first) + ", sequence " + sequence(first);
        add(
                second,
                step(first) != step(second)
                        ? "the event's identity must be its own, and is also that of " + where
                        : switch (step(second)) {
                            case 1 -> "a request must be answered once, and this one was at " + where;
                            case ENDED -> "a request must end once, and this one did at " + where;
                            case CHARGED_LATE -> "a request must be charged late once, and this one was at " + where;
                            default -> "a part of a grant must expire once, and this one did at " + where;
                        });
    }

    private void checkLate(IdentityTable identities, IdentityTable tokens, long high, long low, long place, long late) {
        var end = identities.find(high, low ^ CHARGED_LATE ^ ENDED);
        var endedAt = end < 0 ? 0 : identities.place(end);
        if (end < 0
                || step(endedAt) != ENDED
                || shard(endedAt) != shard(place)
                || sequence(endedAt) > sequence(place)) {
            add(place, "a late charge must be of a hold that expired before it, and none of its request did");
        } else if (identities.late(end) == 0) {
            add(
                    place,
                    "a late charge must be of a hold that expired before it, and its request ended otherwise, at sequence "
                            + sequence(endedAt));
        } else if (identities.late(end) != late) {
            add(
                    place,
                    "a late charge must be of the account and at the prices of its hold, which expired at sequence "
                            + sequence(endedAt));
        } else if (!tokensAt(tokens, tokens.find(high, low ^ CHARGED_LATE ^ ENDED))
                .allow(tokensAt(tokens, tokens.find(high, low)))) {
            add(
                    place,
                    "a late charge must be of the usage stated within the bounds of its hold, which expired at sequence "
                            + sequence(endedAt));
        }
    }

    private void add(long place, String what) {
        findings.merge(
                shard(place),
                Finding.at(shard(place), sequence(place), what),
                (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    private static int shard(long place) {
        return (int) (place >>> SHARD_AT);
    }

    private static long sequence(long place) {
        return (place << (Long.SIZE - SHARD_AT)) >>> (Long.SIZE - SHARD_AT + SEQUENCE_AT);
    }

    private static int step(long place) {
        return (int) place & STEPS;
    }

    @Override
    public void close() {
        spill.close();
        lateTokens.close();
    }
}
