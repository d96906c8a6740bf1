package com.gogogoapi.funding.evm;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;

/** A private key that signs transactions. It tells nobody what it is. */
public final class EvmKey {

    private static final Pattern FORM = Pattern.compile("(0x)?[0-9a-fA-F]{64}");
    private static final int EIP_1559 = 2;

    private final ECKey key;
    private final EvmAddress address;

    private EvmKey(ECKey key) {
        this.key = key;
        this.address = EvmAddress.ofPublicKey(key.decompress().getPubKey());
    }

    /** @throws IllegalArgumentException if it is none; its message tells nothing of the text */
    public static EvmKey parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("must be 32 bytes in hexadecimal.");
        }
        var bytes = HexFormat.of().parseHex(text.substring(text.length() - 64));
        return new EvmKey(ECKey.fromPrivate(bytes, false));
    }

    public EvmAddress address() {
        return address;
    }

    public Signature sign(byte[] hash) {
        var wrapped = Sha256Hash.wrap(hash);
        var signature = key.sign(wrapped).toCanonicalised();
        return new Signature(signature.r, signature.s, key.findRecoveryId(wrapped, signature));
    }

    /** A call of a contract, ready to be sent. */
    public SignedTransaction sign(Call call) {
        var fields = List.<Object>of(
                BigInteger.valueOf(call.chain()),
                BigInteger.valueOf(call.nonce()),
                call.priorityFee(),
                call.maxFee(),
                BigInteger.valueOf(call.gasLimit()),
                HexFormat.of().parseHex(call.to().value().substring(2)),
                BigInteger.ZERO,
                HexFormat.of().parseHex(call.data().substring(2)),
                List.of());
        var signature = sign(Keccak.hash(typed(fields)));
        var signed = new java.util.ArrayList<>(fields);
        signed.add(BigInteger.valueOf(signature.recovery()));
        signed.add(signature.r());
        signed.add(signature.s());
        var bytes = typed(signed);
        return new SignedTransaction(
                "0x" + HexFormat.of().formatHex(Keccak.hash(bytes)),
                "0x" + HexFormat.of().formatHex(bytes));
    }

    private static byte[] typed(List<?> fields) {
        var encoded = Rlp.encode(fields);
        var typed = new byte[encoded.length + 1];
        typed[0] = EIP_1559;
        System.arraycopy(encoded, 0, typed, 1, encoded.length);
        return typed;
    }

    /**
     * A transaction of EIP-1559 that calls a contract.
     *
     * @param nonce of the sender's account
     * @param maxFee the most for each gas, in wei
     * @param priorityFee of it for whoever makes the block
     */
    public record Call(
            long chain,
            long nonce,
            BigInteger priorityFee,
            BigInteger maxFee,
            long gasLimit,
            EvmAddress to,
            String data) {}

    /** @param bytes as nodes take it, in hexadecimal */
    public record SignedTransaction(String hash, String bytes) {}

    @Override
    public String toString() {
        return "EvmKey[" + address + "]";
    }
}
