package dev.parley.adapters.outbound.zulip;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of topics in Zulip, which takes 60 characters and does not tell cases apart. A name
 * that Zulip might take for another's is written small, cut, and gets {@code -} and the first ten
 * hex digits of the SHA-1 of the topic's UTF-8 bytes; so does one that looks as if it had been.
 */
final class Topics {

  /** The least that any server takes. */
  private static final int LONGEST = 60;

  private static final int HASH_BYTES = 5;
  private static final Pattern HASHED = Pattern.compile(".*-[0-9a-f]{10}", Pattern.DOTALL);
  // Zulip's own mark of a resolved topic, and its name for no topic at all.
  private static final String RESOLVED = "\u2714";
  private static final String NONE = "(no topic)";

  private final Map<String, String> mapped;
  private final Set<String> taken;

  Topics(Map<String, String> topicMap) {
    var byKey = new HashMap<String, String>();
    topicMap.forEach((topic, name) -> {
      var other = byKey.put(key(checked(topic, name)), topic);
      if (other != null) {
        throw Misconfigured.of(
            "topic_map",
            "gives the topics '%s' and '%s' the same Zulip topic '%s', as case does not matter there: give each its own"
                .formatted(other, topic, name));
      }
    });
    this.mapped = Map.copyOf(topicMap);
    this.taken = Set.copyOf(byKey.keySet());
  }

  private static String checked(String topic, String name) {
    if (name.isBlank() || !name.strip().equals(name) || length(name) > LONGEST) {
      throw Misconfigured.of(
          "topic_map",
          "gives the topic '%s' a Zulip topic of %d characters; it takes 1 to %d, without blanks at the ends"
              .formatted(topic, length(name), LONGEST));
    }
    return name;
  }

  /** The name of a topic in Zulip; the same for ever. */
  String nameOf(TopicName topic) {
    var given = mapped.get(topic.value());
    if (given != null) {
      return given;
    }
    var name = topic.value();
    return isSafe(name) && !taken.contains(key(name)) ? name : hashed(name);
  }

  /** What two names have in common that are one topic to Zulip. */
  static String key(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isSafe(String name) {
    return length(name) <= LONGEST
        && Normalizer.isNormalized(name, Normalizer.Form.NFC)
        && name.codePoints().allMatch(Topics::isSafe)
        && !name.startsWith(RESOLVED)
        && !name.equals(NONE)
        && !HASHED.matcher(name).matches();
  }

  /** Whether no other character is the same to software that does not tell cases apart. */
  private static boolean isSafe(int c) {
    var small = Character.toString(c);
    var large = small.toUpperCase(Locale.ROOT);
    return isAssigned(c)
        && large.codePointCount(0, large.length()) == 1
        && large.toLowerCase(Locale.ROOT).equals(small);
  }

  private static boolean isAssigned(int c) {
    return Character.isDefined(c) && (c & 0xfffe) != 0xfffe;
  }

  private static String hashed(String name) {
    var room = LONGEST - 1 - 2 * HASH_BYTES;
    var plain = new StringBuilder();
    name.codePoints()
        .map(Character::toLowerCase)
        .map(c -> isSafe(c) ? c : '_')
        .limit(room)
        .forEach(plain::appendCodePoint);
    return "%s-%s".formatted(plain.toString().strip(), hash(name));
  }

  private static String hash(String name) {
    try {
      var digest = MessageDigest.getInstance("SHA-1").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-1", impossible);
    }
  }
}
