package dev.parley.adapters.inbound.oauth.builtin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.minidev.json.JSONObject;
import net.minidev.json.JSONValue;

/** A client of an authorization server, and the browser of its user, over HTTP. */
final class OAuthClient {

  static final String CALLBACK = "https://client.example.com/cb";

  /** The verifier and the challenge of RFC 7636, appendix B. */
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private String address = "192.0.2.1";

  OAuthClient(int port) {
    this.port = port;
  }

  /** The same client at another address. */
  OAuthClient from(String other) {
    var client = new OAuthClient(port);
    client.address = other;
    return client;
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(
          request.setHeader(OAuthServer.ADDRESS.defaultCase(), address).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  HttpResponse<String> get(String path) {
    return send(request(path));
  }

  HttpResponse<String> post(String path, Map<String, String> form) {
    return post(path, "application/x-www-form-urlencoded", encoded(form));
  }

  HttpResponse<String> post(String path, String type, String body) {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> register(String name, String... redirectUris) {
    var metadata = new JSONObject();
    metadata.put("client_name", name);
    metadata.put("redirect_uris", List.of(redirectUris));
    return post("/register", "application/json", metadata.toJSONString());
  }

  /** The id of a client that registers with the usual callback. */
  String registered() {
    return text(register("Test client", CALLBACK), "client_id");
  }

  /** An authorization request that is in order. */
  static Map<String, String> asking(String clientId) {
    var query = new LinkedHashMap<String, String>();
    query.put("response_type", "code");
    query.put("client_id", clientId);
    query.put("redirect_uri", CALLBACK);
    query.put("code_challenge", CHALLENGE);
    query.put("code_challenge_method", "S256");
    query.put("state", "the state");
    query.put("resource", OAuthServer.PUBLIC_URL + "/mcp");
    query.put("scope", "parley");
    return query;
  }

  HttpResponse<String> authorize(Map<String, String> query) {
    return get("/authorize?" + encoded(query));
  }

  /** The ticket of a page that asks. */
  static String ticket(HttpResponse<String> page) {
    var matcher = TICKET.matcher(page.body());
    if (!matcher.find()) {
      throw new AssertionError("no ticket in: " + page.statusCode() + " " + page.body());
    }
    return matcher.group(1);
  }

  HttpResponse<String> decide(String ticket, String passphrase) {
    return post("/authorize", Map.of("ticket", ticket, "passphrase", passphrase));
  }

  /** The code that a client gets when the owner allows its request. */
  String code(Map<String, String> query) {
    var answer = decide(ticket(authorize(query)), OAuthServer.PASSPHRASE);
    return code(answer);
  }

  /** The code in the URL to which the browser is sent. */
  static String code(HttpResponse<String> redirect) {
    return answered(redirect).getOrDefault("code", "none");
  }

  /** What a client finds in the URL to which the browser is sent. */
  static Map<String, String> answered(HttpResponse<String> redirect) {
    var location =
        redirect
            .headers()
            .firstValue("Location")
            .orElseThrow(() ->
                new AssertionError(redirect.statusCode() + " leads nowhere: " + redirect.body()));
    return decoded(URI.create(location).getRawQuery());
  }

  /** A token request for a code that is in order. */
  static Map<String, String> redeeming(String code, String clientId) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("client_id", clientId);
    form.put("redirect_uri", CALLBACK);
    form.put("code_verifier", VERIFIER);
    form.put("resource", OAuthServer.PUBLIC_URL + "/mcp");
    return form;
  }

  HttpResponse<String> token(Map<String, String> form) {
    return post("/token", form);
  }

  /** The tokens at the end of the whole flow. */
  HttpResponse<String> tokens(String clientId) {
    return token(redeeming(code(asking(clientId)), clientId));
  }

  HttpResponse<String> refresh(String refreshToken, String clientId) {
    return token(
        Map.of(
            "grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", clientId));
  }

  HttpResponse<String> call(String accessToken) {
    return send(
        request("/mcp")
            .header("Authorization", "Bearer " + accessToken)
            .POST(BodyPublishers.ofString("{}")));
  }

  static JSONObject json(HttpResponse<String> answer) {
    if (JSONValue.parse(answer.body()) instanceof JSONObject json) {
      return json;
    }
    throw new AssertionError("no JSON object: " + answer.statusCode() + " " + answer.body());
  }

  static String text(HttpResponse<String> answer, String member) {
    if (json(answer).get(member) instanceof String text) {
      return text;
    }
    throw new AssertionError("no " + member + " in " + answer.statusCode() + " " + answer.body());
  }

  static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> decoded(String query) {
    var decoded = new LinkedHashMap<String, String>();
    for (var pair : query.split("&", -1)) {
      var parts = pair.split("=", 2);
      decoded.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return decoded;
  }

  /** What a browser reads where HTML says this. */
  static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x60;", "`")
        .replace("&#x3D;", "=")
        .replace("&amp;", "&");
  }

  static Matcher find(String regex, HttpResponse<String> page) {
    var matcher = Pattern.compile(regex).matcher(page.body());
    if (!matcher.find()) {
      throw new AssertionError(regex + " is not in " + page.body());
    }
    return matcher;
  }
}
