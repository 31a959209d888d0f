package dev.parley.domain.participant;

import org.jmolecules.ddd.annotation.ValueObject;

/**
 * The name under which a participant posts, as an {@code @mention} can name it: 1 to 64 characters,
 * a letter or digit (ASCII) at both ends, also {@code . _ -} inside.
 */
@ValueObject
public record Handle(String value) {

  /** The longest handle, in characters. */
  public static final int MAX_LENGTH = 64;

  public Handle {
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a handle has 1 to %d characters; this one has %d".formatted(MAX_LENGTH, value.length()));
    }
    if (!isHandle(value)) {
      throw new IllegalArgumentException(
          ("a handle has 1 to %d characters, a letter or digit at both ends, and only letters,"
                  + " digits, '.', '_' and '-' inside; found '%s'")
              .formatted(MAX_LENGTH, value));
    }
  }

  /** Whether a text can be a handle. */
  public static boolean isHandle(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && isEdge(text.charAt(0))
        && isEdge(text.charAt(text.length() - 1))
        && text.chars().allMatch(c -> isInner((char) c));
  }

  /** Whether a character may stand at either end of a handle. */
  public static boolean isEdge(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Whether a character may stand inside a handle. */
  public static boolean isInner(char c) {
    return isEdge(c) || c == '.' || c == '_' || c == '-';
  }

  /**
   * The longest text from {@code start} on that has only the characters of a handle, and a letter
   * or digit at its end; empty when there is none. It may be too long, or begin wrongly, to be a
   * handle.
   */
  public static String longestAt(String text, int start) {
    var end = start;
    while (end < text.length() && isInner(text.charAt(end))) {
      end++;
    }
    while (end > start && !isEdge(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return value;
  }
}
