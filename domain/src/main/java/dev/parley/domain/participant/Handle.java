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

  @Override
  public String toString() {
    return value;
  }
}
