package dev.parley.application;

import static dev.parley.application.TestSession.PEER;
import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.TOPIC;
import static dev.parley.application.TestSession.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicRefused;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looking on from beside the conversation. */
@Timeout(20)
class ObservingTest {

  /** Its feed is driven by hand, so that a message can be observed before it is pushed. */
  private final MemoryBackend backend = new MemoryBackend(SELF, false);

  private final TestSession session = new TestSession(backend);

  @Test
  void what_was_observed_is_still_unread_and_still_pushed() throws InterruptedException {
    try (var _ = session.follow(TOPIC)) {
      var message = backend.store(TOPIC, PEER, "news");
      var seen = session.useCases.observe().recent(TOPIC, 10, 40_000);
      assertThat(contents(seen.messages())).containsExactly("news");

      backend.feedsOf(TOPIC).forEach(feed -> feed.message(message));

      await().untilAsserted(() -> assertThat(session.pushedContents()).containsExactly("news"));
      assertThat(contents(session.unreadOf(TOPIC).messages())).containsExactly("news");
    }
  }

  @Test
  void an_observed_page_is_cut_to_its_newest_messages() {
    backend.store(TOPIC, PEER, "x".repeat(1_000));
    backend.store(TOPIC, PEER, "newest");

    var page = session.useCases.observe().recent(TOPIC, 10, 500);

    assertThat(contents(page.messages())).containsExactly("newest");
    assertThat(page.more()).isTrue();
  }

  @Test
  void a_watch_tells_of_every_message_its_own_session_s_included_until_it_is_closed()
      throws InterruptedException {
    var told = new Semaphore(0);
    var watch = session.useCases.observe().watch(TOPIC, told::release);
    for (var content : new String[] {"first", "second"}) {
      session.post(content);
      backend.feedsOf(TOPIC).forEach(feed -> feed.behind());
      assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).as(content).isTrue();
    }

    watch.close();
    watch.close();

    assertThat(backend.feedsOf(TOPIC)).isEmpty();
  }

  @Test
  void what_comes_while_it_is_being_told_is_told_once() throws InterruptedException {
    var runs = new AtomicInteger();
    var telling = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    try (var _ =
        session
            .useCases
            .observe()
            .watch(
                TOPIC,
                () -> {
                  runs.incrementAndGet();
                  telling.countDown();
                  awaitQuietly(mayGoOn);
                })) {
      var feed = backend.feedsOf(TOPIC).getFirst();
      feed.behind();
      assertThat(telling.await(10, TimeUnit.SECONDS)).isTrue();
      for (var i = 0; i < 100; i++) {
        feed.message(backend.store(TOPIC, PEER, "burst"));
      }

      mayGoOn.countDown();

      await().untilAsserted(() -> assertThat(runs).hasValue(2));
    }
  }

  @Test
  void only_usable_topics_are_observed() {
    var foreign = new TopicName("elsewhere");
    assertThatThrownBy(() -> session.useCases.observe().recent(foreign, 1, 1))
        .isInstanceOf(TopicRefused.class);
    assertThatThrownBy(() -> session.useCases.observe().watch(foreign, () -> {}))
        .isInstanceOf(TopicRefused.class);
    assertThat(backend.feedsOf(foreign)).isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
