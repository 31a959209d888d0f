package dev.parley.adapters.inbound.oauth.builtin;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.ports.inbound.GrantAccess;
import dev.parley.ports.inbound.GrantAccess.Tokens;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Optional;
import net.minidev.json.JSONObject;

/**
 * Codes and refresh tokens become tokens (<a href="https://www.rfc-editor.org/rfc/rfc6749">RFC
 * 6749</a>, <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636</a>), and tokens end (<a
 * href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>). Clients are public: they prove
 * nothing but that they began the flow.
 */
final class TokenEndpoint {

  static final String PATH = "/token";
  static final String REVOCATION_PATH = "/revoke";

  private final GrantAccess access;
  private final Audience audience;
  private final String scope;
  private final RateLimit limit = RateLimit.perMinute(120);

  TokenEndpoint(GrantAccess access, Audience audience, String scope) {
    this.access = access;
    this.audience = audience;
    this.scope = scope;
  }

  void install(HttpRouting.Builder routing) {
    routing.post(PATH, this::token).post(REVOCATION_PATH, this::revoke);
  }

  private void token(ServerRequest request, ServerResponse response) throws IOException {
    if (!limit.admits(request)) {
      Answers.tooMany(response);
      return;
    }
    try {
      Answers.json(response, Status.OK_200, described(tokens(Form.ofBody(request))));
    } catch (OAuthRefused refused) {
      Answers.error(response, refused);
    } catch (GrantAccess.Refused refused) {
      Answers.error(
          response, new OAuthRefused("invalid_grant", String.valueOf(refused.getMessage())));
    }
  }

  private Tokens tokens(Form form) {
    audience.require(form.optional("resource"));
    var client = client(form);
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

  private static ClientId client(Form form) {
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
    if (!limit.admits(request)) {
      Answers.tooMany(response);
      return;
    }
    try {
      var form = Form.ofBody(request);
      access.revoke(form.required("token"), client(form));
      // Also for a token that nobody knows: it is of no use, as was asked for.
      response.status(Status.OK_200).send();
    } catch (OAuthRefused refused) {
      Answers.error(response, refused);
    }
  }
}
