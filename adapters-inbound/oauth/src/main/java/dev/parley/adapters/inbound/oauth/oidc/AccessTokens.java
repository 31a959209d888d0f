package dev.parley.adapters.inbound.oauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.parley.adapters.inbound.oauth.TokenCheck;
import dev.parley.adapters.inbound.oauth.oidc.ClaimsCheck.TokenRefused;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks access tokens that are JWTs (<a href="https://www.rfc-editor.org/rfc/rfc9068">RFC
 * 9068</a>, and those of providers older than it): the type, the signature by a key of the
 * provider's, the claims, then who may enter and with what scope.
 */
final class AccessTokens implements TokenCheck {

  private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

  /** Only what needs the provider's private key: neither {@code none} nor a shared secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final ClaimsCheck claims;
  private final String audience;
  private final Admission admission;
  private final @Nullable String scope;

  /**
   * A check.
   *
   * @param audience in whose name Keycloak keeps roles of this server
   * @param scope what tokens must carry; null for nothing
   */
  AccessTokens(
      JWKSource<SecurityContext> keys,
      ClaimsCheck claims,
      String audience,
      Admission admission,
      @Nullable String scope) {
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            JOSEObjectType.JWT,
            null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(claims);
    this.claims = claims;
    this.audience = audience;
    this.admission = admission;
    this.scope = scope;
  }

  @Override
  public Verdict check(String token) {
    var verdict = verdict(token);
    if (verdict instanceof Refused(var reason, var why)) {
      LOG.debug("refused a token as {}: {}", reason, why);
    }
    return verdict;
  }

  private Verdict verdict(String text) {
    try {
      if (!(JWTParser.parse(text) instanceof SignedJWT signed)) {
        return invalid("it is not signed; this server accepts signed JWTs only");
      }
      claims.requireIssuer(signed.getJWTClaimsSet());
      return enter(new AccessToken(processor.process(signed, null)));
    } catch (TokenRefused e) {
      return invalid(e.why());
    } catch (ParseException _) {
      return invalid("it is no JWT; the provider must give JWT access tokens for this resource");
    } catch (KeySourceException _) {
      return new Refused(
          Reason.UNAVAILABLE,
          "the key that this access token needs cannot be had from the provider now; try again in a"
              + " minute");
    } catch (BadJOSEException | JOSEException _) {
      return invalid("its type, algorithm, key or signature is not one of the provider's");
    }
  }

  private Verdict enter(AccessToken token) {
    if (!admission.admits(token, audience)) {
      return new Refused(
          Reason.FORBIDDEN,
          "this account may not use this server; whoever runs it decides that by auth.oidc in its"
              + " configuration");
    }
    if (scope != null && !token.scopes().contains(scope)) {
      return new Refused(
          Reason.INSUFFICIENT_SCOPE,
          "this access token lacks the scope that this server needs; authorize anew with it");
    }
    return new Admitted(token.subject());
  }

  private static Refused invalid(String why) {
    return new Refused(Reason.INVALID, "this access token is not accepted: " + why);
  }
}
