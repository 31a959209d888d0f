package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.minidev.json.JSONObject;

/**
 * Alice at a browser: signs in, consents, and has her client take the code to the token endpoint.
 */
final class KeycloakLogin {

  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("name=\"code\" value=\"([^\"]+)\"");

  private final String endpoint;
  private final Map<String, String> cookies = new HashMap<>();

  KeycloakLogin(String issuer) {
    this.endpoint = issuer + "/protocol/openid-connect/";
  }

  JSONObject tokens(String client, String callback, String scope) throws ParseException {
    var verifier = new CodeVerifier();
    var asked =
        new AuthorizationRequest.Builder(ResponseType.CODE, new ClientID(client))
            .endpointURI(URI.create(endpoint + "auth"))
            .redirectionURI(URI.create(callback))
            .scope(Scope.parse(scope))
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .build();
    var code = code(asked.toURI(), callback);
    var answer =
        send(
            HttpRequest.newBuilder(URI.create(endpoint + "token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    KeycloakAdmin.form(
                        Map.of(
                            "grant_type",
                            "authorization_code",
                            "client_id",
                            client,
                            "code",
                            code.getValue(),
                            "redirect_uri",
                            callback,
                            "code_verifier",
                            verifier.getValue()))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSONObjectUtils.parse(answer.body());
  }

  private AuthorizationCode code(URI asked, String callback) throws ParseException {
    var page = send(HttpRequest.newBuilder(asked));
    var answer = submit(asked, page, Map.of("username", "alice", "password", "alice-password"));
    while (!location(answer).startsWith(callback)) {
      if (answer.statusCode() == 200) {
        var consent = CODE.matcher(answer.body());
        assertThat(consent.find()).as(answer.body()).isTrue();
        answer = submit(asked, answer, Map.of("code", consent.group(1), "accept", "Yes"));
      } else {
        answer = send(HttpRequest.newBuilder(URI.create(location(answer))));
      }
    }
    return AuthorizationResponse.parse(URI.create(location(answer)))
        .toSuccessResponse()
        .getAuthorizationCode();
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  private HttpResponse<String> submit(
      URI base, HttpResponse<String> page, Map<String, String> fields) {
    var action = ACTION.matcher(page.body());
    assertThat(action.find()).as(page.body()).isTrue();
    return send(
        HttpRequest.newBuilder(base.resolve(action.group(1).replace("&amp;", "&")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(KeycloakAdmin.form(fields)));
  }

  /** Keycloak's cookies are for HTTPS, yet browsers send them to a loopback address as well. */
  private HttpResponse<String> send(HttpRequest.Builder request) {
    request.header(
        "Cookie",
        cookies.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; ")));
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      for (var set : answer.headers().allValues("Set-Cookie")) {
        var end = set.indexOf(';');
        var cookie = end < 0 ? set : set.substring(0, end);
        var equals = cookie.indexOf('=');
        cookies.put(cookie.substring(0, equals), cookie.substring(equals + 1));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
