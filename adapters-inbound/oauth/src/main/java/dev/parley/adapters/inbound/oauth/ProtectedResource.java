package dev.parley.adapters.inbound.oauth;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * The MCP endpoint as a protected resource of OAuth: its <a
 * href="https://www.rfc-editor.org/rfc/rfc9728">metadata (RFC 9728)</a>, and the challenge that
 * leads a client to it.
 */
public final class ProtectedResource {

  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
  private static final String ENDPOINT = "/mcp";

  private final String publicUrl;
  private final @Nullable String scope;
  private final byte[] metadata;

  /**
   * The endpoint below a public URL.
   *
   * @param publicUrl without a slash at its end
   * @param authorizationServer the issuer of the tokens that are accepted
   * @param scope what tokens must carry; null for nothing
   */
  public ProtectedResource(String publicUrl, String authorizationServer, @Nullable String scope) {
    this.publicUrl = publicUrl;
    this.scope = scope;
    this.metadata = metadata(authorizationServer).toJSONString().getBytes(StandardCharsets.UTF_8);
  }

  private JSONObject metadata(String authorizationServer) {
    var described = new JSONObject();
    described.put("resource", identifier());
    described.put("authorization_servers", List.of(authorizationServer));
    described.put("bearer_methods_supported", List.of("header"));
    described.put("resource_name", "Parley");
    if (scope != null) {
      described.put("scopes_supported", List.of(scope));
    }
    return described;
  }

  /** Its identifier, which is also the audience of its tokens (RFC 8707). */
  public String identifier() {
    return publicUrl + ENDPOINT;
  }

  /** Serves the metadata at both well-known URLs, with and without the endpoint's path. */
  public void install(HttpRouting.Builder routing) {
    routing.get(WELL_KNOWN, this::serve).get(WELL_KNOWN + ENDPOINT, this::serve);
  }

  private void serve(ServerRequest request, ServerResponse response) {
    response.header(HeaderValues.CONTENT_TYPE_JSON).send(metadata);
  }

  /** The challenge for a request without a token (RFC 6750, RFC 9728). */
  String challenge() {
    var challenge =
        new StringBuilder("Bearer resource_metadata=\"")
            .append(publicUrl)
            .append(WELL_KNOWN)
            .append(ENDPOINT)
            .append('"');
    if (scope != null) {
      challenge.append(", scope=\"").append(scope).append('"');
    }
    return challenge.toString();
  }

  /**
   * The challenge for a token that is not accepted.
   *
   * @param error a code of RFC 6750
   * @param why a sentence without quotes
   */
  String challenge(String error, String why) {
    return challenge() + ", error=\"%s\", error_description=\"%s\"".formatted(error, why);
  }
}
