package dev.parley.domain.presence;

import org.jmolecules.ddd.annotation.ValueObject;

/** One run of a bridge, as it names itself in its beats, usually by a UUID: 1 to 128 characters. */
@ValueObject
public record ProcessInstance(String value) {

  private static final int MAX_LENGTH = 128;

  /** All runs of a bridge that does not name them. */
  public static final ProcessInstance UNNAMED = new ProcessInstance("unnamed");

  public ProcessInstance {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a process instance has 1 to %d characters, not all blank; this one has %d"
              .formatted(MAX_LENGTH, value.length()));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
