package com.gogogoapi.usage.webhooks;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Finds only addresses that anybody on the internet could call. Asked when a connection is made, so that a name that was
 * public when it was looked at and is another one's now leads nowhere.
 */
final class PublicAddresses implements DnsResolver {

    private static final int BYTE = 0xff;

    /** There is such a host, and nobody on the internet could call it. */
    static final class NotPublicException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        NotPublicException(String host) {
            super(host + " must be at a public address");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
        var open = Arrays.stream(found).filter(PublicAddresses::isPublic).toArray(InetAddress[]::new);
        if (open.length == 0) {
            throw new NotPublicException(host);
        }
        return open;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        var bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublicV6(bytes) : isPublicV4(bytes);
    }

    private static boolean isPublicV4(byte[] bytes) {
        var first = bytes[0] & BYTE;
        var second = bytes[1] & BYTE;
        var third = bytes[2] & BYTE;
        var isCarriers = first == 100 && second >= 64 && second < 128;
        var isReserved = first == 0 || first == 127 || first >= 240;
        var isOfProtocols = first == 192 && (second == 0 && (third == 0 || third == 2) || second == 88 && third == 99);
        var isForTests = first == 198 && (second == 18 || second == 19 || second == 51 && third == 100)
                || first == 203 && second == 0 && third == 113;
        return !isCarriers && !isReserved && !isOfProtocols && !isForTests;
    }

    /** Only what is given out: 2000::/3, and of that nothing that leads to an address of the older kind. */
    private static boolean isPublicV6(byte[] bytes) {
        var first = bytes[0] & BYTE;
        var second = bytes[1] & BYTE;
        var isGivenOut = first >= 0x20 && first < 0x40;
        var is6to4 = first == 0x20 && second == 0x02;
        var third = bytes[2] & BYTE;
        var fourth = bytes[3] & BYTE;
        var isProtocols = first == 0x20 && second == 0x01 && third < 2;
        var isDocumentation = first == 0x20 && second == 0x01 && third == 0x0d && fourth == 0xb8
                || first == 0x3f && second == 0xff && third < 0x10;
        return isGivenOut && !is6to4 && !isProtocols && !isDocumentation;
    }
}
