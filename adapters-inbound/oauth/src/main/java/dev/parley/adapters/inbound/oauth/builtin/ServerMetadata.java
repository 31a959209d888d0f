package dev.parley.adapters.inbound.oauth.builtin;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.minidev.json.JSONObject;

/**
 * What the authorization server can do, as <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC
 * 8414</a> metadata. Not where OpenID Connect has it: this is no OpenID provider, and every MCP
 * client looks here first.
 */
final class ServerMetadata {

  private static final String PLACE = "/.well-known/oauth-authorization-server";

  private final byte[] json;

  ServerMetadata(String issuer, String scope) {
    var metadata = new JSONObject();
    metadata.put("issuer", issuer);
    metadata.put("authorization_endpoint", issuer + Authorization.PATH);
    metadata.put("token_endpoint", issuer + TokenEndpoint.PATH);
    metadata.put("revocation_endpoint", issuer + TokenEndpoint.REVOCATION_PATH);
    metadata.put("registration_endpoint", issuer + Registration.PATH);
    metadata.put("response_types_supported", List.of("code"));
    metadata.put("response_modes_supported", List.of("query"));
    metadata.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    metadata.put("token_endpoint_auth_methods_supported", List.of("none"));
    metadata.put("revocation_endpoint_auth_methods_supported", List.of("none"));
    metadata.put("scopes_supported", List.of(scope));
    metadata.put("authorization_response_iss_parameter_supported", true);
    metadata.put("client_id_metadata_document_supported", true);
    this.json = metadata.toJSONString().getBytes(StandardCharsets.UTF_8);
  }

  void install(HttpRouting.Builder routing) {
    routing.get(PLACE, this::serve);
  }

  private void serve(ServerRequest request, ServerResponse response) {
    response.header(HeaderValues.CONTENT_TYPE_JSON).send(json);
  }
}
