package dev.parley.domain.handoff;

import java.util.random.RandomGenerator;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * The name of a hand-off within its topic. Parley makes {@code ho-} and six characters that nobody
 * mistakes for each other (no l, o, 0, 1). A person may type any {@code ho-} and 1 to 32 ASCII
 * letters or digits, in any case; ids that differ only in case are the same.
 */
@ValueObject
public record HandOffId(String value) {

  static final String PREFIX = "ho-";

  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int MADE_LENGTH = 6;
  private static final int MAX_LENGTH = 32;

  public HandOffId {
    value = lowerCase(value);
    if (!value.startsWith(PREFIX)
        || value.length() == PREFIX.length()
        || value.length() > PREFIX.length() + MAX_LENGTH
        || !value.chars().skip(PREFIX.length()).allMatch(HandOffId::isLetterOrDigit)) {
      throw new IllegalArgumentException(
          "a hand-off id is '%s' and 1 to %d letters or digits, such as ho-7q2k4m; this one has %d characters"
              .formatted(PREFIX, MAX_LENGTH, value.length()));
    }
  }

  /** Makes an id; it may be in use already. */
  public static HandOffId random(RandomGenerator source) {
    var id = new StringBuilder(PREFIX);
    for (int i = 0; i < MADE_LENGTH; i++) {
      id.append(ALPHABET.charAt(source.nextInt(ALPHABET.length())));
    }
    return new HandOffId(id.toString());
  }

  /** Where the id that begins at {@code start} ends, or -1 when none begins there. */
  static int endIn(String line, int start) {
    if (!lowerCase(line.substring(start, Math.min(line.length(), start + PREFIX.length())))
        .equals(PREFIX)) {
      return -1;
    }
    var first = start + PREFIX.length();
    var end = first;
    while (end < line.length() && isLetterOrDigit(lowerCase(line.charAt(end)))) {
      end++;
    }
    var length = end - first;
    return length >= 1 && length <= MAX_LENGTH && !continuesWord(line, end) ? end : -1;
  }

  private static boolean continuesWord(String line, int at) {
    if (at == line.length()) {
      return false;
    }
    var next = line.codePointAt(at);
    return Character.isLetterOrDigit(next) || next == '-' || next == '_';
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** Folds ASCII only: the Kelvin sign is no k. */
  static String lowerCase(String text) {
    var folded = new StringBuilder(text.length());
    text.chars().forEach(c -> folded.append(lowerCase((char) c)));
    return folded.toString();
  }

  private static char lowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  @Override
  public String toString() {
    return value;
  }
}
