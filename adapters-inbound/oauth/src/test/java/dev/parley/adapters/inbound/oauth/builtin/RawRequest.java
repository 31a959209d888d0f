package dev.parley.adapters.inbound.oauth.builtin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A request as it is on the wire, which no client library would send. */
final class RawRequest {

  private static final int PATIENCE_MILLIS = 20_000;

  private RawRequest() {}

  /** Sends a request that ends its connection; gives the whole answer, empty when there is none. */
  static String send(int port, byte[] request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException _) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String send(int port, String firstLine, String... headers) {
    var lines = new StringBuilder(firstLine).append("\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
    for (var header : headers) {
      lines.append(header).append("\r\n");
    }
    return send(port, lines.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  static int status(String answer) {
    return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }
}
