package com.gogogoapi.funding.evm;

import java.math.BigInteger;
import java.util.HexFormat;

/** Numbers as JSON-RPC writes them. */
public final class Hex {

    private static final int MAX_QUANTITY_CHARS = 66;
    private static final int WORD_CHARS = 64;

    private Hex() {}

    public static String quantity(BigInteger number) {
        return "0x" + number.toString(16);
    }

    public static String quantity(long number) {
        return "0x" + Long.toHexString(number);
    }

    /** @throws IllegalArgumentException if it is none, or none that a long holds */
    public static long number(String quantity) {
        try {
            return big(quantity).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("A number must be below 2^63.", e);
        }
    }

    /** @throws IllegalArgumentException if it is none of at most 256 bits */
    public static BigInteger big(String quantity) {
        if (!quantity.startsWith("0x") || quantity.length() < 3 || quantity.length() > MAX_QUANTITY_CHARS) {
            throw new IllegalArgumentException("A number must be 0x and 1 to 64 hexadecimal digits.");
        }
        return new BigInteger(digits(quantity), 16);
    }

    /** The first word of some data; zero where there is none. */
    public static BigInteger firstWord(String data) {
        return data.length() < 2 + WORD_CHARS ? BigInteger.ZERO : big(data.substring(0, 2 + WORD_CHARS));
    }

    /** As contracts take a number: 64 digits. */
    public static String word(BigInteger number) {
        return "%064x".formatted(number);
    }

    /** By which a contract knows a function: the first four bytes of the hash of its signature. */
    public static String selector(String signature) {
        return "0x" + HexFormat.of().formatHex(Keccak.hash(signature), 0, 4);
    }

    /** By which a log names its event. */
    public static String topic(String signature) {
        return "0x" + HexFormat.of().formatHex(Keccak.hash(signature));
    }

    private static String digits(String quantity) {
        var digits = quantity.substring(2);
        if (!digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw new IllegalArgumentException("A number must be 0x and hexadecimal digits.");
        }
        return digits;
    }
}
