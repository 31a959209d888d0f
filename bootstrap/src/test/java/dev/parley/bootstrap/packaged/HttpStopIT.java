package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packaged server that is told to end, or that is killed. */
class HttpStopIT {

  private static final Duration GRACE = Duration.ofSeconds(10);

  @TempDir Path folder;
  private Installation installation;
  private Path config;

  @BeforeEach
  void install() throws IOException {
    installation = Installation.built(folder);
    config = HttpProcess.open(installation);
  }

  private static HttpRequest post(HttpProcess server, String content) {
    return server.call("parley_post", Map.of("topic", "talk", "content", content));
  }

  private static HttpRequest legacy(HttpProcess server) throws IOException, InterruptedException {
    var initialize =
        server.send(
            HttpRequest.newBuilder(server.uri("/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":\
                        "2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}\
                        """))
                .build());
    return HttpRequest.newBuilder(server.uri("/mcp"))
        .header("Accept", "text/event-stream")
        .header("Mcp-Session-Id", initialize.headers().firstValue("Mcp-Session-Id").orElseThrow())
        .build();
  }

  private static boolean isRefused(int port) throws IOException {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return false;
    } catch (ConnectException _) {
      return true;
    }
  }

  @Test
  void told_to_end_it_answers_what_is_in_flight_ends_its_streams_and_says_that_all_is_well()
      throws Exception {
    try (var server = HttpProcess.start(installation, config, Map.of());
        var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("talk.db"));
        var lock = database.createStatement()) {
      assertThat(server.send(post(server, "first")).statusCode()).isEqualTo(200);
      var listening =
          server.sending(
              server.request(
                  "subscriptions/listen",
                  "",
                  Map.of(
                      "notifications",
                      Map.of("resourceSubscriptions", List.of("parley://topics/talk")))));
      var legacy = server.sending(legacy(server));
      var since = HttpProcess.result(server.send(fetch(server, Map.of()))).path("nextCursor");
      var waiting =
          server.sending(fetch(server, Map.of("since", since.asText(), "block_ms", 50_000)));
      await().until(() -> server.metric("parley_waiting_calls") == 1);
      lock.execute("BEGIN IMMEDIATE");
      var posting = server.sending(post(server, "in flight"));
      // Two streams, the wait, the post, and the question itself.
      await().until(() -> server.metric("parley_http_requests_in_flight") == 5);

      server.terminate();
      await().until(() -> server.said().contains("stopping"));
      await().until(() -> isRefused(server.port()));
      assertThat(posting).isNotDone();
      lock.execute("ROLLBACK");

      assertThat(server.exitCode(GRACE)).as(server.said()).isZero();
      assertThat(HttpProcess.result(posting.get(1, TimeUnit.SECONDS)).path("backendMsgId").asText())
          .isNotEmpty();
      assertThat(HttpProcess.result(waiting.get(1, TimeUnit.SECONDS)).path("messages").isArray())
          .isTrue();
      assertThat(listening.get(1, TimeUnit.SECONDS).body()).contains("\"resultType\":\"complete\"");
      assertThat(legacy.get(1, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(installation.run("fetch", "--config", config.toString(), "talk").out())
          .contains("in flight");
    }
  }

  private static HttpRequest fetch(HttpProcess server, Map<String, ?> more) {
    var arguments = new LinkedHashMap<String, Object>(more);
    arguments.put("topic", "talk");
    return server.call("parley_fetch_recent", arguments);
  }

  @Test
  void killed_it_starts_again_as_the_same_instance_with_all_that_was_posted() throws Exception {
    try (var server = HttpProcess.start(installation, config, Map.of())) {
      assertThat(server.send(post(server, "before the crash")).statusCode()).isEqualTo(200);
      server.kill();
    }
    try (var server = HttpProcess.start(installation, config, Map.of())) {
      assertThat(server.send(fetch(server, Map.of())).body()).contains("before the crash");
      assertThat(server.said()).doesNotContain("another process");
      server.terminate();
      assertThat(server.exitCode(GRACE)).isZero();
    }
  }

  @Test
  void a_port_that_is_taken_is_named() throws Exception {
    try (var server = HttpProcess.start(installation, config, Map.of())) {
      var second =
          HttpProcess.config(
              installation,
              "auth: { mode: none }\nhttp: { port: %d }\ninstance_id: second\n"
                  .formatted(server.port()));
      var outcome = installation.run("serve", "--http", "--config", second.toString());
      assertThat(outcome.exit()).isEqualTo(2);
      assertThat(outcome.err())
          .contains("127.0.0.1:%d cannot be listened on".formatted(server.port()), "http.port")
          .doesNotContain("Exception");
    }
  }

  @Test
  void a_certificate_that_is_missing_is_named() throws Exception {
    var secured =
        HttpProcess.config(
            installation,
            "auth: { mode: none }\nhttp: { port: 0, tls: { cert: ./no.pem, key: ./no.key } }\n");
    var outcome = installation.run("serve", "--http", "--config", secured.toString());
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("http.tls.cert", "no.pem is not there");
  }
}
