package dev.parley.adapters.outbound.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Unavailable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rooms that do not let the account in, or do not let it speak: somebody else's, and those that
 * somebody made and did not set up, which Prosody locks until that is done.
 */
class RoomAccessTest {

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

  private void refused(String... words) {
    try (var backend = Fixture.open(server, "alice", prefix)) {
      assertThatThrownBy(
              () -> {
                backend.fetchRecent(TOPIC, Window.latest(1));
                backend.post(Draft.of(TOPIC, "hello"));
              })
          .isInstanceOf(AccessDenied.class)
          .hasMessageContainingAll(words);
    }
  }

  @Test
  void for_members_only() {
    try (var owner = server.client("mallory")) {
      owner.join(room, "mallory");
      owner.configure(room, "muc#roomconfig_membersonly", "1");
      refused("members only", "make parley@parley.test a member");
    }
  }

  @Test
  void banned_from_it() {
    try (var owner = server.client("mallory")) {
      owner.join(room, "mallory");
      var _ =
          owner.ask(
              "set",
              room,
              "<query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='outcast'"
                  + " jid='parley@parley.test'/></query>");
      refused("lift the ban of parley@parley.test");
    }
  }

  @Test
  void with_a_password() {
    try (var owner = server.client("mallory")) {
      owner.join(room, "mallory");
      owner.configure(room, "muc#roomconfig_roomsecret", "open");
      refused("wants a password");
    }
  }

  @Test
  void moderated_so_that_newcomers_have_no_voice() {
    try (var owner = server.client("mallory")) {
      owner.join(room, "mallory");
      owner.configure(room, "muc#roomconfig_moderatedroom", "1");
      refused("no voice", "grant parley@parley.test a voice");
    }
  }

  @Test
  void locked_by_a_session_of_the_same_account_that_hangs_and_is_set_up() {
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
  void locked_while_another_account_makes_it() {
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
  void locked_because_another_account_left_it_so() {
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
