package dev.parley.application;

import static dev.parley.application.TestSession.PEER;
import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.inbound.FetchRecent;
import dev.parley.ports.inbound.Follow.Pushed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What comes back of a session's own posts. */
class EchoTest {

  private final MemoryBackend backend = new MemoryBackend(SELF, true);

  /** Stores at once, and answers when the test lets it. */
  private static final class SlowAnswers extends MemoryBackend {

    private final CountDownLatch answer = new CountDownLatch(1);

    SlowAnswers() {
      super(SELF, true);
    }

    @Override
    public MessageId post(Draft draft) {
      var id = super.post(draft);
      try {
        answer.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new OutcomeUnknown("interrupted", e);
      }
      return id;
    }
  }

  private static void awaitPushed(TestSession session, String content) {
    await().atMost(Duration.ofSeconds(5)).until(() -> session.pushedContents().contains(content));
  }

  @Test
  void a_post_is_not_pushed_back_to_the_session_that_made_it() throws InterruptedException {
    var session = new TestSession(backend);
    try (var _ = session.follow(TOPIC)) {
      session.post("mine");
      backend.store(TOPIC, PEER, "theirs");

      awaitPushed(session, "theirs");
      assertThat(session.pushedContents()).containsExactly("theirs");
    }
  }

  @Test
  void two_sessions_of_one_handle_see_each_other() throws InterruptedException {
    var one = new TestSession(backend);
    var other = new TestSession(backend);
    try (var _ = one.follow(TOPIC);
        var _ = other.follow(TOPIC)) {
      one.post("from one");
      other.post("from other");

      awaitPushed(one, "from other");
      awaitPushed(other, "from one");
      assertThat(one.pushedContents()).containsExactly("from other");
      assertThat(other.pushedContents()).containsExactly("from one");
    }
  }

  @Test
  void a_message_that_arrives_before_the_answer_to_its_post_waits_for_it() throws Exception {
    var slow = new SlowAnswers();
    var session = new TestSession(slow);
    try (var _ = session.follow(TOPIC);
        var posts = Executors.newVirtualThreadPerTaskExecutor()) {
      var post = CompletableFuture.runAsync(() -> session.post("mine"), posts);
      await().until(() -> !slow.history(TOPIC).isEmpty());
      slow.store(TOPIC, PEER, "theirs");
      assertThat(session.pushedContents()).isEmpty();

      slow.answer.countDown();
      post.get(5, TimeUnit.SECONDS);
      awaitPushed(session, "theirs");
      assertThat(session.pushedContents()).containsExactly("theirs");
    }
  }

  @Test
  void a_post_in_flight_is_not_unread() throws Exception {
    var slow = new SlowAnswers();
    var session = new TestSession(slow);
    try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
      var post = CompletableFuture.runAsync(() -> session.post("mine"), calls);
      await().until(() -> !slow.history(TOPIC).isEmpty());
      var unread = calls.submit(() -> session.unreadOf(TOPIC));
      slow.answer.countDown();
      post.get(5, TimeUnit.SECONDS);

      assertThat(unread.get(5, TimeUnit.SECONDS).messages()).isEmpty();
    }
  }

  @Test
  void an_answer_that_never_comes_holds_a_message_back_no_longer_than_a_post_may_take()
      throws Exception {
    var slow = new SlowAnswers();
    var session =
        new TestSession(slow, new TestSession.Store(), TestSession.ALL, Duration.ofMillis(50));
    try (var _ = session.follow(TOPIC);
        var posts = Executors.newVirtualThreadPerTaskExecutor()) {
      var post = CompletableFuture.runAsync(() -> session.post("mine"), posts);

      awaitPushed(session, "mine");
      slow.answer.countDown();
      post.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_post_in_flight_does_not_hold_back_what_others_say() throws Exception {
    var slow = new SlowAnswers();
    var session = new TestSession(slow);
    try (var _ = session.follow(TOPIC, TestSession.SIDE);
        var posts = Executors.newVirtualThreadPerTaskExecutor()) {
      var post = CompletableFuture.runAsync(() -> session.post("mine"), posts);
      await().until(() -> !slow.history(TOPIC).isEmpty());

      slow.store(TestSession.SIDE, Sender.agent(SELF), "same handle, another topic");
      awaitPushed(session, "same handle, another topic");
      slow.answer.countDown();
      post.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_post_of_unknown_outcome_that_turns_up_is_pushed_once_and_marked_as_own()
      throws InterruptedException {
    var session = new TestSession(backend);
    try (var _ = session.follow(TOPIC)) {
      backend.loseAnswers(true);
      assertThatThrownBy(() -> session.post("lost?")).isInstanceOf(OutcomeUnknown.class);
      backend.loseAnswers(false);
      backend.store(TOPIC, Sender.agent(SELF), "lost?");

      await().until(() -> session.pushed.size() == 2);
      assertThat(session.pushed)
          .extracting(Pushed::ownOfUnknownOutcome)
          .as("the second of equal messages is another session's")
          .containsExactly(true, false);
    }
  }

  @Test
  void two_equal_posts_of_unknown_outcome_are_both_marked_as_own() throws InterruptedException {
    var silent = new MemoryBackend(SELF, false);
    var session = new TestSession(silent);
    try (var _ = session.follow(TOPIC)) {
      silent.loseAnswers(true);
      assertThatThrownBy(() -> session.post("again")).isInstanceOf(OutcomeUnknown.class);
      assertThatThrownBy(() -> session.post("again")).isInstanceOf(OutcomeUnknown.class);
      silent.feedsOf(TOPIC).getFirst().behind();

      await().until(() -> session.pushed.size() == 2);
      assertThat(session.pushed).extracting(Pushed::ownOfUnknownOutcome).containsOnly(true);
    }
  }

  @Test
  void what_a_tool_returned_is_not_pushed_again() throws InterruptedException {
    var silent = new MemoryBackend(SELF, false);
    var session = new TestSession(silent);
    try (var _ = session.follow(TOPIC)) {
      silent.store(TOPIC, PEER, "fetched");
      var fetch = session.useCases.fetch();
      fetch.shown(
          fetch.fetch(new FetchRecent.Query(TOPIC, Window.latest(10), 40_000, Duration.ZERO)));
      silent.store(TOPIC, PEER, "caught up with");
      session.unreadOf(TOPIC);
      silent.store(TOPIC, PEER, "news");

      silent.feedsOf(TOPIC).getFirst().behind();
      awaitPushed(session, "news");
      assertThat(session.pushedContents()).containsExactly("news");
    }
  }

  @Test
  void what_was_pushed_is_flagged_when_it_is_caught_up_with() throws InterruptedException {
    var session = new TestSession(backend);
    backend.store(TOPIC, PEER, "before");
    try (var _ = session.follow(TOPIC)) {
      var message = backend.store(TOPIC, PEER, "pushed");
      awaitPushed(session, "pushed");

      assertThat(session.unreadOf(TOPIC).pushed()).containsExactly(message.id());
    }
  }
}
