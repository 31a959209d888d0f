package dev.parley.domain.message;

import org.jmolecules.ddd.annotation.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * The backend's own id of a message, unique within its backend; an opaque text of 1 to 512
 * characters.
 */
@ValueObject
public record MessageId(String value) {

  private static final int MAX_LENGTH = 512;

  public MessageId {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a message id has 1 to %d characters; this one has %d"
              .formatted(MAX_LENGTH, value.length()));
    }
  }

  // Written out, since the JVM generates a record's own methods at their first use (ADR 17).
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessageId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
