package com.gogogoapi.proxy.keys;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A key's SHA-256, in as little memory as it takes. */
record KeyHash(long a, long b, long c, long d) {

    static KeyHash of(byte[] sha256) {
        var bytes = ByteBuffer.wrap(sha256);
        return new KeyHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** As events have it. */
    static KeyHash parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** As events have it. */
    String hex() {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(32)
                        .putLong(a)
                        .putLong(b)
                        .putLong(c)
                        .putLong(d)
                        .array());
    }

    /** Its bits are as good as random. */
    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }
}
