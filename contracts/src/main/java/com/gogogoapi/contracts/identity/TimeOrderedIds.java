package com.gogogoapi.contracts.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;

/** Makes ids: time-ordered ones for new things (UUID version 7, RFC 9562), named ones for things that name themselves. */
public final class TimeOrderedIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TimeOrderedIds() {}

    /** A new id; ids made later sort later (to the millisecond). */
    public static UUID next() {
        var random = new byte[16];
        RANDOM.nextBytes(random);
        var bits = ByteBuffer.wrap(random);
        var high = (System.currentTimeMillis() << 16) | 0x7000L | (bits.getLong() & 0x0fffL);
        var low = (bits.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** The id of whatever these parts name: the same parts, the same id (UUID version 8 over SHA-256). */
    public static UUID named(String... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                // Length first: ("ab","c") and ("a","bc") are different names.
                sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                sha.update(bytes);
            }
            var digest = ByteBuffer.wrap(sha.digest());
            var high = (digest.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
            var low = (digest.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }
}
