package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.adapters.inbound.http.HttpServer.Options;
import dev.parley.adapters.inbound.mcp.FixtureTools;
import dev.parley.adapters.inbound.mcp.Requests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that stops, whatever its clients do. */
class StoppingTest {

  private static final Duration GRACE = Duration.ofSeconds(8);

  private static final String LISTEN =
      """
      {"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"_meta":{\
      "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientCapabilities":{}},\
      "notifications":{"resourceSubscriptions":["parley://topics/talk"]}}}\
      """;

  private final OneTopic topic = new OneTopic();
  private final HttpServer server =
      new HttpServer(
          new Options("1", "127.0.0.1", 0, "http://127.0.0.1", List.of(), Optional.empty()),
          FixtureTools.catalogue(),
          new Requests(topic, topic, topic),
          List.of());

  private static Socket listening(int port) throws IOException {
    var socket = new Socket();
    // So small that the server soon has to wait for a client that reads nothing.
    socket.setReceiveBufferSize(1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket
        .getOutputStream()
        .write(
            """
            POST /mcp HTTP/1.1\r
            Host: 127.0.0.1\r
            Content-Type: application/json\r
            Accept: application/json, text/event-stream\r
            MCP-Protocol-Version: 2026-07-28\r
            Mcp-Method: subscriptions/listen\r
            Content-Length: %d\r
            \r
            %s\
            """
                .formatted(LISTEN.length(), LISTEN)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void a_stream_ends_with_its_result() throws IOException {
    try (server;
        var socket = listening(server.start())) {
      await().until(() -> server.streams() == 1);
      server.close();
      socket.setSoTimeout(Math.toIntExact(GRACE.toMillis()));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("notifications/subscriptions/acknowledged")
          .contains("\"resultType\":\"complete\"")
          .endsWith("0\r\n\r\n");
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_client_that_reads_nothing_loses_its_stream_and_holds_up_nobody() throws Exception {
    try (server;
        var _ = listening(server.start())) {
      topic.watched.await();
      var pushing =
          Thread.ofVirtual()
              .start(() -> {
                while (server.pushes() == 0 || server.streams() == 1) {
                  topic.changed.run();
                }
              });
      await().atMost(Duration.ofSeconds(30)).until(() -> server.streams() == 0);
      assertThat(pushing.join(Duration.ofSeconds(5))).isTrue();
      var begun = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(GRACE);
    }
  }
}
