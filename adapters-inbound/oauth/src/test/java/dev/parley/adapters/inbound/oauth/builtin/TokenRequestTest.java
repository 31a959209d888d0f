package dev.parley.adapters.inbound.oauth.builtin;

import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.asking;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.encoded;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.json;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.redeeming;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for tokens, and for their end, that are not in order. */
class TokenRequestTest extends ServedTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "grant_type, null, invalid_request",
        "grant_type, password, unsupported_grant_type",
        "grant_type, client_credentials, unsupported_grant_type",
        "grant_type, '', invalid_request",
        "code, null, invalid_request",
        "code, invented, invalid_grant",
        "client_id, null, invalid_request",
        "redirect_uri, https://client.example.com/other, invalid_grant",
        "redirect_uri, http://evil.example/, invalid_grant",
        "code_verifier, null, invalid_request",
        "code_verifier, short, invalid_grant",
        "code_verifier, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl, invalid_grant",
        "resource, https://other.example.com/mcp, invalid_target",
      })
  void a_code_is_not_given_tokens_for(String name, String value, String error) {
    var id = client.registered();
    var form = redeeming(client.code(asking(id)), id);
    if (value == null) {
      form.remove(name);
    } else {
      form.put(name, value);
    }

    assertError(client.token(form), 400, error);
  }

  @Test
  void a_client_that_nobody_registered_is_told_to_register_anew() {
    var id = client.registered();
    var form = redeeming(client.code(asking(id)), id);
    form.put("client_id", "other");

    assertError(client.token(form), 401, "invalid_client");
    assertError(client.refresh("any", "other"), 401, "invalid_client");
  }

  @Test
  void the_challenge_is_no_verifier() {
    var id = client.registered();
    var form = redeeming(client.code(asking(id)), id);
    form.put("code_verifier", OAuthClient.CHALLENGE);

    assertError(client.token(form), 400, "invalid_grant");
  }

  @Test
  void a_client_of_oauth_2_1_does_not_repeat_the_redirect_uri() {
    var id = client.registered();
    var form = redeeming(client.code(asking(id)), id);
    form.remove("redirect_uri");
    form.remove("resource");

    assertThat(client.token(form).statusCode()).isEqualTo(200);
  }

  @Test
  void a_code_is_too_old_after_a_minute() {
    var id = client.registered();
    var form = redeeming(client.code(asking(id)), id);
    server.pass(Duration.ofSeconds(61));

    assertError(client.token(form), 400, "invalid_grant");
  }

  @Test
  void a_code_that_comes_twice_ends_what_came_of_it() {
    var id = client.registered();
    var form = redeeming(client.code(asking(id)), id);
    var tokens = client.token(form);

    assertError(client.token(form), 400, "invalid_grant");
    assertThat(client.call(text(tokens, "access_token")).statusCode()).isEqualTo(401);
  }

  @Test
  void a_stolen_code_is_of_no_use_to_another_client() {
    var id = client.registered();
    var code = client.code(asking(id));

    assertError(client.token(redeeming(code, client.registered())), 400, "invalid_grant");
    assertThat(client.token(redeeming(code, id)).statusCode()).isEqualTo(200);
  }

  @Test
  void a_refresh_token_is_of_no_use_to_another_client() {
    var id = client.registered();
    var refreshToken = text(client.tokens(id), "refresh_token");

    assertError(client.refresh(refreshToken, client.registered()), 400, "invalid_grant");
    assertThat(client.refresh(refreshToken, id).statusCode()).isEqualTo(200);
  }

  @Test
  void a_refresh_token_is_for_this_server_only() {
    var id = client.registered();
    var form = new HashMap<String, String>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", text(client.tokens(id), "refresh_token"));
    form.put("client_id", id);
    form.put("resource", "https://other.example.com/mcp");

    assertError(client.token(form), 400, "invalid_target");
    form.put("resource", "https://parley.example.com/mcp/");
    assertThat(client.token(form).statusCode()).isEqualTo(200);
  }

  @Test
  void an_access_token_is_no_refresh_token_and_no_code() {
    var id = client.registered();
    var tokens = client.tokens(id);

    assertError(client.refresh(text(tokens, "access_token"), id), 400, "invalid_grant");
    assertError(client.token(redeeming(text(tokens, "access_token"), id)), 400, "invalid_grant");
    assertThat(client.call(text(tokens, "refresh_token")).statusCode()).isEqualTo(401);
  }

  @Test
  void a_client_that_shows_a_secret_is_told_that_there_are_none() {
    for (var path : List.of("/token", "/revoke")) {
      var answer =
          client.send(
              client
                  .request(path)
                  .header("Authorization", "Basic Y2xpZW50OnNlY3JldA==")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("grant_type=authorization_code&code=c&token=t")));

      assertError(answer, 401, "invalid_client");
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Basic realm=");
    }
  }

  @Test
  void a_parameter_that_is_there_twice_is_refused() {
    var id = client.registered();
    var form = encoded(redeeming(client.code(asking(id)), id));

    assertError(
        client.post("/token", "application/x-www-form-urlencoded", form + "&client_id=other"),
        400,
        "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "application/x-www-form-urlencodedx",
        "multipart/form-data"
      })
  void a_body_that_is_no_form_is_refused(String type) {
    assertError(client.post("/token", type, "grant_type=refresh_token"), 400, "invalid_request");
    assertError(client.post("/revoke", type, "token=t"), 400, "invalid_request");
  }

  @Test
  void parameters_in_the_query_are_not_looked_at() {
    var id = client.registered();
    var query = encoded(redeeming(client.code(asking(id)), id));

    assertError(client.post("/token?" + query, Map.of()), 400, "invalid_request");
  }

  @Test
  void a_body_has_at_most_64_kib() {
    var form = Map.of("grant_type", "refresh_token", "refresh_token", "x".repeat(70_000));

    assertError(client.token(form), 413, "invalid_request");
  }

  @Test
  void other_methods_are_refused() {
    for (var path : List.of("/token", "/revoke", "/register")) {
      assertError(client.get(path), 405, "invalid_request");
      assertThat(client.get(path).headers().firstValue("Allow")).contains("POST");
    }
  }

  @Test
  void the_end_of_a_token_that_nobody_knows_is_the_end_that_was_asked_for() {
    var id = client.registered();

    assertThat(client.post("/revoke", Map.of("token", "x", "client_id", id)).statusCode())
        .isEqualTo(200);
    assertError(client.post("/revoke", Map.of("client_id", id)), 400, "invalid_request");
    assertError(client.post("/revoke", Map.of("token", "x")), 400, "invalid_request");
  }

  @Test
  void nobody_ends_what_another_client_was_given() {
    var tokens = client.tokens(client.registered());
    var other = client.registered();
    for (var token : List.of("access_token", "refresh_token")) {
      var form = Map.of("token", text(tokens, token), "client_id", other);
      assertThat(client.post("/revoke", form).statusCode()).isEqualTo(200);
    }

    assertThat(client.call(text(tokens, "access_token")).statusCode()).isEqualTo(200);
  }

  @Test
  void a_hint_of_the_wrong_kind_of_token_does_no_harm() {
    var id = client.registered();
    var tokens = client.tokens(id);
    var form =
        Map.of(
            "token",
            text(tokens, "access_token"),
            "token_type_hint",
            "refresh_token",
            "client_id",
            id);

    assertThat(client.post("/revoke", form).statusCode()).isEqualTo(200);
    assertThat(client.call(text(tokens, "access_token")).statusCode()).isEqualTo(401);
  }

  @Test
  void one_address_asks_120_times_a_minute() {
    for (var n = 0; n < 120; n++) {
      assertError(client.token(Map.of()), 400, "invalid_request");
    }

    assertError(client.token(Map.of()), 429, "temporarily_unavailable");
    server.pass(Duration.ofMinutes(1));
    assertError(client.token(Map.of()), 400, "invalid_request");
  }

  private static void assertError(HttpResponse<String> answer, int status, String error) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(json(answer))
        .containsOnlyKeys("error", "error_description")
        .containsEntry("error", error);
  }
}
