package dev.parley.bootstrap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** A reverse proxy on this machine, whose port is known before there is a server behind it. */
final class Front implements AutoCloseable {

  private static final Set<String> PASSED_ON =
      Set.of("accept", "content-type", "authorization", "origin", "mcp-protocol-version");
  private static final List<String> PASSED_BACK = List.of("Content-Type", "WWW-Authenticate");

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<Integer> behind = new CompletableFuture<>();
  private final Set<String> withheld;

  /** A proxy that passes on all but these headers. */
  Front(Set<String> withheld) throws IOException {
    this.withheld = withheld;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::pass);
    server.start();
  }

  String url() {
    return "http://localhost:%d".formatted(server.getAddress().getPort());
  }

  /** From now on requests go to this port. */
  void leadTo(int port) {
    behind.complete(port);
  }

  private void pass(HttpExchange exchange) throws IOException {
    var asked =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d%s".formatted(behind.join(), exchange.getRequestURI())))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          var lower = name.toLowerCase(Locale.ROOT);
          if (PASSED_ON.contains(lower) && !withheld.contains(lower)) {
            asked.header(name, values.getFirst());
          }
        });
    try (exchange) {
      var answer = client.send(asked.build(), BodyHandlers.ofByteArray());
      for (var name : PASSED_BACK) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
