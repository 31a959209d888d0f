package dev.parley.domain.authorization;

import org.jmolecules.ddd.annotation.ValueObject;

/** The identifier of one grant; not secret. */
@ValueObject
public record GrantId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
