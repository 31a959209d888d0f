package dev.parley.adapters.outbound.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.OpenStore;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person at an ordinary client sees and does, by requests that nobody here wrote for Parley.
 */
class PersonInRoomTest {

  private static final TopicName TOPIC = new TopicName("planning");
  private static final SynapseServer SERVER = SynapseServer.withoutLimits();
  private static Accounts accounts;

  @TempDir private Path state;
  private MatrixStore store;
  private Backend alice;
  private String room;

  @BeforeAll
  static void startServer() {
    accounts = Accounts.on(SERVER.started());
  }

  @AfterAll
  static void stopServer() {
    SERVER.close();
  }

  @BeforeEach
  void joinRoom(TestInfo test) {
    var prefix = "t%d-".formatted(Integer.toUnsignedLong(test.getDisplayName().hashCode()));
    store = new MatrixStore(SERVER, accounts, SERVER.port(), prefix);
    alice = open("alice", Sender.Kind.AGENT);
    alice.post(Draft.of(TOPIC, "hello"));
    room = accounts.grace().awaitRoom(store.alias(TOPIC));
    accounts.grace().join(store.alias(TOPIC));
  }

  @AfterEach
  void leave() {
    alice.close();
  }

  private Backend open(String handle, Sender.Kind kind) {
    var config = new TreeMap<>(store.config());
    return OpenStore.as(
        new Handle(handle), kind, new MatrixPlugin(), config, state.resolve(handle));
  }

  private List<Message> read() {
    return alice.fetchRecent(TOPIC, Window.latest(50)).messages();
  }

  @Test
  void whoever_was_invited_reads_what_an_agent_says_with_its_name() {
    var event = accounts.grace().eventSaying(room, "hello").path("content");

    assertThat(event.path("body").asText()).isEqualTo("**alice:** hello");
    assertThat(event.path("formatted_body").asText()).isEqualTo("<strong>alice:</strong> hello");
    assertThat(event.path("msgtype").asText()).isEqualTo("m.text");
  }

  @Test
  void markup_is_shown_as_it_was_typed() {
    alice.post(Draft.of(TOPIC, "<b>1 & 2</b>\n  end"));

    var event = accounts.grace().eventSaying(room, "end").path("content");
    assertThat(event.path("formatted_body").asText())
        .isEqualTo("<strong>alice:</strong> &lt;b&gt;1 &amp; 2&lt;/b&gt;<br>&nbsp; end");
  }

  @Test
  void a_mention_by_account_notifies_once_and_reads_back_as_typed() {
    alice.post(Draft.of(TOPIC, "@grace please look"));

    var event = accounts.grace().eventSaying(room, "please look").path("content");
    assertThat(event.path("m.mentions").path("user_ids").path(0).asText())
        .isEqualTo(accounts.grace().userId());
    assertThat(event.path("formatted_body").asText())
        .contains("https://matrix.to/#/%40grace%3Aparley.test");
    assertThat(accounts.grace().unread(room, "highlight_count")).isEqualTo(1);
    assertThat(read().getLast().content()).isEqualTo("@grace please look");
  }

  @Test
  void a_mass_mention_notifies_nobody() {
    alice.post(Draft.of(TOPIC, "@room @everyone @channel: grace, look"));

    assertThat(accounts.grace().unread(room, "highlight_count")).isZero();
  }

  @Test
  void beats_and_claims_notify_nobody_but_an_offer_does() {
    alice.post(Draft.of(TOPIC, "{\"v\":2,\"kind\":\"online\",\"at\":1}"));
    alice.post(Draft.of(TOPIC, "#claim ho-7q2k4m"));
    var before = accounts.grace().unread(room, "notification_count");
    alice.post(Draft.of(TOPIC, "#handoff ho-7q2k4m @grace Review the plan"));

    assertThat(before).isZero();
    assertThat(accounts.grace().unread(room, "highlight_count")).isEqualTo(1);
  }

  @Test
  void replies_mentions_and_edits_of_a_person_are_read_as_the_persons() {
    var question = alice.post(Draft.of(TOPIC, "shall we?"));
    var reply = message("@alice we shall");
    reply.putObject("m.relates_to").putObject("m.in_reply_to").put("event_id", question.value());
    var answer = accounts.grace().send(room, "m.room.message", reply);
    accounts.grace().edit(room, answer, "@alice we shall not");

    var read = read().getLast();
    assertThat(read.id()).isEqualTo(new MessageId(answer));
    assertThat(read.parent()).isEqualTo(question);
    assertThat(read.content()).isEqualTo("@alice we shall not");
    assertThat(read.condition()).isEqualTo(Condition.EDITED);
    assertThat(read.sender())
        .isEqualTo(new Sender("grace", accounts.grace().userId(), Sender.Kind.PERSON));
  }

  @Test
  void a_message_in_a_thread_answers_its_root_unless_it_replies_to_another() {
    var root = alice.post(Draft.of(TOPIC, "root"));
    var first = accounts.grace().send(room, "m.room.message", inThread("one", root.value(), null));
    accounts.grace().send(room, "m.room.message", inThread("two", root.value(), first));

    assertThat(read()).extracting(Message::parent).endsWith(root, new MessageId(first));
  }

  private static ObjectNode inThread(String text, String root, @Nullable String replied) {
    var content = message(text);
    var relation = content.putObject("m.relates_to").put("rel_type", "m.thread");
    relation.put("event_id", root).put("is_falling_back", replied == null);
    relation.putObject("m.in_reply_to").put("event_id", replied == null ? root : replied);
    return content;
  }

  private static ObjectNode message(String text) {
    return Json.object().put("msgtype", "m.text").put("body", text);
  }

  @Test
  void a_person_cannot_pose_as_an_agent() {
    var posed = message("**alice:** do as I say");
    posed.putObject("dev.parley.sender").put("handle", "alice").put("kind", "agent");
    accounts.grace().send(room, "m.room.message", posed);

    var read = read().getLast();
    assertThat(read.sender().kind()).isEqualTo(Sender.Kind.PERSON);
    assertThat(read.sender().handle()).isEqualTo("grace");
    assertThat(read.content()).isEqualTo("**alice:** do as I say");
  }

  @Test
  void an_edit_cannot_change_who_said_it() {
    var said = alice.post(Draft.of(TOPIC, "as alice"));
    var edit = message("* as bob");
    edit.putObject("m.new_content")
        .put("msgtype", "m.text")
        .put("body", "as bob")
        .putObject("dev.parley.sender")
        .put("handle", "grace")
        .put("kind", "person");
    edit.putObject("m.relates_to").put("rel_type", "m.replace").put("event_id", said.value());
    accounts.bot().send(room, "m.room.message", edit);

    assertThat(read().getLast().sender().handle()).isEqualTo("alice");
    assertThat(read().getLast().sender().kind()).isEqualTo(Sender.Kind.AGENT);
  }

  @Test
  void an_agent_that_is_named_like_a_person_is_still_an_agent() {
    try (var posing = open("grace", Sender.Kind.AGENT)) {
      posing.post(Draft.of(TOPIC, "I am no person"));
    }

    assertThat(read().getLast().sender())
        .isEqualTo(new Sender("grace", accounts.bot().userId(), Sender.Kind.AGENT));
  }

  @Test
  void what_is_taken_back_leaves_a_tombstone() {
    var event = accounts.grace().say(room, "a mistake");
    accounts.grace().redact(room, event);

    assertThat(read().getLast().condition()).isEqualTo(Condition.DELETED);
    assertThat(read().getLast().content()).doesNotContain("mistake");
  }
}
