package com.gogogoapi.funding.evm;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An account or a contract on a chain: 20 bytes. Kept and compared in lower case, and shown with the checksum of EIP-55, by which a
 * wallet notices a slip of the pen.
 *
 * @param value {@code 0x} and 40 hexadecimal digits in lower case
 */
public record EvmAddress(String value) {

    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{40}");
    private static final int BYTES = 20;
    private static final int WORD_BYTES = 32;
    private static final String WORD_PADDING = "0x" + "0".repeat(2 * (WORD_BYTES - BYTES));

    public EvmAddress {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("An address must be 0x and 40 hexadecimal digits.");
        }
    }

    /**
     * As somebody wrote it.
     *
     * @throws IllegalArgumentException if it is none, or is written in both cases and not as its checksum has it
     */
    public static EvmAddress parse(String text) {
        var address = new EvmAddress(text.toLowerCase(Locale.ROOT));
        var digits = text.substring(2);
        var isOneCase =
                digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
        if (!isOneCase && !address.checksummed().substring(2).equals(digits)) {
            throw new IllegalArgumentException(
                    "The address " + text + " must have the checksum of EIP-55: a digit of it is wrong.");
        }
        return address;
    }

    /** Of a public key. @param uncompressed 65 bytes, of which the first is 4 */
    public static EvmAddress ofPublicKey(byte[] uncompressed) {
        var hash = Keccak.hash(Arrays.copyOfRange(uncompressed, 1, uncompressed.length));
        return new EvmAddress("0x" + HexFormat.of().formatHex(hash, WORD_BYTES - BYTES, WORD_BYTES));
    }

    /** As EIP-55 writes it: a letter is a capital where the digit of the hash at its place is 8 or more. */
    public String checksummed() {
        var digits = value.substring(2);
        var hash = HexFormat.of().formatHex(Keccak.hash(digits));
        var text = new StringBuilder("0x");
        for (var i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(i);
            text.append(Character.digit(hash.charAt(i), 16) >= 8 ? Character.toUpperCase(digit) : digit);
        }
        return text.toString();
    }

    /** As logs and calls have it: 32 bytes with zeros in front. */
    public String word() {
        return WORD_PADDING + value.substring(2);
    }

    /** @throws IllegalArgumentException if the word is no address's */
    public static EvmAddress ofWord(String word) {
        if (word.length() != 2 + 2 * WORD_BYTES || !word.startsWith(WORD_PADDING)) {
            throw new IllegalArgumentException("A word must be 12 bytes of zeros and an address.");
        }
        return new EvmAddress("0x" + word.substring(WORD_PADDING.length()).toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return checksummed();
    }
}
