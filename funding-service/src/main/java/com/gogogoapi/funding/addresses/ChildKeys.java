package com.gogogoapi.funding.addresses;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Public child keys, straight from the text of BIP-32 ({@code CKDpub}): what another implementation says is held against it. */
final class ChildKeys {

    private static final String HMAC = "HmacSHA512";
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    private final byte[] parent;
    private final ECPoint parentPoint;
    private final byte[] chainCode;

    /** @param parent compressed, 33 bytes */
    ChildKeys(byte[] parent, byte[] chainCode) {
        this.parent = parent.clone();
        this.parentPoint = CURVE.getCurve().decodePoint(parent);
        this.chainCode = chainCode.clone();
    }

    /** Compressed. @throws IllegalStateException if there is none of that index, which one in 2^127 has not */
    byte[] child(int index) {
        var data = ByteBuffer.allocate(parent.length + Integer.BYTES)
                .put(parent)
                .putInt(index)
                .array();
        var left = new BigInteger(1, Arrays.copyOf(hmac(data), 32));
        var point = new FixedPointCombMultiplier()
                .multiply(CURVE.getG(), left)
                .add(parentPoint)
                .normalize();
        if (left.compareTo(CURVE.getN()) >= 0 || point.isInfinity()) {
            throw new IllegalStateException("There must be a key of index " + index + "; the next index has one.");
        }
        return point.getEncoded(true);
    }

    private byte[] hmac(byte[] data) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(chainCode, HMAC));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must have " + HMAC + ".", e);
        }
    }
}
