package dev.parley.domain.participant;

import org.jmolecules.ddd.annotation.ValueObject;

/**
 * The name of one running Parley process on its machine: 1 to 128 characters, none of them control.
 */
@ValueObject
public record InstanceId(String value) {

  private static final int MAX_LENGTH = 128;

  public InstanceId {
    if (value.isBlank()
        || value.length() > MAX_LENGTH
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "an instance id has 1 to %d characters and no control characters; found %d characters"
              .formatted(MAX_LENGTH, value.length()));
    }
  }

  /** The id that the n-th process of this instance on one machine takes: {@code agent-2}. */
  public InstanceId numbered(int n) {
    return new InstanceId(value + "-" + n);
  }

  @Override
  public String toString() {
    return value;
  }
}
