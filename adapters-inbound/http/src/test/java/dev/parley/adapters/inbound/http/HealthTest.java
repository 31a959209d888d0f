package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.adapters.inbound.http.HttpServer.Options;
import dev.parley.adapters.inbound.mcp.FixtureTools;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.ports.BackendException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the server can do its work, told to anybody who asks. */
class HealthTest {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration A_LITTLE = Duration.ofSeconds(2);

  private final OneTopic topic = new OneTopic();
  private final HttpServer server =
      new HttpServer(
          new Options("1", "127.0.0.1", 0, "http://127.0.0.1", List.of(), Optional.empty()),
          FixtureTools.catalogue(),
          new Requests(topic, topic, topic),
          List.of(new Health(topic, topic)));
  private Asking client = new Asking(0);

  @BeforeEach
  void start() {
    client = new Asking(server.start());
  }

  @AfterEach
  void stop() {
    topic.answering.countDown();
    server.close();
  }

  @Test
  void it_is_up_while_the_backend_answers() {
    var answer = client.get("/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(client.send("HEAD", "/health").statusCode()).isEqualTo(200);
  }

  @Test
  void it_is_down_while_the_backend_fails_and_says_no_more() {
    topic.failure = new BackendException.Unavailable("db.internal:5432 refused it", null, null);
    var answer = client.get("/health");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("{\"status\":\"down\"}");
  }

  @Test
  void it_is_up_again_when_the_backend_answers_again() {
    topic.failure = new BackendException.Unavailable("gone", null, null);
    assertThat(client.get("/health").statusCode()).isEqualTo(503);
    topic.failure = null;
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(client.get("/health").statusCode()).isEqualTo(200));
  }

  @Test
  void a_topic_that_is_not_there_is_no_failure_of_the_backend() {
    topic.failure = new BackendException.NoSuchTopic("no mapping for talk");
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void a_backend_that_hangs_is_asked_once_however_many_want_to_know_and_for_how_long()
      throws Exception {
    topic.answering = new CountDownLatch(1);
    var begun = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> asking = () -> client.get("/health").statusCode();
      for (var answer : threads.invokeAll(Collections.nCopies(50, asking))) {
        assertThat(answer.get()).isEqualTo(503);
      }
    }
    assertThat(client.get("/health").statusCode()).isEqualTo(503);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(PATIENCE, PATIENCE.plus(A_LITTLE));
    assertThat(topic.asked).hasValue(1);
  }

  @Test
  void a_backend_that_answers_is_asked_once_a_second_at_most() {
    var begun = System.nanoTime();
    for (var i = 0; i < 100; i++) {
      assertThat(client.get("/health").statusCode()).isEqualTo(200);
    }
    var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    assertThat(topic.asked.get()).isPositive().isLessThanOrEqualTo(Math.toIntExact(seconds) + 1);
  }

  @Test
  void the_process_lives_whatever_the_backend_does() {
    topic.answering = new CountDownLatch(1);
    assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(topic.asked).hasValue(0);
  }

  @Test
  void whoever_probes_need_not_know_the_name_of_the_server() throws IOException {
    assertThat(statusFor("/health", "10.1.2.3:3000")).isEqualTo(200);
    assertThat(statusFor("/health/live", "10.1.2.3:3000")).isEqualTo(200);
    assertThat(statusFor("/mcp", "10.1.2.3:3000")).isEqualTo(403);
    assertThat(statusFor("/health/../mcp", "10.1.2.3:3000")).isEqualTo(403);
    assertThat(statusFor("/healthy", "10.1.2.3:3000")).isEqualTo(403);
  }

  private int statusFor(String path, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n"
                  .formatted(path, host)
                  .getBytes(StandardCharsets.US_ASCII));
      var statusLine =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }
  }
}
