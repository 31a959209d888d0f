package dev.parley.adapters.outbound.support;

import static dev.parley.adapters.outbound.support.Notes.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveFeedsTest {

  private static final TopicName TOPIC = new TopicName("here");
  private static final TopicName OTHER = new TopicName("there");

  private final LiveFeeds feeds = new LiveFeeds();

  /** Blocks in its first call until released. */
  private static final class Blocking extends Notes {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void message(Message message) {
      entered.countDown();
      try {
        released.await();
      } catch (InterruptedException cancelled) {
        Thread.currentThread().interrupt();
      }
      super.message(message);
    }
  }

  @Test
  void messages_reach_the_feeds_of_their_topic_in_order() {
    var here = new Notes();
    var alsoHere = new Notes();
    var there = new Notes();
    feeds.attach(TOPIC, here);
    feeds.attach(TOPIC, alsoHere);
    feeds.attach(OTHER, there);
    var sent = IntStream.range(0, 500).mapToObj(Integer::toString).toArray(String[]::new);
    for (var content : sent) {
      feeds.message(message(TOPIC, content));
    }
    here.until(sent);
    alsoHere.until(sent);
    assertThat(there.heard).isEmpty();
  }

  @Test
  void a_feed_hears_when_the_live_path_comes_up_goes_down_and_comes_back() {
    var notes = new Notes();
    feeds.attach(TOPIC, notes);
    feeds.up();
    feeds.message(message(TOPIC, "1"));
    feeds.down(new Unavailable("gone", null, null));
    feeds.down(new Unavailable("still gone", null, null));
    feeds.up();

    notes.until("behind", "1", "interrupted", "behind");
  }

  @Test
  void the_feeds_of_one_topic_hear_alone_that_the_live_path_now_reaches_it() {
    var here = new Notes();
    var there = new Notes();
    feeds.attach(TOPIC, here);
    feeds.attach(OTHER, there);
    feeds.behind(TOPIC);
    feeds.behind(new TopicName("nobody listens"));
    feeds.message(message(OTHER, "1"));

    here.until("behind");
    there.until("1");
  }

  @Test
  void a_feed_attached_while_the_live_path_is_down_hears_so() {
    feeds.down(new Unavailable("gone", null, null));
    var notes = new Notes();
    feeds.attach(TOPIC, notes);
    feeds.up();

    notes.until("interrupted", "behind");
  }

  @Test
  void a_feed_that_blocks_holds_up_no_other() {
    var blocking = new Blocking();
    var notes = new Notes();
    feeds.attach(TOPIC, blocking);
    feeds.attach(TOPIC, notes);
    feeds.message(message(TOPIC, "1"));
    feeds.message(message(TOPIC, "2"));

    notes.until("1", "2");
    blocking.released.countDown();
    blocking.until("1", "2");
  }

  @Test
  void a_feed_that_throws_is_kept() {
    var failures = new AtomicInteger();
    var notes =
        new Notes() {
          @Override
          public void message(Message message) {
            super.message(message);
            if (failures.incrementAndGet() == 1) {
              throw new AssertionError("thrown by a feed");
            }
          }
        };
    feeds.attach(TOPIC, notes);
    feeds.message(message(TOPIC, "1"));
    feeds.message(message(TOPIC, "2"));

    notes.until("1", "2");
  }

  @Test
  void what_a_slow_feed_cannot_take_becomes_one_behind() throws InterruptedException {
    var blocking = new Blocking();
    feeds.attach(TOPIC, blocking);
    feeds.message(message(TOPIC, "first"));
    blocking.entered.await();
    for (var n = 0; n < 1_025; n++) {
      feeds.message(message(TOPIC, "dropped " + n));
    }
    feeds.message(message(TOPIC, "after"));
    blocking.released.countDown();

    blocking.until("first", "behind", "after");
  }

  @Test
  void few_but_large_messages_overflow_as_well() throws InterruptedException {
    var blocking = new Blocking();
    feeds.attach(TOPIC, blocking);
    feeds.message(message(TOPIC, "first"));
    blocking.entered.await();
    IntStream.range(0, 4).forEach(n -> feeds.message(largeMessage(n)));
    blocking.released.countDown();

    blocking.until("first", "behind");
  }

  private static Message largeMessage(int n) {
    var small = message(TOPIC, "large " + n);
    return new Message(
        small.id(),
        TOPIC,
        small.sender(),
        "x".repeat(700_000),
        small.cursor(),
        Instant.EPOCH,
        null,
        Message.Condition.ORIGINAL);
  }

  @Test
  void a_closed_feed_hears_nothing_more() {
    var closed = new Notes();
    var open = new Notes();
    var subscription = feeds.attach(TOPIC, closed);
    feeds.attach(TOPIC, open);
    subscription.close();
    subscription.close();
    feeds.message(message(TOPIC, "1"));
    feeds.up();

    open.until("1", "behind");
    assertThat(closed.heard).isEmpty();
    assertThat(feeds.listenedTo("here")).isEqualTo(TOPIC);
    assertThat(feeds.listenedTo("there")).isNull();
  }

  @Test
  void a_feed_may_close_itself() {
    var subscription = new AtomicReference<AutoCloseable>();
    var attached = new CountDownLatch(1);
    var notes =
        new Notes() {
          @Override
          public void message(Message message) {
            super.message(message);
            try {
              attached.await();
              subscription.get().close();
            } catch (Exception impossible) {
              throw new AssertionError(impossible);
            }
          }
        };
    subscription.set(feeds.attach(TOPIC, notes));
    attached.countDown();
    feeds.message(message(TOPIC, "1"));
    feeds.message(message(TOPIC, "2"));

    await().until(() -> feeds.listenedTo("here") == null);
    assertThat(notes.heard).containsExactly("1");
  }

  @Test
  void closing_waits_for_feeds_that_block_but_not_for_long() {
    for (var n = 0; n < 5; n++) {
      feeds.attach(TOPIC, new Blocking());
    }
    feeds.message(message(TOPIC, "1"));
    var start = System.nanoTime();
    feeds.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }
}
