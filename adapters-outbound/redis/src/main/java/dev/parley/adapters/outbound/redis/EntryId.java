package dev.parley.adapters.outbound.redis;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The id of a stream entry: the server's clock in milliseconds when it was added, and a number
 * within the millisecond. Both are unsigned.
 */
record EntryId(long milliseconds, long sequence) implements Comparable<EntryId> {

  /** Before every entry. */
  static final EntryId ZERO = new EntryId(0, 0);

  /** After this one a stream takes no more. */
  static final EntryId GREATEST = new EntryId(-1, -1);

  private static final int DECIMAL = 10;

  /** The id of a text; null when it is none. */
  static @Nullable EntryId parse(String text) {
    var dash = text.indexOf('-');
    if (!isNumber(text, 0, dash) || !isNumber(text, dash + 1, text.length())) {
      return null;
    }
    try {
      return new EntryId(
          Long.parseUnsignedLong(text, 0, dash, DECIMAL),
          Long.parseUnsignedLong(text, dash + 1, text.length(), DECIMAL));
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  private static boolean isNumber(String text, int from, int to) {
    if (to <= from || (text.charAt(from) == '0' && to > from + 1)) {
      return false;
    }
    for (var n = from; n < to; n++) {
      if (text.charAt(n) < '0' || text.charAt(n) > '9') {
        return false;
      }
    }
    return true;
  }

  /** The id that a server sent. */
  static EntryId of(byte[] sent) {
    var text = new String(sent, StandardCharsets.US_ASCII);
    var id = parse(text);
    if (id == null) {
      throw new IllegalArgumentException("the server sent '%s' for an entry id".formatted(text));
    }
    return id;
  }

  /** The first id that may be given so many milliseconds before this one. */
  EntryId earlier(long byMilliseconds) {
    return new EntryId(Math.max(0, milliseconds - byMilliseconds), 0);
  }

  // Written out, since the JVM generates a record's own methods at their first use (ADR 17).
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntryId that
        && milliseconds == that.milliseconds
        && sequence == that.sequence;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(milliseconds) * 31 + Long.hashCode(sequence);
  }

  @Override
  public int compareTo(EntryId other) {
    var byTime = Long.compareUnsigned(milliseconds, other.milliseconds);
    return byTime != 0 ? byTime : Long.compareUnsigned(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(milliseconds) + "-" + Long.toUnsignedString(sequence);
  }
}
