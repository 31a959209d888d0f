package dev.parley.domain.authorization;

import java.time.Duration;
import java.time.Instant;
import org.jmolecules.ddd.annotation.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * A token that gets its client new tokens, once. It lives for 60 days without use.
 *
 * @param generation how many rotations of its grant came before it
 * @param rotatedAt when it was used; null while it was not
 */
@ValueObject
public record RefreshToken(
    TokenHash hash, GrantId grant, int generation, Instant issuedAt, @Nullable Instant rotatedAt) {

  /** How long it lives without use. */
  public static final Duration LIFE = Duration.ofDays(60);

  /**
   * How many generations of a grant are remembered, so that the use of an old one is known for what
   * it is: more than a client makes in 60 days that rotates once an hour.
   */
  public static final int GENERATIONS = 2_000;

  /** A client whose answer was lost, or that asks twice at once, is not a thief. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** What using a token means. */
  public enum Use {
    /** It gives the next tokens. */
    ROTATES,
    /** It was used by two: nobody knows which is the thief, so the whole grant ends. */
    REUSED,
    /** It is too old. */
    EXPIRED
  }

  /**
   * What using it now means.
   *
   * @param newest the newest generation of its grant
   */
  public Use use(Instant now, int newest) {
    if (now.isAfter(issuedAt.plus(LIFE))) {
      return Use.EXPIRED;
    }
    if (rotatedAt == null) {
      // One that a repetition gave is worth nothing once the other one went on.
      return generation == newest ? Use.ROTATES : Use.REUSED;
    }
    return generation + 1 == newest && !now.isAfter(rotatedAt.plus(GRACE))
        ? Use.ROTATES
        : Use.REUSED;
  }

  /** The same token, used; the first use counts. */
  public RefreshToken rotated(Instant now) {
    return rotatedAt == null ? new RefreshToken(hash, grant, generation, issuedAt, now) : this;
  }
}
