package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the laws of the suite do not look at: a server that was never there, or no longer is. */
class OutageTest {

  private static final TopicName TOPIC = new TopicName("ctx");
  private static final long LONGEST_SILENCE = Duration.ofSeconds(2).toNanos();

  private final NatsServer server = NatsServer.withJetStream(NatsServer.current());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_server_that_is_down_at_the_start_is_said_to_be_and_used_when_it_comes() {
    var before = Instant.now();
    try (var backend = Fixture.open(server)) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilInterrupted(1);

      var refused =
          catchThrowableOfType(
              Unavailable.class, () -> backend.post(Draft.of(TOPIC, "never stored")));
      assertThat(refused)
          .hasMessageContaining("cannot be reached")
          .hasMessageContaining("start it");
      assertThat(refused.since()).isBetween(before, Instant.now());
      assertThat(backend.about().connectedSince()).isNull();
      assertThat(backend.about().lastFailure()).contains("cannot be reached");

      server.start();
      feed.untilBehind(1);
      backend.post(Draft.of(TOPIC, "stored"));
      feed.untilContents(1);
      assertThat(feed.contents()).containsExactly("stored");
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("stored");
      assertThat(backend.about().connectedSince()).isNotNull();
    }
  }

  @Test
  void a_connection_lost_while_a_live_consumer_is_made_does_not_end_the_live_path() {
    server.start();
    var told = new AtomicInteger();
    try (var backend = Fixture.open(server)) {
      backend.subscribe(
          TOPIC,
          new HintedFeed() {
            @Override
            public void behind() {
              if (told.incrementAndGet() == 1) {
                server.kill();
                await().until(() -> backend.about().connectedSince() == null);
              }
            }
          });
      await().until(() -> told.get() == 1 && backend.about().connectedSince() == null);
      server.start();
      await().atMost(Duration.ofSeconds(20)).until(() -> told.get() > 1);
    }
  }

  /** Called on the thread of the live path itself, so that it can be held up at that moment. */
  private abstract static class HintedFeed implements Feed {

    @Override
    public boolean takesHints() {
      return true;
    }

    @Override
    public void message(Message message) {
      throw new AssertionError("a hint is enough");
    }

    @Override
    public void interrupted(BackendException why) {}
  }

  @Test
  void what_was_refused_while_the_server_was_down_is_never_stored() {
    server.start();
    try (var backend = Fixture.open(server)) {
      backend.post(Draft.of(TOPIC, "before"));
      server.kill();
      await().until(() -> backend.about().connectedSince() == null);
      for (var n = 0; n < 20; n++) {
        assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "meanwhile")))
            .isInstanceOf(Unavailable.class);
      }
      server.start();
      await()
          .ignoreExceptions()
          .until(() -> !backend.post(Draft.of(TOPIC, "after")).value().isEmpty());

      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before", "after");
    }
  }

  /** Else push would go on long after the link is well again. */
  @Test
  void a_link_too_late_for_any_answer_is_tried_every_second_or_so() throws InterruptedException {
    server.start();
    var lastAsked = new AtomicLong(System.nanoTime());
    var other = server.connection();
    try (var proxy = new TcpProxy(server.port());
        var backend = openAt(proxy.port())) {
      other
          .createDispatcher(request -> lastAsked.set(System.nanoTime()))
          .subscribe("$JS.API.STREAM.INFO.>");
      await().until(() -> backend.about().connectedSince() != null);
      proxy.delay(Duration.ofMillis(400));
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);

      // With pauses of up to five seconds there is one of two and a half at least by then.
      await()
          .during(Duration.ofSeconds(15))
          .atMost(Duration.ofSeconds(16))
          .until(() -> System.nanoTime() - lastAsked.get() < LONGEST_SILENCE);
      proxy.delay(Duration.ZERO);
      feed.untilBehind(1);
    } finally {
      other.close();
    }
  }

  private static Backend openAt(int port) {
    return Fixture.open(
        "agent",
        Fixture.config(List.of("nats://127.0.0.1:" + port), Map.of("request_timeout_ms", 500L)));
  }

  @Test
  void closing_does_not_wait_for_a_frozen_server() {
    server.start();
    var backend = Fixture.open(server);
    for (var n = 0; n < 100; n++) {
      var feed = new RecordingFeed();
      backend.subscribe(new TopicName("topic " + n), feed);
      feed.untilBehind(1);
    }
    server.freeze();
    var begun = System.nanoTime();
    backend.close();
    var took = Duration.ofNanos(System.nanoTime() - begun);
    server.thaw();
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void closing_does_not_wait_for_a_server_that_never_came() {
    var backend = Fixture.open(server);
    backend.subscribe(TOPIC, new RecordingFeed());
    var begun = System.nanoTime();
    backend.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed");
  }

  @Test
  void a_server_that_is_silent_for_long_is_given_up_and_connected_to_again() {
    server.start();
    try (var backend = Fixture.open(server)) {
      backend.post(Draft.of(TOPIC, "before"));
      server.freeze();
      try {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> backend.about().connectedSince() == null);
      } finally {
        server.thaw();
      }
      await()
          .atMost(Duration.ofSeconds(5))
          .ignoreExceptions()
          .until(() -> !backend.post(Draft.of(TOPIC, "after")).value().isEmpty());
    }
  }
}
