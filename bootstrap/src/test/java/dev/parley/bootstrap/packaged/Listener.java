package dev.parley.bootstrap.packaged;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One open {@code subscriptions/listen} stream, on a connection that takes little itself. */
final class Listener implements AutoCloseable {

  private static final String MESSAGE =
      """
      {"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"_meta":{\
      "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientCapabilities":{}},\
      "notifications":{"resourceSubscriptions":["parley://topics/talk"]}}}\
      """;
  private static final String REQUEST =
      """
      POST /mcp HTTP/1.1
      Host: 127.0.0.1
      Content-Type: application/json
      Accept: text/event-stream
      MCP-Protocol-Version: 2026-07-28
      Mcp-Method: subscriptions/listen
      Content-Length: %d

      """
          .formatted(MESSAGE.length())
          .replace("\n", "\r\n");

  private final Socket socket;
  private final BlockingQueue<Long> updates = new LinkedBlockingQueue<>();

  private Listener(Socket socket) {
    this.socket = socket;
  }

  /** Opens a stream, and returns when the server has acknowledged it. */
  static Listener open(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write((REQUEST + MESSAGE).getBytes(StandardCharsets.US_ASCII));
    var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1_024);
    var line = in.readLine();
    while (line != null && !line.contains("notifications/subscriptions/acknowledged")) {
      line = in.readLine();
    }
    if (line == null) {
      throw new IOException("the stream ended before it was acknowledged");
    }
    var listener = new Listener(socket);
    Thread.ofVirtual().start(() -> listener.read(in));
    return listener;
  }

  private void read(BufferedReader in) {
    try {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.contains("notifications/resources/updated")) {
          updates.add(System.nanoTime());
        }
      }
    } catch (IOException _) {
      // The stream ended.
    }
  }

  /** When the first update since a time came; both as {@link System#nanoTime()}. */
  long updateSince(long nanoTime, Duration within) throws InterruptedException {
    while (true) {
      var at = updates.poll(within.toMillis(), TimeUnit.MILLISECONDS);
      if (at == null) {
        throw new AssertionError("no update came within " + within);
      }
      if (at >= nanoTime) {
        return at;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
