package dev.parley.adapters.inbound.oauth.builtin;

import dev.parley.adapters.inbound.oauth.BearerGuard;
import dev.parley.adapters.inbound.oauth.ProtectedResource;
import dev.parley.adapters.inbound.oauth.TokenCheck.Admitted;
import dev.parley.adapters.inbound.oauth.TokenCheck.Reason;
import dev.parley.adapters.inbound.oauth.TokenCheck.Refused;
import dev.parley.adapters.inbound.oauth.TokenCheck.Verdict;
import dev.parley.ports.inbound.GrantAccess;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import org.jmolecules.architecture.hexagonal.PrimaryAdapter;

/**
 * The server authorizes by itself: an OAuth 2.1 authorization server for one owner, who proves to
 * be one by a passphrase. Authorization code with PKCE S256 only; tokens are opaque.
 */
@PrimaryAdapter
public final class BuiltinAuthorization implements HttpFeature {

  private static final String SCOPE = "parley";

  private final GrantAccess access;
  private final ProtectedResource resource;
  private final Registration registration;
  private final Authorization authorization;
  private final TokenEndpoint tokens;
  private final ServerMetadata metadata;

  /**
   * An authorization server.
   *
   * @param publicUrl without a slash at its end; also the issuer
   * @param handle as whom clients post
   */
  public BuiltinAuthorization(GrantAccess access, String publicUrl, String handle) {
    this.access = access;
    this.resource = new ProtectedResource(publicUrl, publicUrl, SCOPE);
    this.metadata = new ServerMetadata(publicUrl, SCOPE);
    this.registration = new Registration(access);
    var audience = new Audience(resource.identifier());
    this.authorization = new Authorization(access, audience, publicUrl, handle);
    this.tokens = new TokenEndpoint(access, audience, SCOPE);
  }

  @Override
  public void setup(HttpRouting.Builder routing) {
    routing.addFilter(new BearerGuard(resource, this::check));
    resource.install(routing);
    metadata.install(routing);
    registration.install(routing);
    authorization.install(routing);
    tokens.install(routing);
  }

  private Verdict check(String token) {
    return access
        .authenticate(token)
        .<Verdict>map(grant -> new Admitted(grant.value()))
        .orElseGet(() ->
            new Refused(
                Reason.INVALID,
                "this access token is unknown, expired or revoked; refresh it or authorize anew"));
  }
}
