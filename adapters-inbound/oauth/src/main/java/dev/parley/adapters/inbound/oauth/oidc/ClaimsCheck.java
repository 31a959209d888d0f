package dev.parley.adapters.inbound.oauth.oidc;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether what a token says makes it an access token for this server, now. */
final class ClaimsCheck implements JWTClaimsSetVerifier<SecurityContext> {

  private final TrustedProvider provider;
  private final DefaultJWTClaimsVerifier<SecurityContext> time;

  /**
   * A check.
   *
   * @param clockSkew how far the provider's clock may be off
   */
  ClaimsCheck(TrustedProvider provider, Duration clockSkew) {
    this.provider = provider;
    this.time =
        new DefaultJWTClaimsVerifier<>(
            null, Set.of(JWTClaimNames.SUBJECT, JWTClaimNames.EXPIRATION_TIME));
    time.setMaxClockSkew(Math.toIntExact(clockSkew.toSeconds()));
  }

  @Override
  public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
      throws BadJWTException {
    requireIssuer(claims);
    require(
        claims.getAudience().contains(provider.audience()),
        "it is not meant for this server: its aud lacks the audience that auth.oidc.audience names;"
            + " ask the provider for a token for this resource");
    require(!isIdToken(claims), "it is no access token; send the access token, not the ID token");
    try {
      time.verify(claims, context);
    } catch (ExpiredJWTException _) {
      throw new TokenRefused("it has expired; get a new one");
    } catch (BadJWTException _) {
      throw new TokenRefused(
          "it lacks sub or exp, or is not valid yet; if so, compare the provider's clock with this"
              + " server's");
    }
  }

  /** Whether it comes from the provider; nobody else's token is worth asking for keys. */
  void requireIssuer(JWTClaimsSet claims) throws TokenRefused {
    require(
        provider.issuer().value().equals(claims.getIssuer()),
        "it was given by another issuer than this server trusts; compare its iss with"
            + " auth.oidc.issuer, to the last slash");
  }

  /**
   * Keycloak says by a claim of its own what a token is. Otherwise what only ID tokens have tells
   * them (OpenID Connect Core 1.0, sections 2 and 3.3.2.11).
   */
  private static boolean isIdToken(JWTClaimsSet claims) {
    return claims.getClaim("typ") instanceof String type
        ? !type.equalsIgnoreCase("Bearer")
        : Stream.of("nonce", "at_hash", "c_hash").anyMatch(claims.getClaims()::containsKey);
  }

  private static void require(boolean holds, String otherwise) throws TokenRefused {
    if (!holds) {
      throw new TokenRefused(otherwise);
    }
  }

  /** A token is not accepted, for a reason that may be told. */
  static final class TokenRefused extends BadJWTException {

    private static final long serialVersionUID = 1L;

    private final String why;

    TokenRefused(String why) {
      super(why);
      this.why = why;
    }

    String why() {
      return why;
    }
  }
}
