package dev.parley.adapters.inbound.oauth.builtin;

import dev.parley.adapters.inbound.oauth.BearerGuard;
import dev.parley.adapters.inbound.oauth.ProtectedResource;
import dev.parley.adapters.inbound.oauth.TokenCheck.Admitted;
import dev.parley.adapters.inbound.oauth.TokenCheck.Reason;
import dev.parley.adapters.inbound.oauth.TokenCheck.Refused;
import dev.parley.adapters.inbound.oauth.TokenCheck.Verdict;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.inbound.GrantAccess;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jmolecules.architecture.hexagonal.PrimaryAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server authorizes by itself: an OAuth 2.1 authorization server for one owner, who proves to
 * be one by a passphrase. Authorization code with PKCE S256 only; tokens are opaque.
 */
@PrimaryAdapter
public final class BuiltinAuthorization implements HttpFeature {

  private static final Logger LOG = LoggerFactory.getLogger(BuiltinAuthorization.class);
  private static final String SCOPE = "parley";

  /** What is served to everybody besides the metadata. */
  private static final Set<String> ENDPOINTS =
      Set.of(
          Authorization.PATH, TokenEndpoint.PATH, TokenEndpoint.REVOCATION_PATH, Registration.PATH);

  private final GrantAccess access;
  private final ProtectedResource resource;
  private final Registration registration;
  private final Authorization authorization;
  private final TokenEndpoint tokens;
  private final ServerMetadata metadata;
  private final RateLimit limit;
  private final Set<String> publicPaths = new HashSet<>(ENDPOINTS);

  /**
   * An authorization server.
   *
   * @param publicUrl without a slash at its end; also the issuer
   * @param handle as whom clients post
   * @param publicPaths what other features serve to everybody; all else needs a token
   */
  public BuiltinAuthorization(
      GrantAccess access, String publicUrl, String handle, Set<String> publicPaths) {
    this(access, publicUrl, handle, publicPaths, System::nanoTime);
  }

  BuiltinAuthorization(
      GrantAccess access,
      String publicUrl,
      String handle,
      Set<String> publicPaths,
      LongSupplier nanoTime) {
    this.access = access;
    this.resource = new ProtectedResource(publicUrl, publicUrl, SCOPE);
    this.metadata = new ServerMetadata(publicUrl, SCOPE);
    this.registration = new Registration(access, nanoTime);
    var audience = new Audience(resource.identifier());
    this.authorization = new Authorization(access, audience, publicUrl, handle, nanoTime);
    this.tokens = new TokenEndpoint(access, audience, SCOPE, nanoTime);
    this.limit = RateLimit.perMinute(300, nanoTime);
    this.publicPaths.addAll(publicPaths);
  }

  @Override
  public void setup(HttpRouting.Builder routing) {
    routing
        .addFilter(this::limitMetadata)
        .addFilter(new BearerGuard(resource, this::check, publicPaths));
    resource.install(routing);
    metadata.install(routing);
    registration.install(routing);
    authorization.install(routing);
    tokens.install(routing);
  }

  private void limitMetadata(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (request.path().rawPath().startsWith("/.well-known/") && !limit.admits(request.context())) {
      Answers.tooMany(response);
    } else {
      chain.proceed();
    }
  }

  private Verdict check(String token) {
    try {
      return access
          .authenticate(token)
          .<Verdict>map(grant -> new Admitted(grant.value()))
          .orElseGet(() ->
              new Refused(
                  Reason.INVALID,
                  "this access token is unknown, expired or revoked; refresh it or authorize"
                      + " anew"));
    } catch (StateUnavailable e) {
      LOG.error("Tokens cannot be checked: {}", e.getMessage());
      return new Refused(
          Reason.UNAVAILABLE, "tokens cannot be checked at the moment; try again later");
    }
  }
}
