package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import org.jspecify.annotations.Nullable;

/** The live end of one topic: its room, once that is known, and the feeds that hear of it. */
final class Tail {

  private final TopicName topic;
  private final LiveFeeds feeds = new LiveFeeds();
  private int listeners;
  private volatile @Nullable Room room;
  private volatile boolean ended;

  Tail(TopicName topic) {
    this.topic = topic;
  }

  TopicName topic() {
    return topic;
  }

  LiveFeeds feeds() {
    return feeds;
  }

  /** The room, or null while it is not entered. */
  @Nullable Room room() {
    return room;
  }

  void isIn(@Nullable Room entered) {
    room = entered;
  }

  boolean hasEnded() {
    return ended;
  }

  void end() {
    ended = true;
  }

  /** Adds a feed; called by one thread at a time. */
  Subscription attach(Feed feed) {
    listeners++;
    return feeds.attach(topic, feed);
  }

  /** Notes that a feed is gone, and says whether it was the last; by one thread at a time. */
  boolean detach() {
    return --listeners == 0;
  }
}
