package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of the channel to the feeds of its topics. A message is held back until it is
 * settled; one that comes even later than that is said by being behind.
 */
final class Live implements Link.Listener, AutoCloseable {

  private final LiveFeeds feeds = new LiveFeeds();
  private final Topics topics;
  private final Settling settling;
  private final Function<Registration, Messages> reading;
  private final Duration timeout;
  private final Map<String, TopicName> followed = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final NavigableMap<Long, JsonNode> held = new TreeMap<>();
  private @Nullable Messages messages;
  private @Nullable Thread releasing;
  private long released;
  private volatile boolean closed;

  Live(
      Topics topics,
      Settling settling,
      Function<Registration, Messages> reading,
      Duration timeout) {
    this.topics = topics;
    this.settling = settling;
    this.reading = reading;
    this.timeout = timeout;
  }

  Subscription subscribe(TopicName topic, Feed feed) {
    followed.put(Topics.key(topics.nameOf(topic)), topic);
    return feeds.attach(topic, feed);
  }

  @Override
  public void up(Registration registration, boolean anew) {
    lock.lock();
    try {
      var before = messages;
      if (before != null && !before.channel().equals(registration.channel())) {
        settling.forget();
        released = 0;
      }
      if (anew) {
        messages = reading.apply(registration);
        // Whoever is behind reads them.
        held.clear();
      }
      feeds.up();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void down(BackendException why) {
    feeds.down(why);
  }

  @Override
  public boolean event(JsonNode event) {
    lock.lock();
    try {
      var reader = messages;
      if (reader == null) {
        return true;
      }
      switch (event.path("type").asText()) {
        case "message" -> arrived(event.path("message"), reader);
        case "update_message" -> moved(event, reader.channel().id());
        case "stream", "subscription" -> {
          return !concerns(event, reader.channel());
        }
        default -> {}
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the channel is another one now, or none. */
  private static boolean concerns(JsonNode event, Channel channel) {
    var op = event.path("op").asText();
    var property = event.path("property").asText();
    if (op.equals("update")) {
      return event.path("stream_id").asLong() == channel.id()
          && (property.equals("name") || property.equals("is_archived"));
    }
    for (var kind : new String[] {"streams", "subscriptions"}) {
      for (var stream : event.path(kind)) {
        var same = stream.path("stream_id").asLong() == channel.id();
        var namesake = stream.path("name").asText().equalsIgnoreCase(channel.name());
        if ((op.equals("delete") || op.equals("remove"))
            ? same
            : op.equals("add") && namesake && !same) {
          return true;
        }
      }
    }
    return false;
  }

  private void arrived(JsonNode message, Messages reader) {
    var id = Batch.id(message);
    settling.seen(id, Duration.ZERO);
    if (message.path("stream_id").asLong() == reader.channel().id()) {
      if (id > released) {
        held.put(id, message);
      } else {
        behind(message.path("subject").asText());
      }
    }
    release(reader);
    if (!held.isEmpty() && releasing == null) {
      releasing = Thread.ofVirtual().name("parley-zulip-held").start(this::releaseLater);
    }
  }

  /** Messages keep their ids when they are moved: they appear between those that are there. */
  private void moved(JsonNode event, long channel) {
    var to = event.path("new_stream_id").asLong(event.path("stream_id").asLong());
    var from = event.path("orig_subject");
    if (to == channel && (event.has("new_stream_id") || !from.isMissingNode())) {
      behind(event.path("subject").asText(from.asText()));
    }
  }

  private void behind(String zulipTopic) {
    var topic = followed.get(Topics.key(zulipTopic));
    if (topic != null) {
      feeds.behind(topic);
    }
  }

  private void releaseLater() {
    lock.lock();
    try {
      while (!closed && !held.isEmpty() && messages != null) {
        var wait = settling.until(held.firstKey());
        if (wait.compareTo(Duration.ZERO) > 0) {
          var _ = changed.awaitNanos(wait.toNanos());
        } else {
          release(messages);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      releasing = null;
      lock.unlock();
    }
  }

  private void release(Messages reader) {
    var settled = held.headMap(settling.settledUpTo(), true);
    while (!closed && !settled.isEmpty()) {
      var next = settled.pollFirstEntry();
      released = next.getKey();
      var message = next.getValue();
      var topic = followed.get(Topics.key(message.path("subject").asText()));
      if (topic != null && feeds.listenedTo(topic.value()) != null && !Messages.isNotice(message)) {
        feeds.message(reader.read(message, topic, Deadline.in(timeout)));
      }
    }
  }

  /** Does not wait for whoever asks the server for something just now, and then sees it. */
  @Override
  public void close() {
    closed = true;
    feeds.close();
    if (lock.tryLock()) {
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
