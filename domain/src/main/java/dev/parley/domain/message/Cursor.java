package dev.parley.domain.message;

import org.jmolecules.ddd.annotation.ValueObject;

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

  @Override
  public String toString() {
    return value;
  }
}
