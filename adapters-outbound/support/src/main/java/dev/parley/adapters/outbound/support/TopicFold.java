package dev.parley.adapters.outbound.support;

import dev.parley.domain.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntPredicate;

/**
 * The name that a backend with a smaller alphabet gives a topic: what the backend allows is kept,
 * the rest becomes {@code _}, and a name that was changed or cut gets {@code -} and the first ten
 * hex digits of the SHA-1 of the topic's UTF-8 bytes. Existing bridges use the same names.
 *
 * <p>Two topics share a name only if one of them was named after the other's hash on purpose; a
 * backend that can should note the topic's own name beside it and refuse the other.
 */
public final class TopicFold {

  private static final int HASH_BYTES = 5;
  private static final int SUFFIX = 1 + 2 * HASH_BYTES;

  private final IntPredicate kept;
  private final int longest;

  /**
   * A fold.
   *
   * @param kept the code points that the backend allows in a name, as they are
   * @param longest the most characters of a folded name, its hash included; 16 or more
   */
  public TopicFold(IntPredicate kept, int longest) {
    if (longest <= SUFFIX) {
      throw new IllegalArgumentException("a folded name needs room for its hash, not " + longest);
    }
    this.kept = kept;
    this.longest = longest;
  }

  /** The backend's name of a topic; the same for ever. */
  public String of(TopicName topic) {
    var name = topic.value();
    var folded = new StringBuilder(name.length());
    for (int i = 0, c; i < name.length(); i += Character.charCount(c)) {
      c = name.codePointAt(i);
      folded.appendCodePoint(kept.test(c) ? c : '_');
    }
    if (folded.length() <= longest && name.contentEquals(folded)) {
      return name;
    }
    var room = Math.min(folded.length(), longest - SUFFIX);
    var end = Character.isHighSurrogate(folded.charAt(room - 1)) ? room - 1 : room;
    return folded.substring(0, end) + "-" + hash(name);
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
