package dev.parley.adapters.outbound.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person makes a room, in which accounts are hidden at first, and sets it up for agents then. */
class AccountsShownLaterTest {

  private static final TopicName TOPIC = new TopicName("planning");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @ParameterizedTest
  @EnumSource
  void a_person_who_was_there_before_is_known_as_soon_as_that_is_allowed(Kind kind) {
    try (var server = kind.server()) {
      server.start();
      var prefix = Fixture.newPrefix();
      var room = Fixture.room(server, prefix, TOPIC);
      try (var grace = server.client("grace");
          var backend = Fixture.open(server, "zoe", prefix)) {
        grace.join(room, "grace");
        grace.configure(room, "muc#roomconfig_whois", "moderators");
        try (var reader = new LiveReader(backend, TOPIC)) {
          grace.await(stanza ->
              stanza.name().equals("presence") && (room + "/zoe").equals(stanza.attribute("from")));
          grace.say(room, "who am I?");
          reader.await(1, PATIENCE);
          grace.configure(room, "muc#roomconfig_whois", "anyone");
          grace.say(room, "and now?");
          reader.await(2, PATIENCE);
          assertThat(reader.read())
              .extracting(message -> message.sender().kind())
              .containsExactly(Sender.Kind.UNVERIFIED, Sender.Kind.PERSON);
          for (var n = 1; !handed(reader, n); n++) {
            grace.say(room, "again " + n);
            reader.await(2 + n, PATIENCE);
          }
          assertThat(reader.read().getLast().sender())
              .extracting(Sender::kind, Sender::account)
              .containsExactly(Sender.Kind.PERSON, "grace@parley.test");
        }
      }
    }
  }

  private static boolean handed(LiveReader reader, int n) {
    assertThat(n).as("messages until one comes live").isLessThan(100);
    return reader.handed().stream()
        .map(Message::sender)
        .anyMatch(sender -> sender.kind() == Sender.Kind.PERSON);
  }
}
