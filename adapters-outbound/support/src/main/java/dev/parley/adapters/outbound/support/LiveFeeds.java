package dev.parley.adapters.outbound.support;

import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The feeds of one backend that shares one live path between all its topics. The adapter tells what
 * happens on the live path; every feed hears it in order and on a thread of its own, unless it
 * takes hints.
 */
public final class LiveFeeds implements AutoCloseable {

  private final Map<String, Listened> feeds = new ConcurrentHashMap<>();
  private final Object liveness = new Object();
  private @Nullable BackendException down;

  private record Listened(TopicName topic, List<AttachedFeed> by) {}

  /**
   * Adds a feed to a topic. If the live path is down the feed hears so; if it has not come up yet
   * the feed hears {@code behind} when it does; if it is up the feed gets what {@link #message} is
   * told from now on.
   */
  public Subscription attach(TopicName topic, Feed feed) {
    var attached =
        feed.takesHints()
            ? new HintedFeed(feed, closing -> detach(topic, closing))
            : new SerialFeed(feed, closing -> detach(topic, closing));
    synchronized (liveness) {
      feeds
          .computeIfAbsent(topic.value(), name -> new Listened(topic, new CopyOnWriteArrayList<>()))
          .by()
          .add(attached);
      if (down != null) {
        attached.interrupted(down);
      }
    }
    return attached;
  }

  private void detach(TopicName topic, AttachedFeed closing) {
    synchronized (liveness) {
      feeds.computeIfPresent(
          topic.value(),
          (name, listened) -> {
            listened.by().remove(closing);
            return listened.by().isEmpty() ? null : listened;
          });
    }
  }

  /** The topic of a name if anybody listens to it at this moment; null if nobody does. */
  public @Nullable TopicName listenedTo(String name) {
    var listened = feeds.get(name);
    return listened == null ? null : listened.topic();
  }

  /**
   * Whether anybody wants to be handed the messages of a topic. If not, {@link #behind} says as
   * much as {@link #message}, and the message need not be read.
   */
  public boolean wantsMessages(TopicName topic) {
    var listened = feeds.get(topic.value());
    if (listened != null) {
      for (var feed : listened.by()) {
        if (!feed.takesHints()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Hands one new message to the feeds of its topic. */
  public void message(Message message) {
    var listened = feeds.get(message.topic().value());
    if (listened != null) {
      listened.by().forEach(feed -> feed.message(message));
    }
  }

  /**
   * There may be something new in a topic, or the live path reaches it from now on: its feeds may
   * have missed what came before.
   */
  public void behind(TopicName topic) {
    synchronized (liveness) {
      var listened = feeds.get(topic.value());
      if (listened != null) {
        listened.by().forEach(AttachedFeed::behind);
      }
    }
  }

  /** The live path is up, perhaps again: every feed may have missed something. */
  public void up() {
    synchronized (liveness) {
      down = null;
      all().forEach(AttachedFeed::behind);
    }
  }

  /** The live path is down; said once until it is up again. */
  public void down(BackendException why) {
    synchronized (liveness) {
      if (down == null) {
        down = why;
        all().forEach(feed -> feed.interrupted(why));
      }
    }
  }

  /** Ends every feed; calls that are running are waited for, for a second at most in all. */
  @Override
  public void close() {
    var ended = all();
    ended.forEach(AttachedFeed::end);
    var deadline = System.nanoTime() + SerialFeed.LAST_CALL.toNanos();
    ended.forEach(feed -> feed.awaitLastCall(Duration.ofNanos(deadline - System.nanoTime())));
  }

  private List<AttachedFeed> all() {
    return feeds.values().stream().flatMap(listened -> listened.by().stream()).toList();
  }
}
