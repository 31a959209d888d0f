package dev.parley.domain.authorization;

import org.jmolecules.ddd.annotation.ValueObject;

/**
 * The identifier of an OAuth client: one that was made at its registration, or the HTTPS URL of its
 * metadata document. 1 to 2,048 characters.
 */
@ValueObject
public record ClientId(String value) {

  private static final int LONGEST = 2_048;

  public ClientId {
    if (value.isBlank() || value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a client id has 1 to %,d characters; found %,d".formatted(LONGEST, value.length()));
    }
  }

  /** Whether the id is the URL of a document that describes the client. */
  public boolean isDocument() {
    return value.startsWith("https://");
  }

  @Override
  public String toString() {
    return value;
  }
}
