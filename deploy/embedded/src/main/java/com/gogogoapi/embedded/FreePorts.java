package com.gogogoapi.embedded;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that cannot choose one themselves, free until those listen, which may be many seconds later.
 *
 * <p>A port that the system chose and that was closed again is anybody's: the next connection out may get it. These are below those
 * that it gives away, and each is this process's own among all that ask here, since it keeps the UDP port of the same number.
 */
public final class FreePorts {

    private static final int FIRST = 12_000;

    /** Linux gives ports from 32768 on to connections ({@code net.ipv4.ip_local_port_range}), RFC 6335 from 49152 on. */
    static final int END = 32_000;

    private static final int MAX_TRIES = 10_000;
    private static final Map<Integer, DatagramSocket> KEPT = new ConcurrentHashMap<>();

    private FreePorts() {}

    /**
     * Another one each time.
     *
     * @throws IllegalStateException if none is free
     */
    public static int next() {
        for (var tries = 0; tries < MAX_TRIES; tries++) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isKept(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("There must be a free port from " + FIRST + " to " + (END - 1) + ".");
    }

    private static boolean isKept(int port) {
        try {
            KEPT.put(port, new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    /** At every address, which the loopback one is among. */
    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
