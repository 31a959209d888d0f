package dev.parley.adapters.inbound.oauth.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.parley.adapters.inbound.oauth.BearerGuard;
import dev.parley.adapters.inbound.oauth.ProtectedResource;
import dev.parley.adapters.inbound.oauth.oidc.ProviderKeys.Lifetimes;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.jmolecules.architecture.hexagonal.PrimaryAdapter;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider authorizes, and this server is a resource of its: clients get their tokens
 * there, and tokens that are JWTs of its making for this server let in whom {@link Admission}
 * names. The provider need not be there when the server starts.
 */
@PrimaryAdapter
public final class OidcAuthorization implements HttpFeature {

  private final ProtectedResource resource;
  private final JWKSetBasedJWKSource<SecurityContext> keys;
  private final AccessTokens tokens;
  private final Set<String> publicPaths;

  /**
   * A resource of a provider.
   *
   * @param publicUrl without a slash at its end
   * @param scope what tokens must carry; null for nothing
   * @param clockSkew how far the provider's clock may be off
   * @param publicPaths what other features serve to everybody; all else needs a token
   */
  public OidcAuthorization(
      String publicUrl,
      TrustedProvider provider,
      Admission admission,
      @Nullable String scope,
      Duration clockSkew,
      Set<String> publicPaths) {
    this(publicUrl, provider, admission, scope, clockSkew, Lifetimes.USUAL, publicPaths);
  }

  OidcAuthorization(
      String publicUrl,
      TrustedProvider provider,
      Admission admission,
      @Nullable String scope,
      Duration clockSkew,
      Lifetimes lifetimes,
      Set<String> publicPaths) {
    this.resource = new ProtectedResource(publicUrl, provider.issuer().value(), scope);
    this.keys = new ProviderKeys(provider).kept(lifetimes);
    this.tokens =
        new AccessTokens(
            keys, new ClaimsCheck(provider, clockSkew), provider.audience(), admission, scope);
    this.publicPaths = Set.copyOf(publicPaths);
  }

  @Override
  public void setup(HttpRouting.Builder routing) {
    routing.addFilter(new BearerGuard(resource, tokens, publicPaths));
    resource.install(routing);
  }

  /** Fetches the keys beside the start, so that whoever runs the server sees early if it fails. */
  @Override
  public void beforeStart() {
    Thread.startVirtualThread(this::fetchKeys);
  }

  private void fetchKeys() {
    try {
      keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null);
    } catch (KeySourceException _) {
      // was logged; the first token asks again
    }
  }

  @Override
  public void afterStop() {
    try {
      keys.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
