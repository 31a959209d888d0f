package dev.parley.adapters.outbound.redis;

import static dev.parley.adapters.outbound.redis.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is not there, goes away, or does not answer. */
@Timeout(60)
class OutageTest {

  private final RedisServer server = RedisServer.durable(RedisServer.redis());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_server_that_is_down_at_the_start_is_said_to_be_and_since_when() {
    try (var backend = Fixture.open(server.port())) {
      var begun = Instant.now();
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x"))).isInstanceOf(Unavailable.class);
      assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
          .isInstanceOfSatisfying(
              Unavailable.class,
              e -> assertThat(e.since()).isBefore(begun.plusSeconds(5)).isNotNull());
      assertThat(backend.about().connectedSince()).isNull();
      assertThat(backend.about().lastFailure()).contains("cannot be reached");
    }
  }

  @Test
  void push_starts_when_the_server_comes() {
    try (var backend = Fixture.open(server.port())) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilInterrupted(1);
      server.start();
      feed.untilBehind(1);
      backend.post(Draft.of(TOPIC, "at last"));
      feed.untilContents(1);
      assertThat(backend.about().version()).startsWith("7.");
    }
  }

  @Test
  void a_restart_between_two_posts_is_not_noticed_by_who_posts() {
    server.start();
    try (var backend = Fixture.open(server.port())) {
      backend.post(Draft.of(TOPIC, "before"));
      server.stop();
      server.start();
      backend.post(Draft.of(TOPIC, "after"));
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before", "after");
    }
  }

  @Test
  void a_frozen_server_delays_nobody_beyond_the_timeout() {
    server.start();
    try (var backend = open("1000")) {
      backend.post(Draft.of(TOPIC, "before"));
      backend.fetchRecent(TOPIC, Window.latest(1));
      server.process().freeze();
      var begun = System.nanoTime();
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x")))
          .isInstanceOfAny(OutcomeUnknown.class, Unavailable.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_500));
      assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
          .isInstanceOf(Unavailable.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2_500));
      server.process().thaw();
      await()
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(Fixture.contents(backend, TOPIC)).contains("before"));
    }
  }

  @Test
  void closing_a_backend_whose_server_is_frozen_takes_less_than_two_seconds() {
    server.start();
    var backend = open("10000");
    var feed = new RecordingFeed();
    backend.subscribe(TOPIC, feed);
    feed.untilBehind(1);
    backend.post(Draft.of(TOPIC, "before"));
    server.process().freeze();
    var posting = Thread.ofVirtual().start(() -> postQuietly(backend, "in flight"));
    var begun = System.nanoTime();
    backend.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    await().untilAsserted(() -> assertThat(posting.isAlive()).isFalse());
    server.process().thaw();
  }

  @Test
  void a_post_of_unknown_outcome_is_stored_once_when_it_is_repeated_under_its_key() {
    server.start();
    try (var backend = open("1000")) {
      var draft = Draft.of(TOPIC, "once").under(new IdempotencyKey("k"));
      backend.post(Draft.of(TOPIC, "before"));
      // Other commands are answered, so that the post is sent.
      server.cli().run("CLIENT", "PAUSE", "1500", "WRITE");
      assertThatThrownBy(() -> backend.post(draft)).isInstanceOf(OutcomeUnknown.class);
      await().ignoreExceptions().until(() -> backend.post(draft) != null);
      var again = backend.post(draft);
      assertThat(Fixture.history(backend, TOPIC, 10))
          .extracting(m -> m.content())
          .containsExactly("before", "once");
      assertThat(Fixture.history(backend, TOPIC, 10).getLast().id()).isEqualTo(again);
    }
  }

  @Test
  void a_key_belongs_to_one_sender_and_one_topic() {
    server.start();
    var settings = Map.of("url", Fixture.url(server.port()));
    try (var alice = Fixture.open("alice", Sender.Kind.AGENT, settings);
        var bob = Fixture.open("bob", Sender.Kind.AGENT, settings)) {
      var key = new IdempotencyKey("k");
      var other = new TopicName("other");
      var first = alice.post(Draft.of(TOPIC, "x").under(key));
      bob.post(Draft.of(TOPIC, "x").under(key));
      alice.post(Draft.of(other, "x").under(key));
      assertThat(alice.post(Draft.of(TOPIC, "x").under(key))).isEqualTo(first);
      assertThat(Fixture.contents(alice, TOPIC)).containsExactly("x", "x");
      assertThat(Fixture.contents(alice, other)).containsExactly("x");
      var ttl = server.cli().run("PTTL", "parley: {parley:ctx}key:alice:k");
      assertThat(Long.parseLong(ttl))
          .isBetween(Posts.REPEATABLE.toMillis() - 60_000, Posts.REPEATABLE.toMillis());
    }
  }

  @Test
  void what_was_acknowledged_survives_a_killed_server() {
    server.start();
    var acknowledged = new CopyOnWriteArrayList<MessageId>();
    try (var backend = Fixture.open(server.port())) {
      var posting =
          IntStream.range(0, 8)
              .mapToObj(n ->
                  Thread.ofVirtual()
                      .start(() -> {
                        for (var id = postQuietly(backend, "x"); id != null; ) {
                          acknowledged.add(id);
                          id = postQuietly(backend, "x");
                        }
                      }))
              .toList();
      await().until(() -> acknowledged.size() > 500);
      server.kill();
      await().until(() -> posting.stream().noneMatch(Thread::isAlive));
      server.start();
      assertThat(Fixture.history(backend, TOPIC, 1_000))
          .extracting(m -> m.id())
          .doesNotHaveDuplicates()
          .containsAll(acknowledged);
    }
  }

  private Backend open(String timeout) {
    return Fixture.open(Map.of("url", Fixture.url(server.port()), "request_timeout_ms", timeout));
  }

  private static @Nullable MessageId postQuietly(Backend backend, String content) {
    try {
      return backend.post(Draft.of(TOPIC, content));
    } catch (OutcomeUnknown | Unavailable e) {
      return null;
    }
  }
}
