package com.gogogoapi.funding.evm;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Ethereum's hash: Keccak-256 as it was before it became SHA-3. */
public final class Keccak {

    private static final int BITS = 256;

    private Keccak() {}

    public static byte[] hash(byte[] bytes) {
        var digest = new KeccakDigest(BITS);
        digest.update(bytes, 0, bytes.length);
        var hash = new byte[BITS / 8];
        digest.doFinal(hash, 0);
        return hash;
    }

    static byte[] hash(String ascii) {
        return hash(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
