package dev.parley.bootstrap.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A chat connector, and the browser of its user: all it knows at first is the endpoint's URL. */
final class Connector {

  static final String CALLBACK = "http://127.0.0.1/callback";

  /** The verifier and the challenge of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");
  private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String endpoint;
  private JsonNode server = JSON.createObjectNode();
  private String resource = "";
  private String clientId = "";
  private JsonNode tokens = JSON.createObjectNode();

  Connector(String endpoint) {
    this.endpoint = endpoint;
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  /** Follows the challenge to the metadata, and registers at the server that they name. */
  void discover() throws IOException, InterruptedException {
    var challenge = call("none").headers().firstValue("WWW-Authenticate").orElse("");
    var found = METADATA.matcher(challenge);
    if (!found.find()) {
      throw new AssertionError("no metadata in " + challenge);
    }
    var metadata = JSON.readTree(send(request(found.group(1))).body());
    resource = metadata.path("resource").asText();
    var issuer = metadata.at("/authorization_servers/0").asText();
    server =
        JSON.readTree(send(request(issuer + "/.well-known/oauth-authorization-server")).body());
    var registration =
        JSON.writeValueAsString(
            Map.of("client_name", "Connector", "redirect_uris", List.of(CALLBACK)));
    clientId =
        JSON.readTree(
                send(request(server.path("registration_endpoint").asText())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(registration)))
                    .body())
            .path("client_id")
            .asText();
  }

  String clientId() {
    return clientId;
  }

  /** Opens the consent page in the browser. */
  HttpResponse<String> authorize() throws IOException, InterruptedException {
    return open(
        server.path("authorization_endpoint").asText()
            + "?"
            + encoded(
                Map.of(
                    "response_type", "code",
                    "client_id", clientId,
                    "redirect_uri", CALLBACK,
                    "code_challenge", CHALLENGE,
                    "code_challenge_method", "S256",
                    "state", "s",
                    "resource", resource)));
  }

  HttpResponse<String> open(String url) throws IOException, InterruptedException {
    return send(request(url));
  }

  /** Answers the consent page as a browser does, which names the Origin of the page. */
  HttpResponse<String> decide(HttpResponse<String> page, String passphrase, String origin)
      throws IOException, InterruptedException {
    var ticket = TICKET.matcher(page.body());
    if (!ticket.find()) {
      throw new AssertionError("no ticket in " + page.body());
    }
    var form = Map.of("ticket", ticket.group(1), "passphrase", passphrase, "decision", "allow");
    return post(page.uri().resolve("/authorize").toString(), form, origin);
  }

  /** Takes the code of an answer to the endpoint for tokens. */
  void redeem(HttpResponse<String> allowed) throws IOException, InterruptedException {
    var location = URI.create(allowed.headers().firstValue("Location").orElseThrow());
    tokens =
        token(
            Map.of(
                "grant_type", "authorization_code",
                "code", parameters(location).getOrDefault("code", "none"),
                "client_id", clientId,
                "redirect_uri", CALLBACK,
                "code_verifier", VERIFIER,
                "resource", resource));
  }

  void refresh() throws IOException, InterruptedException {
    tokens =
        token(
            Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.path("refresh_token").asText(),
                "client_id",
                clientId,
                "resource",
                resource));
  }

  private JsonNode token(Map<String, String> form) throws IOException, InterruptedException {
    var answer = post(server.path("token_endpoint").asText(), form, "");
    var json = JSON.readTree(answer.body());
    if (!json.has("access_token")) {
      throw new AssertionError("no tokens: " + answer.statusCode() + " " + answer.body());
    }
    return json;
  }

  String accessToken() {
    return tokens.path("access_token").asText();
  }

  int revoke() throws IOException, InterruptedException {
    var form = Map.of("token", tokens.path("refresh_token").asText(), "client_id", clientId);
    return post(server.path("revocation_endpoint").asText(), form, "").statusCode();
  }

  /** Lists the tools of the server with a token. */
  HttpResponse<String> call(String token) throws IOException, InterruptedException {
    return send(
        request(endpoint)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/list")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{
                     "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                     "io.modelcontextprotocol/clientInfo":{"name":"connector","version":"1"},
                     "io.modelcontextprotocol/clientCapabilities":{}}}}\
                    """)));
  }

  private HttpResponse<String> post(String url, Map<String, String> form, String origin)
      throws IOException, InterruptedException {
    var request =
        request(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)));
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    return send(request);
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> parameters(URI uri) {
    var parameters = new HashMap<String, String>();
    for (var pair : uri.getRawQuery().split("&", -1)) {
      var parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }
}
