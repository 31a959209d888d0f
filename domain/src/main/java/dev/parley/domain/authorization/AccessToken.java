package dev.parley.domain.authorization;

import java.time.Duration;
import java.time.Instant;
import org.jmolecules.ddd.annotation.ValueObject;

/** A token that lets its bearer in for an hour. */
@ValueObject
public record AccessToken(TokenHash hash, GrantId grant, Instant issuedAt) {

  /** How long it lives. */
  public static final Duration LIFE = Duration.ofHours(1);

  /** Whether it lets nobody in any more. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(issuedAt.plus(LIFE));
  }
}
