package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONArrayUtils;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.minidev.json.JSONObject;
import net.minidev.json.JSONValue;

/** What the test asks a Keycloak for: tokens, and by its admin's interface what gives them. */
final class KeycloakAdmin implements AutoCloseable {

  static final String ADMIN = "admin";

  private static final String REALM = "/admin/realms/parley";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  KeycloakAdmin(String url) {
    this.url = url;
  }

  /** Sets up what a file describes: realms, and the scope and clients of the first realm. */
  void setUp(String description) throws ParseException {
    var described = JSONObjectUtils.parse(description);
    for (var realm : JSONObjectUtils.getJSONArray(described, "realms")) {
      post("/admin/realms", (JSONObject) realm);
    }
    var scope = post(REALM + "/client-scopes", JSONObjectUtils.getJSONObject(described, "scope"));
    send(
        admin(REALM + "/default-optional-client-scopes/" + idIn(scope))
            .PUT(BodyPublishers.noBody()));
    var role = parsed(send(admin(REALM + "/roles/parley-user").GET()));
    post(REALM + "/client-scopes/%s/scope-mappings/realm".formatted(idIn(scope)), List.of(role));
    for (var client : JSONObjectUtils.getJSONArray(described, "clients")) {
      post(REALM + "/clients", (JSONObject) client);
    }
  }

  /** Lets anybody register a client that redirects to a host. */
  void trustRegistrationsFor(String host) throws ParseException {
    var type = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";
    for (var policy : components(type, "trusted-hosts")) {
      var config =
          Map.of(
              "host-sending-registration-request-must-match", List.of("false"),
              "client-uris-must-match", List.of("true"),
              "trusted-hosts", List.of(host));
      policy.put("config", config);
      send(
          admin(REALM + "/components/" + policy.get("id"))
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString(policy.toJSONString())));
    }
  }

  /** Registers a public client as a stranger, and gives its id. */
  String register(String callback, String scope) {
    var metadata =
        new JSONObject(
            Map.<String, Object>of(
                "redirect_uris",
                List.of(callback),
                "token_endpoint_auth_method",
                "none",
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "scope",
                scope));
    return text(
        parsed(
            send(
                request("/realms/parley/clients-registrations/openid-connect")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(metadata.toJSONString())))),
        "client_id");
  }

  /** Signs by a new key from now on, and forgets the one before. */
  void rotate() throws ParseException {
    var former = components("org.keycloak.keys.KeyProvider", "rsa-generated");
    post(
        REALM + "/components",
        Map.of(
            "name", "newer",
            "providerId", "rsa-generated",
            "providerType", "org.keycloak.keys.KeyProvider",
            "config", Map.of("priority", List.of("200"))));
    for (var component : former) {
      send(admin(REALM + "/components/" + component.get("id")).DELETE());
    }
  }

  private List<JSONObject> components(String type, String provider) throws ParseException {
    return JSONArrayUtils.parse(send(admin(REALM + "/components?type=" + type).GET()).body())
        .stream()
        .map(JSONObject.class::cast)
        .filter(component -> provider.equals(component.get("providerId")))
        .toList();
  }

  /** What the realm gives a person by the grant of a password, through a client. */
  JSONObject tokens(String client, String user, String scope) {
    return tokens("parley", client, user, user + "-password", scope);
  }

  private JSONObject tokens(
      String realm, String client, String user, String password, String scope) {
    var form =
        Map.of(
            "grant_type", "password",
            "client_id", client,
            "username", user,
            "password", password,
            "scope", scope);
    return parsed(
        send(
            request("/realms/%s/protocol/openid-connect/token".formatted(realm))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        form.entrySet().stream()
                            .map(field ->
                                field.getKey()
                                    + "="
                                    + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&"))))));
  }

  static HttpRequest.BodyPublisher form(Map<String, String> fields) {
    return BodyPublishers.ofString(
        fields.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&")));
  }

  /** A token that another realm gave. */
  String tokenOfAnotherRealm() {
    return text(tokens("master", "admin-cli", ADMIN, ADMIN, "openid"), "access_token");
  }

  static String text(JSONObject object, String key) {
    return String.valueOf(object.get(key));
  }

  private HttpResponse<String> post(String path, Object body) {
    return send(
        admin(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSONValue.toJSONString(body))));
  }

  private static String idIn(HttpResponse<String> created) {
    return created.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
  }

  private HttpRequest.Builder admin(String path) {
    return request(path).header("Authorization", "Bearer " + tokenOfAnotherRealm());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JSONObject parsed(HttpResponse<String> response) {
    try {
      return JSONObjectUtils.parse(response.body());
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
