package dev.parley.adapters.outbound.xmpp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.AccessDenied;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms of somebody else, who does not let the account in, or does not let it speak. */
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
}
