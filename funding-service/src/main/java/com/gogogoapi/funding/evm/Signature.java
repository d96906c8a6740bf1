package com.gogogoapi.funding.evm;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.ECKey.ECDSASignature;

/**
 * A signature over a hash, from which follows who signed it.
 *
 * @param recovery 0 or 1: which of two keys it was
 */
public record Signature(BigInteger r, BigInteger s, int recovery) {

    private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{130}");
    private static final int WORD_CHARS = 64;
    /** Both are written: 27 and 28 of old, 0 and 1 by some wallets. */
    private static final int OLD_RECOVERY = 27;

    public Signature {
        if (recovery != 0 && recovery != 1) {
            throw new IllegalArgumentException("A signature must end with 27 or 28.");
        }
        if (r.signum() <= 0
                || s.signum() <= 0
                || r.compareTo(ECKey.ecDomainParameters().getN()) >= 0) {
            throw new IllegalArgumentException("A signature's numbers must be within the curve's order.");
        }
        if (!new ECDSASignature(r, s).isCanonical()) {
            throw new IllegalArgumentException(
                    "A signature's s must be in the lower half of the curve's order: another one would be a second signature of the same.");
        }
    }

    /** @param text {@code 0x} and 65 bytes @throws IllegalArgumentException if it is none, or one of the other half */
    public static Signature parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("A signature must be 0x and 65 bytes in hexadecimal.");
        }
        var digits = text.substring(2);
        var v = Integer.parseInt(digits.substring(2 * WORD_CHARS), 16);
        return new Signature(
                new BigInteger(digits.substring(0, WORD_CHARS), 16),
                new BigInteger(digits.substring(WORD_CHARS, 2 * WORD_CHARS), 16),
                v >= OLD_RECOVERY ? v - OLD_RECOVERY : v);
    }

    /** Who signed that hash; empty if it can be nobody's. */
    public Optional<EvmAddress> signer(byte[] hash) {
        var key = ECKey.recoverFromSignature(recovery, new ECDSASignature(r, s), Sha256Hash.wrap(hash), false);
        return Optional.ofNullable(key)
                .map(found -> EvmAddress.ofPublicKey(found.decompress().getPubKey()));
    }

    /** As contracts take it. */
    public int v() {
        return OLD_RECOVERY + recovery;
    }

    /** {@code 0x} and 65 bytes. */
    public String text() {
        return "0x" + Hex.word(r) + Hex.word(s) + HexFormat.of().toHexDigits((byte) v());
    }
}
