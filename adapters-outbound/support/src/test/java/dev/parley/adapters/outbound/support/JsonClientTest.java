package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.ports.BackendException.RateLimited;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonClientTest {

  private static final Duration PLENTY = Duration.ofSeconds(10);

  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private final JsonClient client =
      new JsonClient(
          PLENTY,
          body ->
              body.has("wait_ms")
                  ? Optional.of(Duration.ofMillis(body.get("wait_ms").asLong()))
                  : Optional.empty());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    client.close();
    server.stop(0);
  }

  @Test
  void an_answer_has_status_and_json() throws NoAnswer {
    on(exchange -> answer(exchange, 404, "{\"code\":\"NO\"}"));
    var answer = client.send(request(), PLENTY);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.isSuccess()).isFalse();
    assertThat(answer.body().get("code").asText()).isEqualTo("NO");
  }

  @Test
  void an_answer_that_is_no_json_has_no_body() throws NoAnswer {
    on(exchange -> answer(exchange, 502, "<html>bad gateway"));
    assertThat(client.send(request(), PLENTY).body().isMissingNode()).isTrue();
  }

  @Test
  void who_is_asked_to_wait_by_the_header_asks_again_then() throws NoAnswer {
    on(exchange -> {
      exchange.getResponseHeaders().add("Retry-After", "0.2");
      answer(exchange, requests.incrementAndGet() < 3 ? 429 : 200, "{}");
    });
    var began = System.nanoTime();
    assertThat(client.send(request(), PLENTY).isSuccess()).isTrue();
    assertThat(requests).hasValue(3);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void who_is_asked_to_wait_by_the_body_asks_again_then() throws NoAnswer {
    on(exchange ->
        answer(exchange, requests.incrementAndGet() < 2 ? 429 : 200, "{\"wait_ms\":50}"));
    assertThat(client.send(request(), PLENTY).isSuccess()).isTrue();
  }

  @Test
  void who_is_not_told_how_long_waits_a_while() throws NoAnswer {
    on(exchange -> answer(exchange, requests.incrementAndGet() < 2 ? 429 : 200, "{}"));
    assertThat(client.send(request(), PLENTY).isSuccess()).isTrue();
  }

  @Test
  void a_wait_beyond_the_deadline_is_said_at_once() {
    on(exchange -> answer(exchange, 429, "{\"wait_ms\":60000}"));
    var limited = catchThrowableOfType(RateLimited.class, () -> client.send(request(), PLENTY));
    assertThat(limited.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(limited).hasMessageContaining("60.0 s");
  }

  @Test
  void a_server_that_answers_late_may_have_got_the_request() {
    on(_ -> awaitTheEnd());
    var none =
        catchThrowableOfType(NoAnswer.class, () -> client.send(request(), Duration.ofMillis(200)));
    assertThat(none.perhapsSent()).isTrue();
    assertThat(none).hasMessageContaining("did not answer in");
  }

  @Test
  void a_body_that_does_not_end_is_not_waited_for() {
    on(exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      awaitTheEnd();
    });
    assertThatThrownBy(() -> client.send(request(), Duration.ofMillis(200)))
        .isInstanceOf(NoAnswer.class);
  }

  @Test
  void a_connection_that_breaks_may_have_carried_the_request() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> {
        try (var connection = silent.accept()) {
          var _ = connection.getInputStream().read();
        } catch (IOException over) {
          throw new IllegalStateException(over);
        }
      });
      var none =
          catchThrowableOfType(
              NoAnswer.class, () -> client.send(post(silent.getLocalPort()), PLENTY));
      assertThat(none.perhapsSent()).isTrue();
    }
  }

  @Test
  void a_refused_connection_carried_nothing() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    var none = catchThrowableOfType(NoAnswer.class, () -> client.send(post(port), PLENTY));
    assertThat(none.perhapsSent()).isFalse();
    assertThat(none).hasMessage("the connection was refused");
  }

  @Test
  void a_name_that_nobody_has_carried_nothing() {
    var request = HttpRequest.newBuilder(URI.create("http://nowhere.invalid/")).build();
    var none = catchThrowableOfType(NoAnswer.class, () -> client.send(request, PLENTY));
    assertThat(none.perhapsSent()).isFalse();
    assertThat(none).hasMessage("its name cannot be resolved");
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void on(Handler handler) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private void awaitTheEnd() {
    try {
      end.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
        .build();
  }

  private static HttpRequest post(int port) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
