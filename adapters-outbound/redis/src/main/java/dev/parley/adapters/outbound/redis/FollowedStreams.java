package dev.parley.adapters.outbound.redis;

import dev.parley.domain.topic.TopicName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which streams a blocking read covers, each from which entry on. */
final class FollowedStreams {

  /** A stream, and the last of its entries that was handed over; null before it was looked up. */
  static final class Followed {
    private final TopicName topic;
    private final byte[] key;
    private @Nullable EntryId last;
    private boolean unreadable;

    private Followed(TopicName topic, byte[] key) {
      this.topic = topic;
      this.key = key;
    }

    TopicName topic() {
      return topic;
    }

    byte[] key() {
      return key;
    }

    EntryId last() {
      var known = last;
      return known == null ? EntryId.ZERO : known;
    }

    void advanceTo(EntryId id) {
      last = id;
      unreadable = false;
    }

    boolean isLeftOut() {
      return unreadable;
    }

    /** Something else than a stream is there, or it may not be read. */
    void leaveOut() {
      last = EntryId.ZERO;
      unreadable = true;
    }
  }

  private final StreamKeys keys;
  private final Map<String, Followed> byKey = new HashMap<>();
  private boolean reading;

  FollowedStreams(StreamKeys keys) {
    this.keys = keys;
  }

  /** Adds a topic, and says whether the blocking read that is under way has to learn of it. */
  synchronized boolean add(TopicName topic) {
    var added =
        byKey.putIfAbsent(keys.nameOf(topic), new Followed(topic, keys.streamOf(topic))) == null;
    var wake = added && reading;
    reading &= !wake;
    return wake;
  }

  /** Forgets how far streams were read: they are all to be looked up. */
  synchronized void restart() {
    reading = false;
    byKey.values().forEach(each -> each.last = null);
  }

  synchronized boolean isEmpty() {
    return byKey.isEmpty();
  }

  synchronized List<Followed> all() {
    return List.copyOf(byKey.values());
  }

  /** Those that were not looked up yet, once those were dropped that nobody wants any more. */
  synchronized List<Followed> added(Predicate<TopicName> wanted) {
    byKey.values().removeIf(each -> !wanted.test(each.topic));
    return byKey.values().stream().filter(each -> each.last == null).toList();
  }

  /** Those that were looked up and can be read. */
  synchronized List<Followed> readable() {
    return byKey.values().stream().filter(each -> each.last != null && !each.unreadable).toList();
  }

  /** Whether a blocking read of those may begin; not when a stream was added meanwhile. */
  synchronized boolean beginRead() {
    reading = byKey.values().stream().allMatch(each -> each.last != null);
    return reading;
  }

  /** The blocking read has returned. */
  synchronized void hasRead() {
    reading = false;
  }

  /** The stream of a key; null when it is none of these. */
  synchronized @Nullable Followed of(String key) {
    return byKey.get(key);
  }
}
