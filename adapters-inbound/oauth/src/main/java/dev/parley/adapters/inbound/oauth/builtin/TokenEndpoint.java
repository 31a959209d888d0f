package dev.parley.adapters.inbound.oauth.builtin;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.inbound.GrantAccess;
import dev.parley.ports.inbound.GrantAccess.Tokens;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import net.minidev.json.JSONObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Codes and refresh tokens become tokens (<a href="https://www.rfc-editor.org/rfc/rfc6749">RFC
 * 6749</a>, <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636</a>), and tokens end (<a
 * href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>). Clients are public: they prove
 * nothing but that they began the flow.
 */
final class TokenEndpoint {

  static final String PATH = "/token";
  static final String REVOCATION_PATH = "/revoke";

  private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);

  private final GrantAccess access;
  private final Audience audience;
  private final String scope;
  private final RateLimit limit;

  TokenEndpoint(GrantAccess access, Audience audience, String scope, LongSupplier nanoTime) {
    this.access = access;
    this.audience = audience;
    this.scope = scope;
    this.limit = RateLimit.perMinute(120, nanoTime);
  }

  void install(HttpRouting.Builder routing) {
    routing
        .post(PATH, this::token)
        .post(REVOCATION_PATH, this::revoke)
        .any(PATH, (request, response) -> Answers.notAllowed(request, response, "POST"))
        .any(REVOCATION_PATH, (request, response) -> Answers.notAllowed(request, response, "POST"));
  }

  private void token(ServerRequest request, ServerResponse response) throws IOException {
    if (!limit.admits(request.context())) {
      Answers.tooMany(response);
      return;
    }
    try {
      var form = Form.ofBody(request, response);
      var client = client(form, request);
      requireRegistered(client);
      Answers.json(response, Status.OK_200, described(tokens(form, client)));
    } catch (OAuthRefused refused) {
      Answers.error(response, refused);
    } catch (GrantAccess.Refused refused) {
      Answers.error(
          response, new OAuthRefused("invalid_grant", String.valueOf(refused.getMessage())));
    } catch (StateUnavailable e) {
      unavailable(response, e);
    }
  }

  /** A client that hears {@code invalid_client} registers anew; others would ask for ever. */
  private void requireRegistered(ClientId client) {
    try {
      if (!client.isDocument()) {
        access.client(client);
      }
    } catch (GrantAccess.Refused unknown) {
      throw new OAuthRefused(
          Status.UNAUTHORIZED_401, "invalid_client", String.valueOf(unknown.getMessage()));
    }
  }

  private static void unavailable(ServerResponse response, StateUnavailable why) {
    LOG.error("Tokens can be neither given nor revoked: {}", why.getMessage());
    Answers.unavailable(response, "tokens cannot be kept at the moment; try again later");
  }

  private Tokens tokens(Form form, ClientId client) {
    audience.require(form.resources());
    return switch (form.required("grant_type")) {
      case "authorization_code" ->
          access.redeem(
              form.required("code"),
              client,
              Optional.ofNullable(form.optional("redirect_uri")).map(TokenEndpoint::redirectUri),
              challenge(form.required("code_verifier")));
      case "refresh_token" -> access.refresh(form.required("refresh_token"), client);
      default ->
          throw new OAuthRefused(
              "unsupported_grant_type", "grant_type has to be authorization_code or refresh_token");
    };
  }

  private static ClientId client(Form form, ServerRequest request) {
    if (form.optional("client_id") == null
        && request.headers().contains(HeaderNames.AUTHORIZATION)) {
      throw new OAuthRefused(
          Status.UNAUTHORIZED_401,
          "invalid_client",
          "clients have no secret here: send client_id in the body and nothing in Authorization");
    }
    try {
      return new ClientId(form.required("client_id"));
    } catch (IllegalArgumentException e) {
      throw new OAuthRefused("invalid_client", String.valueOf(e.getMessage()));
    }
  }

  private static RedirectUri redirectUri(String text) {
    try {
      return new RedirectUri(text);
    } catch (IllegalArgumentException e) {
      throw new OAuthRefused("invalid_grant", String.valueOf(e.getMessage()));
    }
  }

  private static String challenge(String verifier) {
    try {
      return CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier)).getValue();
    } catch (IllegalArgumentException _) {
      throw new OAuthRefused(
          "invalid_grant", "code_verifier has to have 43 to 128 characters of RFC 7636");
    }
  }

  private JSONObject described(Tokens tokens) {
    var described = new JSONObject();
    described.put("access_token", tokens.access());
    described.put("token_type", "Bearer");
    described.put("expires_in", tokens.expiresIn().toSeconds());
    described.put("refresh_token", tokens.refresh());
    described.put("scope", scope);
    return described;
  }

  private void revoke(ServerRequest request, ServerResponse response) throws IOException {
    if (!limit.admits(request.context())) {
      Answers.tooMany(response);
      return;
    }
    try {
      var form = Form.ofBody(request, response);
      access.revoke(form.required("token"), client(form, request));
      // Also for a token that nobody knows: it is of no use, as was asked for.
      response.status(Status.OK_200).header(HeaderNames.CACHE_CONTROL, "no-store").send();
    } catch (OAuthRefused refused) {
      Answers.error(response, refused);
    } catch (StateUnavailable e) {
      unavailable(response, e);
    }
  }
}
