package dev.parley.adapters.outbound.redis;

import dev.parley.domain.topic.TopicName;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The keys of one store. A topic's stream is the prefix and the topic's name, as other bridges have
 * it. Parley's own keys have a blank after the prefix, which no topic's name begins with; those
 * that belong to a topic are in the slot of its stream, so that a script may touch both in a
 * cluster.
 */
final class StreamKeys {

  private static final char NEVER_IN_A_TOPIC = '\u001f';

  private final String prefix;

  StreamKeys(String prefix) {
    this.prefix = prefix;
  }

  /** The stream of a topic. */
  byte[] streamOf(TopicName topic) {
    return bytes(nameOf(topic));
  }

  /** The same as text. */
  String nameOf(TopicName topic) {
    return prefix + topic.value();
  }

  /**
   * Where the identity of the store is kept.
   *
   * @param slot the slot of a cluster; negative for a server that is none
   */
  byte[] store(int slot) {
    return slot < 0 ? bytes(prefix + " store") : inSlot(slot, "store");
  }

  /** A key of Parley's own in the slot of a topic's stream. */
  byte[] beside(TopicName topic, String what) {
    var stream = nameOf(topic);
    var tag = tagOf(stream);
    return bytes(
        prefix + " {" + tag + "}" + (tag.equals(stream) ? "" : stream + NEVER_IN_A_TOPIC) + what);
  }

  /** A key of Parley's own in a slot. */
  byte[] inSlot(int slot, String what) {
    return bytes(prefix + " {" + numberIn(slot) + "}" + what);
  }

  /** What a server hashes of a key: what is between the first braces, else the whole. */
  private static String tagOf(String key) {
    var open = key.indexOf('{');
    var close = open < 0 ? -1 : key.indexOf('}', open);
    if (close > open + 1) {
      return key.substring(open + 1, close);
    }
    // A key with a brace that is no tag cannot be put between braces.
    return key.indexOf('}') < 0 ? key : numberIn(JedisClusterCRC16.getSlot(bytes(key)));
  }

  private static String numberIn(int slot) {
    for (var number = 0; ; number++) {
      var text = Integer.toString(number);
      if (JedisClusterCRC16.getSlot(bytes(text)) == slot) {
        return text;
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
