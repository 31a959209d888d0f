package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams on real connections, of clients that read and of clients that do not. */
class LongStreamTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration STALLED = Duration.ofMillis(400);

  private final KeepAlive keepAlive = new KeepAlive();
  private final CompletableFuture<LongStream> opened = new CompletableFuture<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private CountDownLatch mayHold = new CountDownLatch(0);
  private Duration longest = Duration.ofMinutes(5);
  private final WebServer server =
      WebServer.builder()
          .host("127.0.0.1")
          .port(0)
          .shutdownHook(false)
          .routing(routing -> routing.get("/", this::hold))
          .build();

  private void hold(ServerRequest request, ServerResponse response) {
    var stream = new LongStream(EventStream.open(response), STALLED);
    opened.complete(stream);
    try {
      mayHold.await();
      stream.hold(keepAlive, longest, ascii("last"));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      held.countDown();
    }
  }

  @AfterEach
  void stop() {
    server.stop();
    keepAlive.close();
  }

  private Socket connect() throws IOException {
    if (!server.isRunning()) {
      server.start();
    }
    var socket = new Socket();
    // So small that the server soon has to wait for a client that reads nothing.
    socket.setReceiveBufferSize(1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    socket.getOutputStream().write(ascii("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    return socket;
  }

  private LongStream stream() throws Exception {
    return opened.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static void sendUntilRefused(LongStream stream, byte[] json) {
    var sent = 1;
    while (stream.send(json)) {
      assertThat(++sent).as("sent to a client that reads nothing").isLessThan(100_000);
    }
  }

  private void assertHeldNoLonger() throws InterruptedException {
    assertThat(held.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void what_was_sent_before_the_end_comes_before_the_last_word() throws Exception {
    try (var socket = connect()) {
      assertThat(stream().send(ascii("first"))).isTrue();
      assertThat(stream().send(ascii("second"))).isTrue();
      stream().end();
      assertHeldNoLonger();
      assertThat(stream().send(ascii("too late"))).isFalse();
      server.stop();
      assertThat(rest(socket))
          .containsSubsequence("data: first", "data: second", "data: last")
          .doesNotContain("too late");
    }
  }

  @Test
  void a_stream_ends_when_its_time_is_up() throws Exception {
    longest = Duration.ofMillis(50);
    try (var socket = connect()) {
      assertHeldNoLonger();
      server.stop();
      assertThat(rest(socket)).contains("data: last");
    }
  }

  /** More than all buffers on the way take, and less than may wait. */
  @Test
  void a_client_that_takes_nothing_for_long_is_given_up() throws Exception {
    try (var _ = connect()) {
      var large = new byte[128 * 1024];
      Arrays.fill(large, (byte) 'x');
      for (var i = 0; i < 300; i++) {
        assertThat(stream().send(large)).isTrue();
      }
      assertHeldNoLonger();
      assertThat(stream().send(ascii("more"))).isFalse();
    }
  }

  @Test
  void a_stream_that_is_given_up_before_anyone_writes_it_does_not_stay_open() throws Exception {
    mayHold = new CountDownLatch(1);
    try (var _ = connect()) {
      sendUntilRefused(stream(), ascii("small"));
      mayHold.countDown();
      assertHeldNoLonger();
    }
  }

  @Test
  void a_client_that_takes_less_than_comes_is_given_up() throws Exception {
    try (var _ = connect()) {
      var large = new byte[64 * 1024];
      sendUntilRefused(stream(), large);
      assertHeldNoLonger();
    }
  }
}
