package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is not there yet, not there any more, or silent. */
@Timeout(60)
class ServerDownTest {

  private static final TopicName TOPIC = new TopicName("ctx");
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration CLOSED = Duration.ofSeconds(2);

  @Test
  void before_the_server_starts_all_is_said_to_be_unavailable_and_then_all_works() {
    try (var server = PostgresServer.create();
        var backend =
            Fixture.open(new PostgresStore(server, server.port(), "late").config(), "agent")) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilInterrupted(1);
      var before = Instant.now();
      var first = unavailable(() -> backend.fetchRecent(TOPIC, Window.latest(1)));
      var second = unavailable(() -> backend.post(Draft.of(TOPIC, "never")));
      assertThat(List.of(first, second))
          .allSatisfy(refused -> {
            assertThat(refused).hasMessageContaining("no server listens at 127.0.0.1");
            assertThat(refused.since()).isNotNull().isBeforeOrEqualTo(before);
          });
      assertThat(backend.about().connectedSince()).isNull();
      assertThat(backend.about().lastFailure()).contains("no server listens");

      server.start();
      Fixture.makeOwner(server);
      server.execute("postgres", "CREATE DATABASE late OWNER " + PostgresStore.OWNER);

      feed.untilBehind(1);
      var id = backend.post(Draft.of(TOPIC, "at last"));
      feed.untilContents(1);
      assertThat(Fixture.history(backend, TOPIC, 10))
          .extracting(message -> message.id())
          .containsExactly(id);
      assertThat(backend.about().connectedSince()).isNotNull();
      assertThat(backend.about().version()).startsWith("1");
    }
  }

  private static Unavailable unavailable(Runnable call) {
    var begun = System.nanoTime();
    var thrown = catchThrowableOfType(Unavailable.class, call::run);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    assertThat(thrown).isNotNull();
    return thrown;
  }

  @Test
  void closing_does_not_wait_for_a_silent_server() {
    var store = Fixture.newStore();
    try (var proxy = new TcpProxy(store.server().port());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var silent = new PostgresStore(store.server(), proxy.port(), store.database());
      var backend = Fixture.open(silent, Map.of("request_timeout_ms", "20000"));
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      backend.post(Draft.of(TOPIC, "before"));
      feed.untilBehind(1);
      proxy.freeze();
      var underWay = new CountDownLatch(3);
      var calls =
          List.<Supplier<Object>>of(
                  () -> backend.post(Draft.of(TOPIC, "in flight")),
                  () -> backend.fetchRecent(TOPIC, Window.latest(1)),
                  () -> backend.post(Draft.of(new TopicName("other"), "connecting")))
              .stream()
              .map(call ->
                  callers.submit(() -> {
                    underWay.countDown();
                    return call.get();
                  }))
              .toList();
      await().until(() -> underWay.getCount() == 0);
      var begun = System.nanoTime();
      backend.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(CLOSED);
      await()
          .atMost(Duration.ofSeconds(2))
          .until(() -> calls.stream().allMatch(call -> call.isDone()));
      assertThat(calls)
          .allSatisfy(call -> assertThat(call.exceptionNow()).isInstanceOf(BackendException.class));
    } finally {
      store.close();
    }
  }

  @Test
  void a_server_that_accepts_and_says_nothing_is_given_up_in_time() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var backend =
            Fixture.open(
                new PostgresStore(Fixture.server(), silent.getLocalPort(), "x").config(),
                "agent")) {
      var begun = System.nanoTime();
      var thrown =
          catchThrowableOfType(
              Unavailable.class, () -> backend.fetchRecent(TOPIC, Window.latest(1)));

      assertThat(thrown).hasMessageContaining("answer");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isLessThan(PostgresStore.REQUEST_TIMEOUT.plusSeconds(1));
    }
  }
}
