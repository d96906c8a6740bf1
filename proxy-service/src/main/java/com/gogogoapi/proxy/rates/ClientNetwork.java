package com.gogogoapi.proxy.rates;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom an address stands for. */
public final class ClientNetwork {

    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int MAX_ADDRESS_CHARS = 100;

    private ClientNetwork() {}

    /** Whoever has one IPv6 address usually has the 64 bits behind it to choose from. */
    public static String of(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(six.getAddress(), IPV6_NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            // What a proxy in front of this one put there.
            return address.length() > MAX_ADDRESS_CHARS ? address.substring(0, MAX_ADDRESS_CHARS) : address;
        }
    }
}
