package com.gogogoapi.auditor.deposits;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Addresses that are derived of an extended public key (BIP-32), by the auditor's own reckoning. */
final class PublicAddresses {

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int WHOLE = 82;
    private static final int SERIALIZED = 78;
    private static final int VERSION_OF_XPUB = 0x0488B21E;
    private static final int CHAIN_CODE = 13;
    private static final int KEY = 45;
    private static final int ADDRESS_FROM = 12;
    private static final int HASH = 32;

    private final byte[] chainCode;
    private final byte[] key;
    private final ECPoint point;

    /** @throws IllegalArgumentException if it is none */
    PublicAddresses(String xpub) {
        var bytes = decoded(xpub);
        if (ByteBuffer.wrap(bytes).getInt() != VERSION_OF_XPUB) {
            throw new IllegalArgumentException("It must be an extended public key (xpub…).");
        }
        chainCode = Arrays.copyOfRange(bytes, CHAIN_CODE, KEY);
        key = Arrays.copyOfRange(bytes, KEY, SERIALIZED);
        point = CustomNamedCurves.getByName("secp256k1").getCurve().decodePoint(key);
    }

    private static byte[] decoded(String xpub) {
        var number = BigInteger.ZERO;
        for (var i = 0; i < xpub.length(); i++) {
            var digit = BASE58.indexOf(xpub.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("It must be an extended public key (xpub…).");
            }
            number = number.multiply(BigInteger.valueOf(BASE58.length())).add(BigInteger.valueOf(digit));
        }
        var bytes = number.toByteArray();
        if (bytes.length > WHOLE || bytes.length < SERIALIZED) {
            throw new IllegalArgumentException("It must be an extended public key (xpub…) of its whole length.");
        }
        var whole = new byte[WHOLE];
        System.arraycopy(bytes, 0, whole, WHOLE - bytes.length, bytes.length);
        var sum = sha256(sha256(Arrays.copyOf(whole, SERIALIZED)));
        if (!Arrays.equals(Arrays.copyOf(sum, WHOLE - SERIALIZED), Arrays.copyOfRange(whole, SERIALIZED, WHOLE))) {
            throw new IllegalArgumentException("It must be an extended public key (xpub…) without a slip of the pen.");
        }
        return whole;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }

    /** In lower case. */
    String address(int index) {
        byte[] child;
        try {
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(chainCode, "HmacSHA512"));
            child = mac.doFinal(ByteBuffer.allocate(key.length + Integer.BYTES)
                    .put(key)
                    .putInt(index)
                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must have HmacSHA512.", e);
        }
        var curve = CustomNamedCurves.getByName("secp256k1");
        var publicKey = new FixedPointCombMultiplier()
                .multiply(curve.getG(), new BigInteger(1, Arrays.copyOf(child, HASH)))
                .add(point)
                .normalize()
                .getEncoded(false);
        var keccak = new KeccakDigest(8 * HASH);
        keccak.update(publicKey, 1, publicKey.length - 1);
        var hash = new byte[HASH];
        keccak.doFinal(hash, 0);
        return "0x" + HexFormat.of().formatHex(hash, ADDRESS_FROM, HASH);
    }
}
