package com.gogogoapi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void noneIsGivenTwiceOrToAnotherProcess() throws IOException {
        var ports = new HashSet<Integer>();
        for (var i = 0; i < 100; i++) {
            var port = FreePorts.next();
            assertThat(ports.add(port)).isTrue();
            assertThatThrownBy(() -> new DatagramSocket(port, LOOPBACK)).isInstanceOf(BindException.class);
            try (var server = new ServerSocket(port, 1, LOOPBACK)) {
                assertThat(server.isBound()).isTrue();
            }
        }
    }

    /** What a connection out, or a server that takes any port, may be given. */
    @Test
    void noneIsOneThatTheSystemGives() throws IOException {
        var given = new HashSet<Integer>();
        for (var i = 0; i < 100; i++) {
            try (var any = new ServerSocket(0, 1, LOOPBACK)) {
                given.add(any.getLocalPort());
            }
        }
        assertThat(given).allSatisfy(port -> assertThat(port).isGreaterThanOrEqualTo(FreePorts.END));
    }
}
