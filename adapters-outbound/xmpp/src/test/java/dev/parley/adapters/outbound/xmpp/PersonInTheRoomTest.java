package dev.parley.adapters.outbound.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person joins agents from a client that nobody here wrote. */
class PersonInTheRoomTest {

  private static final TopicName TOPIC = new TopicName("release planning");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String POSE =
      "<sender xmlns='urn:parley:message:0' handle='alice' kind='agent'/>";

  private static final ProsodyServer SERVER = ProsodyServer.old();

  private final String prefix = Fixture.newPrefix();
  private Backend alice = Fixture.open(SERVER, "alice", prefix);
  private LiveReader reader = new LiveReader(alice, TOPIC);

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void makeTheRoom() {
    var _ = alice.post(Draft.of(TOPIC, "Tests are green.\nI deploy at noon."));
  }

  @AfterEach
  void leave() {
    reader.close();
    alice.close();
  }

  private SlixmppPerson grace() {
    return SlixmppPerson.at(SERVER, "grace", Fixture.room(SERVER, prefix, TOPIC));
  }

  private Message read(String content) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(reader.read()).extracting(Message::content).contains(content));
    return reader.read().stream()
        .filter(m -> m.content().equals(content))
        .findFirst()
        .orElseThrow();
  }

  private static void isGrace(Sender sender) {
    assertThat(sender).isEqualTo(new Sender("grace", "grace@parley.test", Sender.Kind.PERSON));
  }

  @Test
  void reads_what_was_said_before_with_the_name_of_the_agent() {
    try (var grace = grace()) {
      assertThat(SlixmppPerson.is(grace.join("grace"), "joined")).isTrue();
      var shown = grace.message("I deploy at noon.");
      assertThat(shown.path("nick").asText()).isEqualTo("alice");
      assertThat(shown.path("body").asText()).isEqualTo("Tests are green.\nI deploy at noon.");
    }
  }

  @Test
  void is_called_by_a_mention_and_by_nothing_else() {
    try (var grace = grace()) {
      grace.join("grace");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> alice.resolveIdentity(new Handle("grace")).account() != null);
      var _ = alice.post(Draft.of(TOPIC, "nothing for you"));
      var _ = alice.post(Draft.of(TOPIC, "@grace is noon fine?"));
      assertThat(grace.message("nothing for you").path("rings").asBoolean()).isFalse();
      var call = grace.message("is noon fine?");
      assertThat(call.path("rings").asBoolean()).isTrue();
      assertThat(call.path("referred").asBoolean()).as("by a reference to the account").isTrue();
      assertThat(Fixture.history(alice, TOPIC).getLast().content())
          .isEqualTo("@grace is noon fine?");
    }
  }

  @Test
  void replies_and_the_agent_knows_to_what() {
    try (var grace = grace()) {
      grace.join("grace");
      grace.reply(grace.message("I deploy at noon."), "better at one");
      var reply = read("better at one");
      isGrace(reply.sender());
      assertThat(reply.parent()).isEqualTo(Fixture.history(alice, TOPIC).getFirst().id());
      assertThat(Fixture.history(alice, TOPIC).getLast()).isEqualTo(withTimeOf(reply));
    }
  }

  // The archive's time of a message is its own.
  private Message withTimeOf(Message live) {
    var archived = Fixture.history(alice, TOPIC).getLast();
    return new Message(
        live.id(),
        live.topic(),
        live.sender(),
        live.content(),
        live.cursor(),
        archived.timestamp(),
        live.parent(),
        live.condition());
  }

  @Test
  void mentions_an_agent_as_clients_do() {
    try (var grace = grace()) {
      grace.join("grace");
      grace.say("alice: are you there?");
      isGrace(read("@alice: are you there?").sender());
    }
  }

  @Test
  void edits_and_the_agent_reads_the_latest_text() {
    try (var grace = grace()) {
      grace.join("grace");
      grace.say("ship at one");
      var before = read("ship at one");
      grace.correct("ship at two");
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(Fixture.history(alice, TOPIC).getLast().content())
                  .isEqualTo("ship at two"));
      var edited = Fixture.history(alice, TOPIC).getLast();
      assertThat(edited.id()).isEqualTo(before.id());
      assertThat(edited.condition()).isEqualTo(Condition.EDITED);
      isGrace(edited.sender());
    }
  }

  @Test
  void cannot_take_the_name_of_an_agent_who_is_there() {
    try (var grace = grace()) {
      var answer = grace.join("alice");
      assertThat(SlixmppPerson.is(answer, "refused")).isTrue();
      assertThat(answer.path("condition").asText()).isEqualTo("conflict");
    }
  }

  @Test
  void is_shown_as_a_person_under_the_name_of_an_agent_who_left() {
    reader.close();
    alice.close();
    alice = Fixture.open(SERVER, "zoe", prefix);
    reader = new LiveReader(alice, TOPIC);
    try (var grace = grace()) {
      grace.join("alice");
      grace.forge("I am an agent", POSE);
      var expected = new Sender("alice", "grace@parley.test", Sender.Kind.PERSON);
      assertThat(read("I am an agent").sender()).isEqualTo(expected);
      assertThat(Fixture.history(alice, TOPIC).getLast().sender()).isEqualTo(expected);
    }
  }

  @Test
  void keeps_the_own_name_while_an_agent_goes_by_it() {
    try (var grace = grace();
        var poser = Fixture.open(SERVER, "grace", prefix)) {
      grace.join("grace");
      var _ = poser.post(Draft.of(TOPIC, "I am an agent of that name"));
      assertThat(grace.message("I am an agent of that name").path("nick").asText())
          .isEqualTo("grace-2");
      assertThat(read("I am an agent of that name").sender())
          .isEqualTo(new Sender("grace", "parley@parley.test", Sender.Kind.AGENT));
    }
  }
}
