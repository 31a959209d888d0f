package dev.parley.adapters.inbound.oauth.builtin;

import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.CALLBACK;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.answered;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.asking;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.code;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.json;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.redeeming;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.text;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client and the owner go through, from the challenge to the end of the grant. */
class FlowTest extends ServedTest {

  @Test
  void a_request_without_a_token_is_led_to_the_metadata() {
    var refused = client.get("/mcp");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .contains(
            "Bearer"
                + " resource_metadata=\"https://parley.example.com/.well-known/oauth-protected-resource/mcp\","
                + " scope=\"parley\"");
  }

  @Test
  void the_metadata_of_the_resource_names_the_authorization_server() {
    for (var place :
        List.of(
            "/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource")) {
      var metadata = json(client.get(place));

      assertThat(metadata)
          .containsEntry("resource", "https://parley.example.com/mcp")
          .containsEntry("bearer_methods_supported", List.of("header"))
          .containsEntry("scopes_supported", List.of("parley"));
      assertThat(metadata.get("authorization_servers"))
          .isEqualTo(List.of("https://parley.example.com"));
    }
  }

  @Test
  void the_metadata_of_the_authorization_server_says_what_it_can_do() {
    var answer = client.get("/.well-known/oauth-authorization-server");

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json(answer))
        .containsEntry("issuer", "https://parley.example.com")
        .containsEntry("authorization_endpoint", "https://parley.example.com/authorize")
        .containsEntry("token_endpoint", "https://parley.example.com/token")
        .containsEntry("registration_endpoint", "https://parley.example.com/register")
        .containsEntry("revocation_endpoint", "https://parley.example.com/revoke")
        .containsEntry("code_challenge_methods_supported", List.of("S256"))
        .containsEntry("response_types_supported", List.of("code"))
        .containsEntry("grant_types_supported", List.of("authorization_code", "refresh_token"))
        .containsEntry("token_endpoint_auth_methods_supported", List.of("none"))
        .containsEntry("authorization_response_iss_parameter_supported", true)
        .containsEntry("client_id_metadata_document_supported", true);
  }

  @Test
  void it_does_not_pass_for_an_openid_provider() {
    assertThat(client.get("/.well-known/openid-configuration").statusCode()).isEqualTo(404);
  }

  @Test
  void whoever_the_owner_allows_gets_tokens_that_let_in() {
    var id = client.registered();
    var page = client.authorize(asking(id));
    assertThat(page.statusCode()).isEqualTo(200);

    var allowed = client.decide(ticket(page), OAuthServer.PASSPHRASE);
    assertThat(allowed.statusCode()).isEqualTo(303);
    assertThat(allowed.headers().firstValue("Location").orElseThrow()).startsWith(CALLBACK + "?");
    assertThat(answered(allowed))
        .containsOnlyKeys("code", "state", "iss")
        .containsEntry("state", "the state")
        .containsEntry("iss", "https://parley.example.com");

    var tokens = client.token(redeeming(code(allowed), id));
    assertThat(tokens.statusCode()).isEqualTo(200);
    assertThat(json(tokens))
        .containsOnlyKeys("access_token", "token_type", "expires_in", "refresh_token", "scope")
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", 3600)
        .containsEntry("scope", "parley");
    assertThat(client.call(text(tokens, "access_token")).body()).startsWith("served to ");
  }

  @Test
  void a_client_that_publishes_a_document_needs_no_registration() {
    var query = asking(OAuthServer.DOCUMENT);
    query.put("redirect_uri", "https://app.example.com/cb");
    var form = redeeming(client.code(query), OAuthServer.DOCUMENT);
    form.put("redirect_uri", "https://app.example.com/cb");

    assertThat(client.call(text(client.token(form), "access_token")).statusCode()).isEqualTo(200);
  }

  @Test
  void an_access_token_ends_after_an_hour_and_its_refresh_token_gives_another() {
    var id = client.registered();
    var first = client.tokens(id);
    var name = client.call(text(first, "access_token")).body();
    server.pass(Duration.ofHours(1));

    var refused = client.call(text(first, "access_token"));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"invalid_token\"", "resource_metadata=");

    var second = client.refresh(text(first, "refresh_token"), id);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(client.call(text(second, "access_token")).body()).isEqualTo(name);
  }

  @Test
  void tokens_and_clients_outlive_a_restart() {
    var id = client.registered();
    var tokens = client.tokens(id);
    server.restart();

    assertThat(client.call(text(tokens, "access_token")).statusCode()).isEqualTo(200);
    assertThat(client.refresh(text(tokens, "refresh_token"), id).statusCode()).isEqualTo(200);
    assertThat(client.authorize(asking(id)).statusCode()).isEqualTo(200);
  }

  @Test
  void a_revoked_grant_lets_nobody_in() {
    var id = client.registered();
    var tokens = client.tokens(id);

    var revoked =
        client.post("/revoke", Map.of("token", text(tokens, "refresh_token"), "client_id", id));

    assertThat(revoked.statusCode()).isEqualTo(200);
    assertThat(client.call(text(tokens, "access_token")).statusCode()).isEqualTo(401);
    assertThat(text(client.refresh(text(tokens, "refresh_token"), id), "error"))
        .isEqualTo("invalid_grant");
    server.restart();
    assertThat(client.call(text(tokens, "access_token")).statusCode()).isEqualTo(401);
  }

  @Test
  void a_stolen_refresh_token_ends_the_grant_of_thief_and_owner_alike() {
    var id = client.registered();
    var first = client.tokens(id);
    var second = client.refresh(text(first, "refresh_token"), id);
    server.pass(Duration.ofSeconds(31));

    assertThat(text(client.refresh(text(first, "refresh_token"), id), "error"))
        .isEqualTo("invalid_grant");
    assertThat(client.call(text(second, "access_token")).statusCode()).isEqualTo(401);
  }

  @Test
  void no_answer_with_a_secret_is_stored_or_referred() {
    var id = client.registered();
    var page = client.authorize(asking(id));
    var redirect = client.decide(ticket(page), OAuthServer.PASSPHRASE);
    var tokens = client.token(redeeming(code(redirect), id));
    var error = client.token(Map.of());

    for (HttpResponse<String> answer : List.of(page, redirect, tokens, error)) {
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }
    assertThat(redirect.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    // With no-referrer a browser would send the form with the Origin "null", which is refused.
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
  }

  @Test
  void what_another_feature_serves_to_everybody_needs_no_token() {
    assertThat(client.get("/health").body()).isEqualTo("all is fine");
  }
}
