package dev.parley.adapters.inbound.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A connection on which a test sends whatever bytes it likes, as no HTTP client would. */
final class RawHttp implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket;
  private final InputStream in;

  RawHttp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    in = socket.getInputStream();
  }

  /** What a server answered; header names in lower case. */
  record Response(int status, Map<String, String> headers, String body) {}

  RawHttp send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Says that nothing more comes. */
  RawHttp endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads one response to its end. */
  Response response() throws IOException {
    var response = head();
    var length = response.headers().get("content-length");
    if ("chunked".equals(response.headers().get("transfer-encoding"))) {
      var body = new StringBuilder();
      var chunk = chunk();
      while (!chunk.isEmpty()) {
        body.append(chunk);
        chunk = chunk();
      }
      return new Response(response.status(), response.headers(), body.toString());
    }
    var body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
    return new Response(
        response.status(), response.headers(), new String(body, StandardCharsets.UTF_8));
  }

  /** Reads the head of a response, whose body is a stream. */
  Response head() throws IOException {
    var status = Integer.parseInt(line().split(" ", -1)[1]);
    var headers = new LinkedHashMap<String, String>();
    var line = line();
    while (!line.isEmpty()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      line = line();
    }
    return new Response(status, headers, "");
  }

  /** Reads one chunk of a streamed body; empty at its end. */
  String chunk() throws IOException {
    var chunk = in.readNBytes(Integer.parseInt(line(), 16));
    line();
    return new String(chunk, StandardCharsets.UTF_8);
  }

  /** Whether the server closed the connection, which it has to within the test's patience. */
  boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    var c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException("the server closed the connection after '" + line + "'");
      }
      line.append((char) c);
      c = in.read();
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
