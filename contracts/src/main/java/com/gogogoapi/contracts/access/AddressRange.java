package com.gogogoapi.contracts.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses in CIDR form, {@code 203.0.113.0/24} or {@code 2001:db8::/32}; a single address is a range of one.
 * Nothing is ever resolved: a name is no address.
 */
public final class AddressRange {

    /** For a refusal: what a range must be. */
    public static final String FORM = "an IP address or range such as \"203.0.113.7\" or \"2001:db8::/32\"";

    private static final int MAX_CHARS = 50;

    private final byte[] network;
    private final int prefixBits;
    private final String text;

    private AddressRange(byte[] network, int prefixBits, String text) {
        this.network = network;
        this.prefixBits = prefixBits;
        this.text = text;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none, or has bits set behind its prefix: whoever wrote that meant another
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AddressRange parse(String text) {
        var slash = text.indexOf('/');
        var address = text.length() > MAX_CHARS ? null : literal(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw malformed();
        }
        var bits = address.length * Byte.SIZE;
        var prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits);
        if (!Arrays.equals(masked(address, prefix), address)) {
            throw malformed();
        }
        return new AddressRange(address, prefix, written(address) + (prefix == bits ? "" : "/" + prefix));
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("An address range must be " + FORM + ", without bits behind its prefix.");
    }

    private static byte @Nullable [] literal(String text) {
        try {
            // Only as it is usually written: "1", "0x7f.1" and zones mean something to some and nothing to others.
            return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
                    ? InetAddress.ofLiteral(text).getAddress()
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int prefix(String text, int bits) {
        if (text.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(text) <= bits) {
            return Integer.parseInt(text);
        }
        throw malformed();
    }

    private static byte[] masked(byte[] address, int prefixBits) {
        var masked = new byte[address.length];
        for (var bit = 0; bit < prefixBits; bit++) {
            masked[bit / Byte.SIZE] |= (byte) (address[bit / Byte.SIZE] & (0x80 >> (bit % Byte.SIZE)));
        }
        return masked;
    }

    private static String written(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of a known length must be one.", e);
        }
    }

    /** Whether an address is in it. One of IPv4 is in no range of IPv6, however it is written. */
    public boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == network.length && Arrays.equals(masked(bytes, prefixBits), network);
    }

    @Override
    @JsonValue
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressRange range && text.equals(range.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
