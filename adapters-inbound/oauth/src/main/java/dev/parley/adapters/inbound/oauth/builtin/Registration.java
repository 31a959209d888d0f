package dev.parley.adapters.inbound.oauth.builtin;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.inbound.GrantAccess;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import net.minidev.json.JSONObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** <a href="https://www.rfc-editor.org/rfc/rfc7591">Dynamic client registration (RFC 7591)</a>. */
final class Registration {

  static final String PATH = "/register";

  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

  private final GrantAccess access;
  private final RateLimit limit;

  Registration(GrantAccess access, LongSupplier nanoTime) {
    this.access = access;
    this.limit = RateLimit.perMinute(20, nanoTime);
  }

  void install(HttpRouting.Builder routing) {
    routing
        .post(PATH, this::register)
        .any(PATH, (request, response) -> Answers.notAllowed(request, response, "POST"));
  }

  private void register(ServerRequest request, ServerResponse response) throws IOException {
    if (!limit.admits(request.context())) {
      Answers.tooMany(response);
      return;
    }
    try {
      Answers.json(response, Status.CREATED_201, describe(registered(metadata(request, response))));
    } catch (OAuthRefused refused) {
      Answers.error(response, refused);
    } catch (GrantAccess.Refused refused) {
      Answers.unavailable(response, String.valueOf(refused.getMessage()));
    } catch (StateUnavailable e) {
      LOG.error("Clients cannot register: {}", e.getMessage());
      Answers.unavailable(response, "clients cannot be kept at the moment; try again later");
    }
  }

  private static JSONObject metadata(ServerRequest request, ServerResponse response)
      throws IOException {
    try {
      return JSONObjectUtils.parse(
          new String(Form.body(request, response), StandardCharsets.UTF_8));
    } catch (ParseException _) {
      throw new OAuthRefused("invalid_client_metadata", "the body has to be a JSON object");
    }
  }

  private RegisteredClient registered(JSONObject metadata) {
    if (!(metadata.get("redirect_uris") instanceof List<?> uris)) {
      throw new OAuthRefused("invalid_redirect_uri", "redirect_uris has to be a list of URIs");
    }
    var name = metadata.get("client_name") instanceof String text ? text : "";
    try {
      return access.register(
          name, uris.stream().map(String::valueOf).map(RedirectUri::new).toList());
    } catch (IllegalArgumentException e) {
      throw new OAuthRefused("invalid_redirect_uri", String.valueOf(e.getMessage()));
    }
  }

  /** What the client is now; what it asked for and is not offered here is replaced (RFC 7591). */
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
