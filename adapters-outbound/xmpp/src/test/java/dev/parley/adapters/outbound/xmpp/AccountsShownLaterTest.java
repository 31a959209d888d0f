package dev.parley.adapters.outbound.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rooms in which accounts are hidden at first, and shown later. */
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

  @ParameterizedTest
  @EnumSource
  void a_page_of_a_room_that_was_made_after_a_look_at_it_shows_who_spoke(Kind kind) {
    try (var server = kind.server()) {
      server.start();
      var prefix = Fixture.newPrefix();
      try (var proxy = new TcpProxy(server.port());
          var alice = Fixture.open(server, "alice", prefix);
          var zoe =
              Fixture.open(
                  server, "zoe", prefix, Map.of("service", "xmpp://127.0.0.1:" + proxy.port()))) {
        assertThat(Fixture.history(zoe, TOPIC)).isEmpty();
        proxy.holdAnswers();
        var reading = CompletableFuture.supplyAsync(() -> Fixture.history(zoe, TOPIC));
        await().atMost(PATIENCE).until(proxy::holds);
        alice.post(Draft.of(TOPIC, "hello"));
        proxy.thaw();
        assertThat(reading.join())
            .extracting(Message::content, message -> message.sender().kind())
            .containsExactly(tuple("hello", Sender.Kind.AGENT));
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
