package dev.parley.domain.topic;

import org.jmolecules.ddd.annotation.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * The name of a topic: 1 to 512 UTF-16 characters, well-formed Unicode, no control characters, no
 * blank at either end. Names are compared exactly: case and Unicode form matter.
 */
@ValueObject
public record TopicName(String value) implements Comparable<TopicName> {

  /** The longest name, in UTF-16 characters. */
  public static final int MAX_LENGTH = 512;

  public TopicName {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a topic name has 1 to %d characters, not all blank; this one has %d"
              .formatted(MAX_LENGTH, value.length()));
    }
    if (isBlank(value.codePointAt(0)) || isBlank(value.codePointBefore(value.length()))) {
      throw new IllegalArgumentException(
          "a topic name has no blank at either end; found '%s'".formatted(value));
    }
    for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
      if (isForbidden(value.codePointAt(i))) {
        throw forbidden(value.codePointAt(i));
      }
    }
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || Character.getType(codePoint) == Character.LINE_SEPARATOR
        || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR;
  }

  private static IllegalArgumentException forbidden(int codePoint) {
    return new IllegalArgumentException(
        "a topic name has no control characters, line separators or lone surrogates; found U+%04X"
            .formatted(codePoint));
  }

  // Written out, since the JVM generates a record's own methods at their first use, which every
  // start of a session would wait for.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TopicName that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(TopicName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
