package dev.parley.application;

import static dev.parley.application.TestSession.PEER;
import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.SIDE;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Following while the backend misbehaves. */
class FollowingTest {

  /** Fails in one topic as the test says. */
  private static final class Faulty extends MemoryBackend {

    private final CountDownLatch thaw = new CountDownLatch(1);
    private final AtomicInteger subscribeFailures = new AtomicInteger();
    private final AtomicInteger unexpectedFailures = new AtomicInteger();
    private final AtomicInteger latestFailures = new AtomicInteger();
    private volatile boolean freezesSide;
    private volatile boolean rejectsCursors;

    Faulty() {
      super(SELF, true);
    }

    @Override
    public Subscription subscribe(TopicName topic, Feed feed) {
      if (subscribeFailures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new AccessDenied("not in this room yet: invite the account", null);
      }
      return super.subscribe(topic, feed);
    }

    @Override
    public Page fetchRecent(TopicName topic, Window window) {
      if (freezesSide && topic.equals(SIDE)) {
        awaitThaw();
      }
      if (unexpectedFailures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IllegalStateException("a bug in an adapter");
      }
      if (rejectsCursors && window instanceof Window.After) {
        throw new CursorRejected("the store was replaced");
      }
      if (rejectsCursors && latestFailures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw MemoryBackend.unavailable();
      }
      return super.fetchRecent(topic, window);
    }

    private void awaitThaw() {
      try {
        thaw.await();
      } catch (InterruptedException e) {
        throw MemoryBackend.unavailable();
      }
    }
  }

  private final Faulty backend = new Faulty();
  private final TestSession session = new TestSession(backend);

  @Test
  void a_topic_that_is_not_subscribed_is_refused() {
    assertThatThrownBy(() -> session.follow(new TopicName("foreign")))
        .isInstanceOf(TopicRefused.class);
  }

  @Test
  void a_frozen_topic_does_not_hold_up_another() throws InterruptedException {
    backend.freezesSide = true;
    try (var following = session.useCases.follow().follow(List.of(SIDE, TOPIC), session)) {
      await()
          .until(() -> {
            backend.store(TOPIC, PEER, "flows");
            return !session.pushed.isEmpty();
          });
      assertThat(following.awaitStarted(Duration.ZERO)).isFalse();
    }
  }

  @Test
  void a_subscription_that_is_refused_at_first_is_tried_again() throws InterruptedException {
    backend.subscribeFailures.set(2);
    try (var _ = session.follow(TOPIC)) {
      backend.store(TOPIC, PEER, "heard");

      await().until(() -> session.pushedContents().contains("heard"));
      assertThat(session.interruptions).allMatch(why -> why.contains("invite the account"));
    }
  }

  @Test
  void following_outlives_a_failure_that_nobody_expected() throws InterruptedException {
    try (var _ = session.follow(TOPIC)) {
      backend.unexpectedFailures.set(1);
      backend.store(TOPIC, PEER, "heard all the same");

      await().until(() -> session.pushedContents().contains("heard all the same"));
    }
  }

  @Test
  void messages_that_were_trimmed_before_they_could_be_read_are_reported_as_a_gap()
      throws InterruptedException {
    var silent = new MemoryBackend(SELF, false);
    var other = new TestSession(silent);
    try (var _ = other.follow(TOPIC)) {
      silent.store(TOPIC, PEER, "lost");
      silent.store(TOPIC, PEER, "kept");
      silent.trimBelow(2);
      silent.feedsOf(TOPIC).getFirst().behind();

      await().until(() -> other.pushedContents().contains("kept"));
      assertThat(other.gaps).containsExactly(TOPIC);
      assertThat(other.pushedContents()).containsExactly("kept");
    }
  }

  @Test
  void a_rejected_cursor_is_one_gap_and_following_goes_on_from_the_tail()
      throws InterruptedException {
    try (var _ = session.follow(TOPIC)) {
      backend.latestFailures.set(2);
      backend.rejectsCursors = true;
      backend.feedsOf(TOPIC).getFirst().behind();
      await().until(() -> !session.gaps.isEmpty());
      backend.rejectsCursors = false;
      backend.store(TOPIC, PEER, "after the gap");

      await().until(() -> session.pushedContents().contains("after the gap"));
      assertThat(session.gaps).containsExactly(TOPIC);
    }
  }

  @Test
  void a_listener_that_fails_does_not_end_following() throws InterruptedException {
    var failures = new AtomicInteger();
    var listener =
        new FailingListener(() -> {
          failures.incrementAndGet();
          throw new IllegalStateException("the client is gone");
        });
    try (var following = session.useCases.follow().follow(List.of(TOPIC), listener)) {
      assertThat(following.awaitStarted(Duration.ofSeconds(5))).isTrue();
      backend.store(TOPIC, PEER, "one");
      backend.store(TOPIC, PEER, "two");

      await().until(() -> failures.get() == 2);
    }
  }

  private static final class FailingListener implements Follow.Listener {

    private final Runnable onMessage;

    FailingListener(Runnable onMessage) {
      this.onMessage = onMessage;
    }

    @Override
    public void message(Follow.Pushed pushed) {
      onMessage.run();
    }

    @Override
    public void heldBack(Map<TopicName, Integer> counts) {}

    @Override
    public void gap(TopicName topic) {}

    @Override
    public void interrupted(TopicName topic, String why) {}
  }

  @Test
  void closing_ends_the_subscriptions() throws InterruptedException {
    try (var _ = session.follow(TOPIC, SIDE)) {
      assertThat(backend.feedsOf(TOPIC)).hasSize(1);
    }

    await().until(() -> backend.feedsOf(TOPIC).isEmpty() && backend.feedsOf(SIDE).isEmpty());
  }
}
