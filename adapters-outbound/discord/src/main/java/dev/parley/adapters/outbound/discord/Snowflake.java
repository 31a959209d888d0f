package dev.parley.adapters.outbound.discord;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Discord's ids: unsigned 64 bits, of which the upper 42 are the milliseconds since 2015. That of a
 * message is its place in the order of its channel, too.
 */
final class Snowflake {

  private static final long FIRST_MILLIS = 1_420_070_400_000L;
  private static final int TIME_SHIFT = 22;
  private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,19}");

  private Snowflake() {}

  /** The id of a text; empty when the text is none. */
  static Optional<Long> parse(String text) {
    try {
      return FORM.matcher(text).matches()
          ? Optional.of(Long.parseUnsignedLong(text))
          : Optional.empty();
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** When the id was given, by the clock of Discord. */
  static long millisOf(long id) {
    return (id >>> TIME_SHIFT) + FIRST_MILLIS;
  }

  static Instant instantOf(long id) {
    return Instant.ofEpochMilli(millisOf(id));
  }
}
