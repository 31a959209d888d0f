package dev.parley.adapters.inbound.oauth.oidc;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** An endpoint behind an {@link OidcAuthorization}, which says who came in, and its client. */
final class GuardedServer implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final WebServer server;

  GuardedServer(OidcAuthorization authorization) {
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .routing(
                routing -> routing.addFeature(authorization).post("/mcp", GuardedServer::whoAmI))
            .build()
            .start();
  }

  private static void whoAmI(ServerRequest request, ServerResponse response) {
    response.send(request.context().get(Principal.class).orElseThrow().getName());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  /** Calls the endpoint. */
  HttpResponse<String> call(@Nullable String token) {
    try {
      var request =
          HttpRequest.newBuilder(uri("/mcp")).POST(HttpRequest.BodyPublishers.ofString("{}"));
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      return send(request);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
  }

  @Override
  public void close() {
    http.close();
    server.stop();
  }
}
