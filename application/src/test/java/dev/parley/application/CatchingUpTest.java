package dev.parley.application;

import static dev.parley.application.TestSession.PEER;
import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.SIDE;
import static dev.parley.application.TestSession.TOPIC;
import static dev.parley.application.TestSession.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.reading.ReaderName;
import dev.parley.domain.reading.ReadingPositionId;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.inbound.CatchUp.Backlog;
import dev.parley.ports.inbound.CatchUp.OfTopic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is unread, and how the reading position moves. */
class CatchingUpTest {

  private final MemoryBackend backend = new MemoryBackend(SELF, true);
  private final TestSession.Store store = new TestSession.Store();
  private final TestSession session = new TestSession(backend, store);

  private void say(String... contents) {
    for (var content : contents) {
      backend.store(TOPIC, PEER, content);
    }
  }

  @Test
  void without_a_position_the_latest_messages_come_and_earlier_is_said() throws Exception {
    say("one", "two", "three");

    var unread = session.unread(2, Duration.ZERO, TOPIC).topics().getFirst();

    assertThat(contents(unread.messages())).containsExactly("two", "three");
    assertThat(unread.earlier()).isTrue();
    assertThat(unread.more()).as("calling again does not bring the older ones").isFalse();
    assertThat(unread.since()).isNull();
  }

  @Test
  void the_position_moves_only_when_the_answer_was_handed_over() throws Exception {
    session.catchUp();
    say("one");

    assertThat(contents(session.unreadOf(TOPIC).messages())).containsExactly("one");
    var again = session.unread(100, Duration.ZERO, TOPIC);
    assertThat(contents(again.topics().getFirst().messages())).containsExactly("one");
    again.handedOver();

    assertThat(session.unreadOf(TOPIC).messages()).isEmpty();
  }

  @Test
  void of_two_answers_that_overlap_the_late_one_does_not_move_the_position_back() throws Exception {
    session.catchUp();
    say("one");
    var late = session.unread(100, Duration.ZERO, TOPIC);
    say("two");
    session.unread(100, Duration.ZERO, TOPIC).handedOver();

    late.handedOver();

    assertThat(session.unreadOf(TOPIC).messages()).isEmpty();
  }

  @Test
  void the_answer_says_since_when_so_that_it_can_be_read_again() throws Exception {
    session.catchUp();
    say("one");
    var first = session.unread(100, Duration.ZERO, TOPIC);
    first.handedOver();
    say("two");

    var second = session.unreadOf(TOPIC);

    var lastOfFirst = first.topics().getFirst().messages().getLast();
    assertThat(second.since()).isEqualTo(lastOfFirst.cursor());
  }

  @Test
  void more_is_said_until_the_last_page() throws Exception {
    session.catchUp();
    say("one", "two", "three");

    var first = session.unread(2, Duration.ZERO, TOPIC);
    first.handedOver();
    var second = session.unread(2, Duration.ZERO, TOPIC);

    assertThat(first.topics().getFirst().more()).isTrue();
    assertThat(contents(second.topics().getFirst().messages())).containsExactly("three");
    assertThat(second.topics().getFirst().more()).isFalse();
  }

  @Test
  void own_posts_are_not_unread() throws Exception {
    session.catchUp();
    say("one");
    session.post("mine");
    say("two");

    assertThat(contents(session.unreadOf(TOPIC).messages())).containsExactly("one", "two");
  }

  @Test
  void own_posts_are_not_unread_after_a_restart_either() throws Exception {
    session.catchUp();
    session.post("mine");
    say("theirs");

    var restarted = new TestSession(backend, store);

    assertThat(contents(restarted.unreadOf(TOPIC).messages())).containsExactly("theirs");
  }

  @Test
  void posts_of_another_session_with_the_same_handle_are_unread() throws Exception {
    session.catchUp();
    new TestSession(backend).post("from my twin");

    assertThat(contents(session.unreadOf(TOPIC).messages())).containsExactly("from my twin");
  }

  @Test
  void a_post_of_unknown_outcome_that_was_stored_is_unread() throws Exception {
    session.catchUp();
    backend.loseAnswers(true);
    assertThatThrownBy(() -> session.post("lost?")).isInstanceOf(OutcomeUnknown.class);

    assertThat(contents(session.unreadOf(TOPIC).messages())).containsExactly("lost?");
  }

  @Test
  void what_others_say_is_found_behind_pages_of_own_posts() throws Exception {
    session.catchUp();
    for (var i = 0; i < 10; i++) {
      session.post("mine");
    }
    say("theirs");

    var unread = session.unread(3, Duration.ZERO, TOPIC).topics().getFirst();

    assertThat(contents(unread.messages())).containsExactly("theirs");
    assertThat(unread.more()).isFalse();
  }

  @Test
  void own_posts_take_no_room_in_the_answer() throws Exception {
    session.catchUp();
    session.post("m".repeat(50_000));
    say("theirs");

    assertThat(contents(session.unreadOf(TOPIC).messages())).containsExactly("theirs");
  }

