package dev.parley.domain.message;

import org.jmolecules.ddd.annotation.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * A backend's position in a topic: an opaque token of 1 to 4096 characters that names its store.
 * Only the backend that made it reads it; above the seam it is stored and handed back, never parsed
 * and never compared for order.
 */
@ValueObject
public record Cursor(String value) {

  private static final int MAX_LENGTH = 4096;

  public Cursor {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a cursor has 1 to %d characters; this one has %d".formatted(MAX_LENGTH, value.length()));
    }
  }

  // Written out, since the JVM generates a record's own methods at their first use (ADR 17).
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cursor that && value.equals(that.value);
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
