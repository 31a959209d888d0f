package dev.parley.application;

import static dev.parley.application.TestSession.PEER;
import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.SIDE;
import static dev.parley.application.TestSession.TOPIC;
import static dev.parley.application.TestSession.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.FetchRecent;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fetching and catching up that wait on the live feed. */
@Timeout(20)
class WaitingTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final MemoryBackend backend = new MemoryBackend(SELF, true);
  private final TestSession session = new TestSession(backend);

  private record Waiter<T>(FutureTask<T> task, Thread thread) {

    T result() throws ExecutionException, InterruptedException {
      try {
        return task.get(10, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("still waiting", e);
      }
    }
  }

  private <T> Waiter<T> start(Callable<T> wait) {
    var task = new FutureTask<>(wait);
    var waiter = new Waiter<>(task, Thread.ofVirtual().start(task));
    await().until(() -> !backend.feedsOf(TOPIC).isEmpty());
    return waiter;
  }

  private Page fetch(Window window, Duration block) throws InterruptedException {
    return session.useCases.fetch().fetch(new FetchRecent.Query(TOPIC, window, 40_000, block));
  }

  @Test
  void a_fetch_wakes_as_soon_as_a_message_lands() throws Exception {
    var waiter = start(() -> fetch(Window.after(new Cursor("c0"), 10), LONG));
    backend.store(TOPIC, PEER, "news");

    assertThat(contents(waiter.result().messages())).containsExactly("news");
    assertThat(backend.feedsOf(TOPIC)).as("subscriptions left").isEmpty();
  }

  @Test
  void a_fetch_of_the_latest_waits_for_the_first_message_of_a_topic() throws Exception {
    var waiter = start(() -> fetch(Window.latest(10), LONG));
    backend.store(TOPIC, PEER, "first");

    assertThat(contents(waiter.result().messages())).containsExactly("first");
  }

  @Test
  void a_fetch_that_has_messages_does_not_wait() throws Exception {
    backend.store(TOPIC, PEER, "there already");

    assertThat(fetch(Window.after(new Cursor("c0"), 10), LONG).messages()).hasSize(1);
  }

  @Test
  void a_wait_ends_at_its_deadline_with_what_there_is() throws Exception {
    var start = System.nanoTime();
    var page = fetch(Window.after(new Cursor("c0"), 10), Duration.ofMillis(60));

    assertThat(page.messages()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(60), Duration.ofSeconds(5));
    assertThat(backend.feedsOf(TOPIC)).as("subscriptions left").isEmpty();
  }

  @Test
  void a_wait_ends_when_it_is_interrupted() throws Exception {
    var waiter = start(() -> fetch(Window.after(new Cursor("c0"), 10), LONG));
    waiter.thread().interrupt();

    assertThatThrownBy(waiter::result).hasCauseInstanceOf(InterruptedException.class);
    assertThat(backend.feedsOf(TOPIC)).as("subscriptions left").isEmpty();
  }

  @Test
  void a_feed_that_says_behind_wakes_a_wait() throws Exception {
    var silent = new MemoryBackend(SELF, false);
    var other = new TestSession(silent);
    var task =
        new FutureTask<>(() ->
            other
                .useCases
                .fetch()
                .fetch(
                    new FetchRecent.Query(
                        TOPIC, Window.after(new Cursor("c0"), 10), 40_000, LONG)));
    Thread.ofVirtual().start(task);
    await().until(() -> !silent.feedsOf(TOPIC).isEmpty());
    silent.store(TOPIC, PEER, "missed by the feed");
    silent.feedsOf(TOPIC).getFirst().behind();

    assertThat(contents(task.get(10, TimeUnit.SECONDS).messages()))
        .containsExactly("missed by the feed");
  }

  @Test
  void catching_up_waits_on_every_topic_at_once() throws Exception {
    session.catchUp();
    var waiter = start(() -> session.unread(10, LONG));
    backend.store(SIDE, PEER, "on the side");

    var side = waiter.result().topics().getLast();
    assertThat(contents(side.messages())).containsExactly("on the side");
    assertThat(backend.feedsOf(TOPIC)).isEmpty();
    assertThat(backend.feedsOf(SIDE)).isEmpty();
  }

  @Test
  void own_posts_do_not_end_a_wait() throws Exception {
    session.catchUp();
    var waiter = start(() -> session.unread(10, LONG, TOPIC));
    session.post("mine");
    assertThat(waiter.task().isDone()).isFalse();
    backend.store(TOPIC, PEER, "theirs");

    assertThat(contents(waiter.result().topics().getFirst().messages())).contains("theirs");
  }

  @Test
  void catching_up_does_not_wait_while_more_is_unread() throws Exception {
    session.catchUp();
    for (var i = 0; i < 30; i++) {
      session.post("mine " + i);
    }

    var unread = session.unread(1, LONG, TOPIC);

    assertThat(unread.topics()).allMatch(CatchUp.OfTopic::more);
  }

  @Test
  void a_cursor_of_another_store_is_refused_at_once() {
    assertThatThrownBy(() -> fetch(Window.after(new Cursor("nonsense"), 10), LONG))
        .isInstanceOf(CursorRejected.class);
  }
}
