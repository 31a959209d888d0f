package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a packaged server tells whoever runs it. */
class HttpOperationsIT {

  private static final String PASSPHRASE = "correct-secret-horse";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.built(folder);
  }

  @Test
  void it_is_healthy_and_counts_what_it_does() throws Exception {
    try (var server = HttpProcess.start(installation, HttpProcess.open(installation), Map.of())) {
      var before = server.metric("parley_posts_total");
      assertThat(
              server
                  .send(server.call("parley_post", Map.of("topic", "talk", "content", "hello")))
                  .statusCode())
          .isEqualTo(200);
      server.send(server.call("parley_fetch_recent", Map.of("topic", "talk")));
      server.send(server.call("parley_fetch_recent", Map.of("topic", "talk", "since", "nonsense")));

      assertThat(server.get("/health").body()).isEqualTo("{\"status\":\"up\"}");
      assertThat(server.metric("parley_posts_total")).isEqualTo(before + 1);
      assertThat(server.get("/metrics").body())
          .contains("# TYPE parley_backend_operation_duration_seconds histogram")
          .contains("parley_backend_operation_duration_seconds_count{operation=\"post\"}")
          .contains(
              "parley_backend_errors_total{kind=\"cursor_rejected\",operation=\"fetch_recent\"}"
                  + " 1.0")
          .contains("parley_http_requests_total{status=\"2xx\"}")
          .contains("parley_backend_up 1.0")
          .contains("parley_build_info{version=\"")
          .contains("process_cpu_seconds_total")
          .contains(
              "parley_http_streams 0.0", "parley_http_sessions 0.0", "parley_pushes_total 0.0")
          .doesNotContain("talk");
    }
  }

  @Test
  void it_is_not_healthy_while_its_database_is_none() throws Exception {
    Files.writeString(folder.resolve("talk.db"), "this is no database, and long enough to tell");
    try (var server = HttpProcess.start(installation, HttpProcess.open(installation), Map.of())) {
      assertThat(server.get("/health").statusCode()).isEqualTo(503);
      assertThat(server.get("/health").body()).isEqualTo("{\"status\":\"down\"}");
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(server.metric("parley_backend_up")).isZero();
    }
  }

  @Test
  void a_proxy_that_nobody_trusts_is_told_of_once() throws Exception {
    try (var server = HttpProcess.start(installation, HttpProcess.open(installation), Map.of())) {
      for (var client : List.of("203.0.113.7", "203.0.113.8")) {
        server.send(
            HttpRequest.newBuilder(server.uri("/health/live"))
                .header("X-Forwarded-For", client)
                .build());
      }
      server.terminate();
      assertThat(server.exitCode(Duration.ofSeconds(10))).isZero();
      assertThat(server.said()).containsOnlyOnce("http.trusted_proxies").contains("127.0.0.1");
    }
  }

  /** Sends a secret in every place where one can be, to every endpoint; gives how many requests. */
  private static int sendSecrets(HttpProcess server) throws IOException, InterruptedException {
    var requests = new ArrayList<HttpRequest>();
    for (var path :
        List.of("/mcp", "/authorize", "/token", "/register", "/revoke", "/health", "/nowhere")) {
      var uri = server.uri(path + "?code=secret-query&access_token=secret-query");
      requests.add(
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer secret-token")
              .header("Cookie", "session=secret-cookie")
              .header("Mcp-Session-Id", "secret-session")
              .header("Accept", "text/event-stream")
              .build());
      requests.add(
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Basic c2VjcmV0LWJhc2lj")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(
                  BodyPublishers.ofString(
                      "grant_type=authorization_code&code=secret-code&code_verifier=secret-verifier"
                          + "&client_secret=secret-client&passphrase="
                          + PASSPHRASE))
              .build());
      requests.add(
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer secret-token")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"content\":\"secret-content\", broken"))
              .build());
    }
    requests.add(server.call("parley_post", Map.of("topic", "talk", "content", "secret-content")));
    requests.add(
        server.call("parley_post", Map.of("topic", "secret-topic", "content", "secret-content")));
    for (var request : requests) {
      server.send(request);
    }
    return requests.size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"builtin", "none"})
  void as_json_every_line_is_an_event_every_request_has_one_and_none_has_a_secret(String mode)
      throws Exception {
    var config =
        HttpProcess.config(installation, "auth: { mode: %s }\nhttp: { port: 0 }\n".formatted(mode));
    var environment = Map.of("PARLEY_LOG", "trace", "PARLEY_OWNER_PASSPHRASE", PASSPHRASE);
    try (var server = HttpProcess.start(installation, config, environment, "--log", "json")) {
      var sent = sendSecrets(server);
      server.terminate();
      assertThat(server.exitCode(Duration.ofSeconds(10))).isZero();

      var events = new ArrayList<JsonNode>();
      for (var line : server.said().lines().toList()) {
        events.add(JSON.readTree(line));
      }
      assertThat(events).allSatisfy(event -> assertThat(event.has("timestamp")).isTrue());
      assertThat(events.stream().filter(event -> event.toString().contains("\"millis\"")))
          .hasSize(sent)
          .allSatisfy(event -> assertThat(event.path("level").asText()).isEqualTo("INFO"));
      assertThat(server.said()).contains("/token").doesNotContain("secret", "c2VjcmV0", PASSPHRASE);
    }
  }

  @Test
  void as_text_it_is_quiet_unless_it_is_asked_and_has_no_secret_then_either() throws Exception {
    var config = HttpProcess.open(installation);
    try (var server = HttpProcess.start(installation, config, Map.of())) {
      sendSecrets(server);
      assertThat(server.said().lines()).hasSize(1);
    }
    try (var server = HttpProcess.start(installation, config, Map.of(), "--verbose")) {
      sendSecrets(server);
      assertThat(server.said())
          .contains("INFO GET /mcp 4")
          .contains("INFO POST /mcp 200 in")
          .doesNotContain("secret", "c2VjcmV0", PASSPHRASE);
    }
  }
}
