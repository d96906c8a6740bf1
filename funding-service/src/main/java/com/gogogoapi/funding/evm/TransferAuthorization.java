package com.gogogoapi.funding.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a payer signs: that whoever likes may have this much of a token moved from him to somebody, once, within a time (EIP-3009).
 *
 * @param validAfter seconds since 1970, from after which on it can be used
 * @param validBefore before which
 * @param nonce names it among all of the payer's: {@code 0x} and 64 digits in lower case
 */
public record TransferAuthorization(
        EvmAddress from, EvmAddress to, BigInteger value, BigInteger validAfter, BigInteger validBefore, String nonce) {

    private static final String TYPE = "TransferWithAuthorization(address from,address to,uint256 value,"
            + "uint256 validAfter,uint256 validBefore,bytes32 nonce)";
    private static final String DOMAIN =
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
    private static final String FUNCTION =
            "transferWithAuthorization" + "(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
    private static final Pattern NONCE = Pattern.compile("0x[0-9a-f]{64}");
    private static final int MAX_BITS = 256;

    public TransferAuthorization {
        if (!NONCE.matcher(nonce).matches()) {
            throw new IllegalArgumentException("A nonce must be 0x and 64 hexadecimal digits.");
        }
        for (var number : new BigInteger[] {value, validAfter, validBefore}) {
            if (number.signum() < 0 || number.bitLength() > MAX_BITS) {
                throw new IllegalArgumentException("A number must be from 0 to 2^256 - 1.");
            }
        }
    }

    /** What is signed, by EIP-712. @param name and {@code version}: as the contract calls itself there */
    public byte[] hash(String name, String version, long chain, EvmAddress contract) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {0x19, 0x01});
        all.writeBytes(Keccak.hash(words(
                Keccak.hash(DOMAIN),
                Keccak.hash(name.getBytes(StandardCharsets.UTF_8)),
                Keccak.hash(version.getBytes(StandardCharsets.UTF_8)),
                word(BigInteger.valueOf(chain)),
                word(contract))));
        all.writeBytes(Keccak.hash(words(
                Keccak.hash(TYPE),
                word(from),
                word(to),
                word(value),
                word(validAfter),
                word(validBefore),
                bytes(nonce))));
        return Keccak.hash(all.toByteArray());
    }

    /** The call that uses it. */
    public String call(Signature signature) {
        var arguments = words(
                word(from),
                word(to),
                word(value),
                word(validAfter),
                word(validBefore),
                bytes(nonce),
                word(BigInteger.valueOf(signature.v())),
                word(signature.r()),
                word(signature.s()));
        return Hex.selector(FUNCTION) + HexFormat.of().formatHex(arguments);
    }

    private static byte[] words(byte[]... words) {
        var all = new ByteArrayOutputStream();
        for (var word : words) {
            all.writeBytes(word);
        }
        return all.toByteArray();
    }

    private static byte[] word(EvmAddress address) {
        return bytes(address.word());
    }

    private static byte[] word(BigInteger number) {
        return bytes("0x" + Hex.word(number));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.substring(2));
    }
}
