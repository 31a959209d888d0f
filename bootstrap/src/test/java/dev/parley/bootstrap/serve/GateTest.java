package dev.parley.bootstrap.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bootstrap.config.ConfigurationReader;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {

  private static final String OIDC =
      """
      topics: [general]
      http: { public_url: "https://parley.example.com" }
      auth:
        mode: oidc
        oidc:
          issuer: "http://127.0.0.1:9/realms/parley"
          audience: "https://parley.example.com/mcp"
          required_scope: "mcp:tools"
          required_role: parley-user
      """;

  @TempDir Path folder;

  @Test
  void oidc_guards_the_endpoint_for_the_configured_provider_even_if_that_is_not_there()
      throws Exception {
    Files.writeString(folder.resolve("parley.config.yaml"), OIDC);
    var file = folder.resolve("parley.config.yaml").toString();
    var configuration = ConfigurationReader.ofThisProcess().read(file, null).configuration();
    try (var gate = Gate.of(configuration)) {
      var server = serve(gate);
      try {
        assertThat(post(server, null).statusCode()).isEqualTo(401);
        assertThat(post(server, null).headers().firstValue("WWW-Authenticate"))
            .contains(
                "Bearer"
                    + " resource_metadata=\"https://parley.example.com/.well-known/oauth-protected-resource/mcp\","
                    + " scope=\"mcp:tools\"");
        assertThat(post(server, token("http://127.0.0.1:9/realms/parley")).statusCode())
            .isEqualTo(503);
        assertThat(post(server, token("http://127.0.0.1:9/realms/other")).statusCode())
            .isEqualTo(401);
      } finally {
        server.stop();
      }
    }
  }

  private static WebServer serve(Gate gate) {
    return WebServer.builder()
        .host("127.0.0.1")
        .port(0)
        .shutdownHook(false)
        .routing(routing -> {
          gate.features().forEach(routing::addFeature);
          routing.post("/mcp", (request, response) -> response.send("in"));
        })
        .build()
        .start();
  }

  /** A token whose signature nobody can check, since the provider's port is that of nobody. */
  private static String token(String issuer) {
    return "%s.%s.c2lnbmVk"
        .formatted(
            base64("{\"alg\":\"RS256\",\"kid\":\"k\"}"),
            base64("{\"iss\":\"%s\"}".formatted(issuer)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> post(WebServer server, @Nullable String token)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/mcp".formatted(server.port())))
            .POST(BodyPublishers.ofString("{}"));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
