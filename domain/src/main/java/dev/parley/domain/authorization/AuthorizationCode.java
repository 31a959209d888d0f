package dev.parley.domain.authorization;

import java.time.Duration;
import java.time.Instant;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * A code that a client may change into tokens once, within a minute.
 *
 * @param challenge the S256 challenge of PKCE (RFC 7636)
 * @param grant what came or will come of it
 */
@ValueObject
public record AuthorizationCode(
    TokenHash hash,
    ClientId client,
    RedirectUri redirectUri,
    String challenge,
    GrantId grant,
    Instant issuedAt,
    boolean used) {

  /** How long one is remembered, spent or not: a second use has to be noticed. */
  public static final Duration REMEMBERED = AccessToken.LIFE.multipliedBy(2);

  private static final Duration LIFE = Duration.ofSeconds(60);

  /** Whether it is too old to be changed. */
  public boolean isExpired(Instant now) {
    return now.isAfter(issuedAt.plus(LIFE));
  }

  /** The same code, spent. */
  public AuthorizationCode spent() {
    return new AuthorizationCode(hash, client, redirectUri, challenge, grant, issuedAt, true);
  }
}
