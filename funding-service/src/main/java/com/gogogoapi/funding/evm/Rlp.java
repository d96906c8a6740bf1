package com.gogogoapi.funding.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** How Ethereum writes transactions as bytes (RLP). */
final class Rlp {

    private static final int SHORT = 55;
    private static final int STRING = 0x80;
    private static final int LIST = 0xc0;

    private Rlp() {}

    /** Numbers, bytes and lists of them. */
    static byte[] encode(Object item) {
        return switch (item) {
            case BigInteger number -> string(minimal(number));
            case Long number -> string(minimal(BigInteger.valueOf(number)));
            case byte[] bytes -> string(bytes);
            case List<?> items -> {
                var all = new ByteArrayOutputStream();
                items.forEach(each -> all.writeBytes(encode(each)));
                yield withLength(all.toByteArray(), LIST);
            }
            default -> throw new IllegalArgumentException("An item must be a number, bytes or a list.");
        };
    }

    private static byte[] string(byte[] bytes) {
        return bytes.length == 1 && (bytes[0] & 0xff) < STRING ? bytes : withLength(bytes, STRING);
    }

    private static byte[] withLength(byte[] content, int kind) {
        var out = new ByteArrayOutputStream();
        if (content.length <= SHORT) {
            out.write(kind + content.length);
        } else {
            var length = minimal(BigInteger.valueOf(content.length));
            out.write(kind + SHORT + length.length);
            out.writeBytes(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** Without zeros in front; nothing for zero. */
    private static byte[] minimal(BigInteger number) {
        if (number.signum() < 0) {
            throw new IllegalArgumentException("A number must be 0 or more.");
        }
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
