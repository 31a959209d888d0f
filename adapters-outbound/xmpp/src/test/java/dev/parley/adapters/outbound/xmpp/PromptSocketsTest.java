package dev.parley.adapters.outbound.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PromptSocketsTest {

  @Test
  void a_socket_sends_at_once_and_reads_what_comes() throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    try (var server = new ServerSocket(0, 1, loopback);
        var socket = new PromptSockets().createSocket()) {
      socket.connect(new InetSocketAddress(loopback, server.getLocalPort()));
      assertThat(socket.getTcpNoDelay()).isTrue();
      try (var peer = server.accept()) {
        peer.getOutputStream().write(new byte[] {1, 2, 3});
      }
      assertThat(socket.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }
  }
}
