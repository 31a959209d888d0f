package dev.parley.adapters.outbound.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Unavailable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms that somebody has made and not set up, which Prosody locks until that is done. */
class UnfinishedRoomTest {

  private static final TopicName TOPIC = new TopicName("planning");

  private static ProsodyServer server;

  private final String prefix = Fixture.newPrefix();
  private String room = "";

  @BeforeAll
  static void start() {
    server = ProsodyServer.old().started();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void name() {
    room = Fixture.room(server, prefix, TOPIC);
  }

  @Test
  void is_finished_for_a_session_of_the_same_account_that_hangs() {
    try (var hanging = server.client("parley");
        var backend = Fixture.open(server, "alice", prefix)) {
      hanging.makeOnly(room, "bob");
      backend.post(Draft.of(TOPIC, "hello"));
      assertThat(Fixture.history(backend, TOPIC))
          .extracting(Message::content)
          .containsExactly("hello");
    }
  }

  @Test
  void is_waited_for_when_another_account_makes_it() {
    try (var other = server.client("mallory");
        var backend = Fixture.open(server, "alice", prefix)) {
      other.makeOnly(room, "mallory");
      var post = CompletableFuture.supplyAsync(() -> backend.post(Draft.of(TOPIC, "hello")));
      assertThatThrownBy(() -> post.get(700, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.configure(room, "muc#roomconfig_whois", "anyone");
      var id = post.join();
      assertThat(Fixture.history(backend, TOPIC)).extracting(Message::id).containsExactly(id);
    }
  }

  @Test
  void is_said_when_another_account_leaves_it_so() {
    try (var other = server.client("mallory");
        var backend = Fixture.open(server, "alice", prefix, Map.of("request_timeout_ms", "3000"))) {
      assertThat(Fixture.history(backend, TOPIC)).isEmpty();
      other.makeOnly(room, "mallory");
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "hello")))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("has yet to set it up");
    }
  }
}
