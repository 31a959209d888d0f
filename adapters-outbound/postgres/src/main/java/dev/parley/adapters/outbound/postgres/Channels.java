package dev.parley.adapters.outbound.postgres;

import dev.parley.domain.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far the live path has come with each topic: asked for, listened to, and read up to a seq.
 * Asked by any thread, moved on by one.
 */
final class Channels {

  private final Map<String, TopicName> topics = new HashMap<>();
  private final Set<String> listened = new HashSet<>();
  private final Map<TopicName, Long> last = new HashMap<>();
  private final Set<TopicName> asked = new HashSet<>();

  /**
   * Somebody wants a topic; true when the live path does not reach it yet.
   *
   * @param hints whether it is enough to hear of notifications, whatever was read
   */
  synchronized boolean ask(TopicName topic, boolean hints) {
    if (last.containsKey(topic)) {
      return false;
    }
    var name = nameOf(topic);
    topics.put(name, topic);
    return !(hints && listened.contains(name)) && asked.add(topic);
  }

  synchronized boolean anyAsked() {
    return !asked.isEmpty();
  }

  /** The topics that the live path is to reach, each once. */
  synchronized List<TopicName> takeAsked() {
    var taken = List.copyOf(asked);
    asked.clear();
    return taken;
  }

  /** The channels of some topics that are not listened to yet. */
  synchronized List<String> toListen(Collection<TopicName> wanted) {
    return wanted.stream().map(Channels::nameOf).filter(name -> !listened.contains(name)).toList();
  }

  synchronized void listening(Collection<String> names) {
    listened.addAll(names);
  }

  /** The topic is reached: it was read up to this seq, and notifications come. */
  synchronized void reached(TopicName topic, long seq) {
    last.put(topic, seq);
  }

  /** Up to which seq the topic was read; null when the live path does not reach it. */
  synchronized @Nullable Long last(TopicName topic) {
    return last.get(topic);
  }

  /** The topic of a channel, if it was ever asked for. */
  synchronized @Nullable TopicName topicOf(String channel) {
    return topics.get(channel);
  }

  /**
   * Whether a topic is to be read on. If its messages are not wanted it is left, though still
   * listened to; asked here, so that who wants them from now on finds it left and asks for it.
   */
  synchronized boolean leaveUnless(Predicate<TopicName> wanted, TopicName topic) {
    if (last.containsKey(topic) && wanted.test(topic)) {
      return true;
    }
    last.remove(topic);
    return false;
  }

  /** Forgets the topics that nobody wants, and gives their channels. */
  synchronized List<String> forgetUnless(Predicate<TopicName> wanted) {
    var left = new ArrayList<String>();
    topics.forEach((name, topic) -> {
      if (!wanted.test(topic)) {
        left.add(name);
        last.remove(topic);
        asked.remove(topic);
      }
    });
    left.forEach(topics::remove);
    left.removeIf(name -> !listened.remove(name));
    return left;
  }

  /** A new connection, or a new store: every topic is to be reached anew. */
  synchronized void startOver(boolean connectionIsNew) {
    if (connectionIsNew) {
      listened.clear();
    }
    last.clear();
    asked.addAll(topics.values());
  }

  /** The channel that every writer notifies, for all who share the table. */
  static String nameOf(TopicName topic) {
    try {
      var digest =
          MessageDigest.getInstance("MD5").digest(topic.value().getBytes(StandardCharsets.UTF_8));
      return "parley_" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has MD5", impossible);
    }
  }
}
