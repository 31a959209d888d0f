package dev.parley.adapters.outbound.slack;

import static dev.parley.adapters.outbound.slack.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads, in which people answer. */
class ThreadsTest {

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private ObjectNode says(String text) {
    return fixture.workspace().says(fixture.channel(), "U0GRACE", text);
  }

  private void answers(String thread, String text) {
    fixture
        .workspace()
        .add(
            fixture.channel(),
            Workspace.message().put("user", "U0GRACE").put("text", text).put("thread_ts", thread));
  }

  private static Ts daysAgo(int days) {
    return Ts.at(Instant.now().minus(Duration.ofDays(days)));
  }

  private ObjectNode saidAt(Ts ts, String text) {
    var message = Workspace.message().put("user", "U0GRACE").put("text", text);
    return fixture.workspace().addAt(ts, fixture.channel(), message);
  }

  private void answeredAt(Ts ts, ObjectNode thread, String text) {
    var message = Workspace.message().put("user", "U0GRACE").put("text", text);
    message.put("thread_ts", thread.path("ts").asText());
    fixture.workspace().addAt(ts, fixture.channel(), message);
  }

  @Test
  void answers_of_a_person_in_a_thread_stand_among_what_is_said_in_the_channel_live_too() {
    var ada = fixture.session("ada");
    var reader = new LiveReader(ada, TOPIC);
    var question = ada.post(Draft.of(TOPIC, "which one?"));
    says("hello all");
    answers(question.value(), "the second");
    says("bye all");
    answers(question.value(), "no, the third");
    reader.await(5, Duration.ofSeconds(8));
    assertThat(reader.read())
        .extracting(Message::content)
        .containsExactly("which one?", "hello all", "the second", "bye all", "no, the third");
    assertThat(reader.read())
        .extracting(Message::parent)
        .containsExactly(null, null, question, null, question);
    assertThat(Fixture.history(ada)).isEqualTo(reader.read());
  }

  @Test
  void pages_of_any_size_and_direction_have_the_replies_in_their_places() {
    var first = says("first");
    for (var n = 1; n <= 6; n++) {
      says("in the channel " + n);
      answers(first.path("ts").asText(), "in the thread " + n);
    }
    var ada = fixture.session("ada");
    var whole = Fixture.history(ada);
    assertThat(whole).hasSize(13);
    for (var size = 1; size <= 5; size++) {
      var upwards = new ArrayList<Message>();
      var page = ada.fetchRecent(TOPIC, Window.oldest(size));
      upwards.addAll(page.messages());
      while (page.more()) {
        page = ada.fetchRecent(TOPIC, Window.after(page.next(), size));
        upwards.addAll(page.messages());
      }
      assertThat(upwards).isEqualTo(whole);
      var downwards = new ArrayList<Message>();
      var older = ada.fetchRecent(TOPIC, Window.latest(size));
      downwards.addAll(older.messages());
      while (older.more()) {
        older = ada.fetchRecent(TOPIC, Window.before(downwards.getFirst().cursor(), size));
        downwards.addAll(0, older.messages());
      }
      assertThat(downwards).isEqualTo(whole);
    }
  }

  @Test
  void a_reply_to_an_old_message_is_read_within_the_window_and_not_beyond() {
    var old = saidAt(daysAgo(40), "long ago");
    answeredAt(daysAgo(20), old, "within");
    answeredAt(daysAgo(5), old, "beyond");
    saidAt(daysAgo(4), "lately");
    assertThat(Fixture.contents(fixture.session("ada")))
        .containsExactly("long ago", "within", "lately");
    assertThat(Fixture.contents(fixture.session("bob", Map.of("thread_window_days", 60L))))
        .containsExactly("long ago", "within", "beyond", "lately");
    assertThat(Fixture.contents(fixture.session("cy", Map.of("thread_window_days", 0L))))
        .containsExactly("long ago", "lately");
  }

  @Test
  void a_page_after_the_newest_message_of_the_channel_has_a_new_reply_to_an_older_one() {
    var old = saidAt(daysAgo(25), "some weeks ago");
    for (var n = 0; n < 30; n++) {
      saidAt(daysAgo(20).plus(Duration.ofMinutes(n)), "since then " + n);
    }
    var ada = fixture.session("ada");
    var tail = ada.fetchRecent(TOPIC, Window.latest(1)).next();
    answers(old.path("ts").asText(), "only now");
    assertThat(ada.fetchRecent(TOPIC, Window.after(tail, 10)).messages())
        .extracting(Message::content)
        .containsExactly("only now");
  }

  @Test
  void an_agents_answer_to_a_message_beyond_the_window_goes_to_the_channel_and_keeps_its_parent() {
    var old = new MessageId(saidAt(daysAgo(40), "long ago").path("ts").asText());
    var ada = fixture.session("ada");
    ada.post(Draft.of(TOPIC, "better late").inReplyTo(old));
    assertThat(fixture.channel().shown()).hasSize(2);
    assertThat(Fixture.history(ada).getLast().parent()).isEqualTo(old);
  }

  @Test
  void a_deleted_message_with_replies_leaves_a_tombstone_and_the_replies() {
    var ada = fixture.session("ada");
    var question = ada.post(Draft.of(TOPIC, "a secret"));
    answers(question.value(), "what?");
    fixture.workspace().delete(fixture.channel(), Ts.parse(question.value()).orElseThrow());
    var history = Fixture.history(ada);
    assertThat(history)
        .extracting(Message::condition)
        .containsExactly(Message.Condition.DELETED, Message.Condition.ORIGINAL);
    assertThat(history.getFirst().content()).doesNotContain("secret");
    assertThat(history.getLast().parent()).isEqualTo(question);
  }
}
