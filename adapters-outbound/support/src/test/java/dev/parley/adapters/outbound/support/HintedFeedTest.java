package dev.parley.adapters.outbound.support;

import static dev.parley.adapters.outbound.support.Notes.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Unavailable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HintedFeedTest {

  private static final TopicName TOPIC = new TopicName("here");
  private static final TopicName OTHER = new TopicName("there");

  private final LiveFeeds feeds = new LiveFeeds();

  /** Takes hints, and notes on which thread. */
  private static class Hinted extends Notes {
    final List<Thread> threads = new CopyOnWriteArrayList<>();

    @Override
    public void behind() {
      threads.add(Thread.currentThread());
      super.behind();
    }

    @Override
    public boolean takesHints() {
      return true;
    }
  }

  @Test
  void a_feed_that_takes_hints_is_behind_instead_of_handed_messages_and_at_once() {
    var hinted = new Hinted();
    feeds.attach(TOPIC, hinted);
    feeds.message(message(TOPIC, "1"));
    feeds.behind(TOPIC);
    feeds.up();
    feeds.message(message(OTHER, "2"));
    feeds.down(new Unavailable("gone", null, null));

    assertThat(hinted.heard).containsExactly("behind", "behind", "behind", "interrupted");
    assertThat(hinted.threads).containsOnly(Thread.currentThread());
  }

  @Test
  void a_closed_feed_that_takes_hints_hears_nothing_more() {
    var hinted = new Hinted();
    var subscription = feeds.attach(TOPIC, hinted);
    subscription.close();
    subscription.close();
    feeds.message(message(TOPIC, "1"));
    feeds.up();

    assertThat(hinted.heard).isEmpty();
    assertThat(feeds.listenedTo(TOPIC.value())).isNull();
  }

  @Test
  void a_feed_that_takes_hints_and_throws_is_kept_and_holds_up_nobody() {
    var throwing =
        new Hinted() {
          @Override
          public void behind() {
            super.behind();
            throw new IllegalStateException("this feed always throws");
          }
        };
    var notes = new Notes();
    feeds.attach(TOPIC, throwing);
    feeds.attach(TOPIC, notes);
    feeds.message(message(TOPIC, "1"));
    feeds.message(message(TOPIC, "2"));

    notes.until("1", "2");
    assertThat(throwing.heard).containsExactly("behind", "behind");
  }

  @Test
  void messages_are_wanted_where_a_feed_takes_no_hints() {
    feeds.attach(TOPIC, new Hinted());
    assertThat(feeds.wantsMessages(TOPIC)).isFalse();
    var subscription = feeds.attach(TOPIC, new Notes());
    assertThat(feeds.wantsMessages(TOPIC)).isTrue();
    assertThat(feeds.wantsMessages(OTHER)).isFalse();
    subscription.close();
    assertThat(feeds.wantsMessages(TOPIC)).isFalse();
  }
}