  @Test
  void a_stored_position_that_the_backend_rejects_gives_the_latest_and_a_gap() throws Exception {
    var id = new ReadingPositionId(new InstanceId("self"), ReaderName.DEFAULT, "memory", TOPIC);
    store.advance(id, null, new Cursor("of another store"));
    say("one", "two");

    var unread = session.unread(1, Duration.ZERO, TOPIC);
    var topic = unread.topics().getFirst();
    unread.handedOver();

    assertThat(topic.gap()).isTrue();
    assertThat(topic.earlier()).isTrue();
    assertThat(topic.since()).as("the rejected cursor is of no use").isNull();
    assertThat(contents(topic.messages())).containsExactly("two");
    assertThat(session.unreadOf(TOPIC)).returns(false, OfTopic::gap);
  }

  @Test
  void history_that_is_gone_is_a_gap() throws Exception {
    session.catchUp();
    say("lost", "kept");
    backend.trimBelow(2);

    var unread = session.unreadOf(TOPIC);

    assertThat(unread.gap()).isTrue();
    assertThat(contents(unread.messages())).containsExactly("kept");
  }

  @Test
  void an_answer_stops_near_its_size_over_all_topics_and_gives_each_at_least_one_message()
      throws Exception {
    session.catchUp();
    for (var i = 0; i < 10; i++) {
      backend.store(TOPIC, PEER, "x".repeat(9_700));
      backend.store(SIDE, PEER, "y".repeat(9_700));
    }

    var unread = session.unread(100, Duration.ZERO);

    assertThat(unread.topics()).extracting(topic -> topic.messages().size()).containsExactly(4, 1);
    assertThat(unread.topics()).allMatch(OfTopic::more);
  }

  @Test
  void answers_cut_by_their_size_chain_to_everything_unread() throws Exception {
    session.catchUp();
    for (var i = 0; i < 10; i++) {
      say(i + "x".repeat(15_000));
      if (i % 3 == 0) {
        session.post("mine " + i);
      }
    }
    var read = new StringBuilder();
    var calls = 0;
    OfTopic unread;
    do {
      var answer = session.unread(100, Duration.ZERO, TOPIC);
      unread = answer.topics().getFirst();
      unread.messages().forEach(message -> read.append(message.content().charAt(0)));
      answer.handedOver();
    } while (unread.more() && ++calls < 20);

    assertThat(read).hasToString("0123456789");
  }

  @Test
  void readers_have_positions_of_their_own() throws Exception {
    say("one");
    session.unread(100, 40_000, Duration.ZERO, new ReaderName("chat-1"), TOPIC).handedOver();

    var other = session.unread(100, 40_000, Duration.ZERO, new ReaderName("chat-2"), TOPIC);
    var same = session.unread(100, 40_000, Duration.ZERO, new ReaderName("chat-1"), TOPIC);

    assertThat(contents(other.topics().getFirst().messages())).containsExactly("one");
    assertThat(same.topics().getFirst().messages()).isEmpty();
  }

  @Test
  void without_topics_every_subscribed_one_is_read_and_with_topics_only_those_each_once()
      throws Exception {
    assertThat(session.unread(10, Duration.ZERO).topics())
        .extracting(OfTopic::topic)
        .containsExactly(TOPIC, SIDE);
    assertThat(session.unread(10, Duration.ZERO, SIDE, SIDE).topics())
        .extracting(OfTopic::topic)
        .containsExactly(SIDE);
  }

  @Test
  void a_topic_that_is_not_subscribed_is_refused() {
    assertThatThrownBy(() -> session.unread(10, Duration.ZERO, new TopicName("foreign")))
        .isInstanceOf(TopicRefused.class);
  }

  @Test
  void the_backlog_counts_one_page_a_topic_without_own_posts_and_says_when_there_is_more()
      throws Exception {
    session.catchUp();
    for (var i = 0; i < 101; i++) {
      say("message " + i);
    }
    backend.store(SIDE, PEER, "one");
    store.add(new MessageId(backend.store(SIDE, PEER, "mine").id().value()));

    assertThat(session.useCases.catchUp().backlog(100))
        .containsExactly(new Backlog(TOPIC, 100, true), new Backlog(SIDE, 1, false));
  }

  @Test
  void the_backlog_of_a_topic_never_read_is_exact_up_to_its_bound() {
    for (var i = 0; i < 100; i++) {
      say("message " + i);
    }

    assertThat(session.useCases.catchUp().backlog(100))
        .isEqualTo(List.of(new Backlog(TOPIC, 100, false)));
  }

  @Test
  void counting_the_backlog_moves_no_position() throws Exception {
    session.catchUp();
    say("one");
    session.useCases.catchUp().backlog(100);

    assertThat(contents(session.unreadOf(TOPIC).messages())).containsExactly("one");
  }
}
