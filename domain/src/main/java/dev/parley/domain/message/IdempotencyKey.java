package dev.parley.domain.message;

import org.jmolecules.ddd.annotation.ValueObject;

/**
 * What makes a post repeatable: the same key from the same sender is stored once; 1 to 128
 * characters.
 */
@ValueObject
public record IdempotencyKey(String value) {

  private static final int MAX_LENGTH = 128;

  public IdempotencyKey {
    if (value.isBlank()
        || value.length() > MAX_LENGTH
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a key has 1 to %d characters and no control characters; this one has %d"
              .formatted(MAX_LENGTH, value.length()));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
