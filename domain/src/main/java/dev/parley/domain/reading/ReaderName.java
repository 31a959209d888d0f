package dev.parley.domain.reading;

import org.jmolecules.ddd.annotation.ValueObject;

/** One of several readers of an instance, each with a position of its own: 1 to 64 characters. */
@ValueObject
public record ReaderName(String value) {

  private static final int MAX_LENGTH = 64;

  /** The reader of an instance that has only one. */
  public static final ReaderName DEFAULT = new ReaderName("default");

  public ReaderName {
    if (value.isBlank()
        || value.length() > MAX_LENGTH
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a reader name has 1 to %d characters and no control characters; this one has %d"
              .formatted(MAX_LENGTH, value.length()));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
