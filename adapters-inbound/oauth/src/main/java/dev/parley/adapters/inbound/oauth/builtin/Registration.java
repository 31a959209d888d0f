package dev.parley.adapters.inbound.oauth.builtin;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.inbound.GrantAccess;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.minidev.json.JSONObject;

/** <a href="https://www.rfc-editor.org/rfc/rfc7591">Dynamic client registration (RFC 7591)</a>. */
final class Registration {

  static final String PATH = "/register";

  private final GrantAccess access;
  private final RateLimit limit = RateLimit.perMinute(20);

  Registration(GrantAccess access) {
    this.access = access;
  }

  void install(HttpRouting.Builder routing) {
    routing.post(PATH, this::register);
  }

  private void register(ServerRequest request, ServerResponse response) throws IOException {
    if (!limit.admits(request)) {
      Answers.tooMany(response);
      return;
    }
    try {
      var metadata = metadata(request);
      var name = metadata.get("client_name") instanceof String text ? text : "";
      Answers.json(
          response, Status.CREATED_201, describe(access.register(name, redirectUris(metadata))));
    } catch (OAuthRefused refused) {
      Answers.error(response, refused);
    } catch (GrantAccess.Refused refused) {
      Answers.error(
          response,
          Status.SERVICE_UNAVAILABLE_503,
          "temporarily_unavailable",
          String.valueOf(refused.getMessage()));
    }
  }

  private static JSONObject metadata(ServerRequest request) throws IOException {
    try {
      var json = JSONObjectUtils.parse(new String(Form.body(request), StandardCharsets.UTF_8));
      var method = json.get("token_endpoint_auth_method");
      if (method != null && !method.equals("none")) {
        // RFC 7591 lets the server replace what it does not offer; the answer says "none".
        json.remove("token_endpoint_auth_method");
      }
      return json;
    } catch (ParseException _) {
      throw new OAuthRefused("invalid_client_metadata", "the body has to be a JSON object");
    }
  }

  private static List<RedirectUri> redirectUris(JSONObject metadata) {
    if (!(metadata.get("redirect_uris") instanceof List<?> uris)) {
      throw new OAuthRefused("invalid_redirect_uri", "redirect_uris has to be a list of URIs");
    }
    var redirectUris = new ArrayList<RedirectUri>();
    try {
      for (var uri : uris) {
        redirectUris.add(new RedirectUri(String.valueOf(uri)));
      }
      if (redirectUris.isEmpty() || redirectUris.size() > 10) {
        throw new OAuthRefused("invalid_redirect_uri", "a client has 1 to 10 redirect_uris");
      }
      return redirectUris;
    } catch (IllegalArgumentException e) {
      throw new OAuthRefused("invalid_redirect_uri", String.valueOf(e.getMessage()));
    }
  }

  private static JSONObject describe(RegisteredClient client) {
    var described = new JSONObject();
    described.put("client_id", client.id().value());
    described.put("client_id_issued_at", Instant.now().getEpochSecond());
    described.put("client_name", client.name());
    described.put("redirect_uris", client.redirectUris().stream().map(RedirectUri::value).toList());
    described.put("grant_types", List.of("authorization_code", "refresh_token"));
    described.put("response_types", List.of("code"));
    described.put("token_endpoint_auth_method", "none");
    return described;
  }
}
