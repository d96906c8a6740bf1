package com.gogogoapi.funding.addresses;

import com.gogogoapi.funding.evm.EvmAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * A public key of which others are derived (BIP-32), each by its index, and none of which can spend anything.
 *
 * <p>What is paid to a wrong address is lost, and a wrong one looks like a right one: each is derived twice, by bitcoinj and by {@link
 * ChildKeys}, and is given to nobody unless both agree.
 */
final class ExtendedPublicKey {

    private static final int ID_CHARS = 16;

    private final String text;
    private final DeterministicKey key;
    private final ChildKeys second;

    private ExtendedPublicKey(String text, DeterministicKey key) {
        this.text = text;
        this.key = key;
        this.second = new ChildKeys(key.getPubKey(), key.getChainCode());
    }

    /** @throws IllegalArgumentException if it is none; its message tells nothing of the text */
    static ExtendedPublicKey parse(String text) {
        if (text.startsWith("xprv")) {
            throw new IllegalArgumentException(
                    "must be an extended public key (xpub…): a private one can spend, and must not be given to a server.");
        }
        try {
            var key = DeterministicKey.deserializeB58(text, BitcoinNetwork.MAINNET);
            if (text.startsWith("xpub") && key.isPubKeyOnly()) {
                return new ExtendedPublicKey(text, key);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be an extended public key (xpub…) without a slip of the pen.", e);
        }
        throw new IllegalArgumentException("must be an extended public key (xpub…).");
    }

    /**
     * @throws IllegalArgumentException if the index is negative
     * @throws IllegalStateException if two implementations do not agree on it
     */
    EvmAddress address(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("The index must be 0 or more.");
        }
        var child = HDKeyDerivation.deriveChildKey(key, new ChildNumber(index, false))
                .getPubKey();
        if (!Arrays.equals(child, second.child(index))) {
            throw new IllegalStateException("Two implementations must derive the same key of index " + index + ".");
        }
        var point = CustomNamedCurves.getByName("secp256k1").getCurve().decodePoint(child);
        return EvmAddress.ofPublicKey(point.getEncoded(false));
    }

    /** Names the key; tells nothing of it. */
    String id() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }
}
