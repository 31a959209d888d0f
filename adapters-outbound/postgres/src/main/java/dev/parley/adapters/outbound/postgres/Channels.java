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
 * Guarded by whoever owns it.
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
  boolean ask(TopicName topic, boolean hints) {
    if (last.containsKey(topic)) {
      return false;
    }
    var name = nameOf(topic);
    topics.put(name, topic);
    return !(hints && listened.contains(name)) && asked.add(topic);
  }

  boolean anyAsked() {
    return !asked.isEmpty();
  }

  /** The topics that the live path is to reach, each once. */
  List<TopicName> takeAsked() {
    var taken = List.copyOf(asked);
    asked.clear();
    return taken;
  }

  /** The channels of some topics that are not listened to yet. */
  List<String> toListen(Collection<TopicName> wanted) {
    return wanted.stream().map(Channels::nameOf).filter(name -> !listened.contains(name)).toList();
  }

  void listening(Collection<String> names) {
    listened.addAll(names);
  }

  /** The topic is reached: it was read up to this seq, and notifications come. */
  void reached(TopicName topic, long seq) {
    last.put(topic, seq);
  }

  /** Up to which seq the topic was read; null when the live path does not reach it. */
  @Nullable Long last(TopicName topic) {
    return last.get(topic);
  }

  /** The topic of a channel, if it was ever asked for. */
  @Nullable TopicName topicOf(String channel) {
    return topics.get(channel);
  }

  /** Nobody wants its messages: the topic is not read any further, though still listened to. */
  void leave(TopicName topic) {
    last.remove(topic);
  }

  /** Forgets the topics that nobody wants, and gives their channels. */
  List<String> forgetUnless(Predicate<TopicName> wanted) {
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
  void startOver(boolean connectionIsNew) {
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
