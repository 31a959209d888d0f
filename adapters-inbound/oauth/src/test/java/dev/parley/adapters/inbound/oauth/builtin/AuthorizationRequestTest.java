package dev.parley.adapters.inbound.oauth.builtin;

import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.CALLBACK;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.answered;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.asking;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.encoded;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.find;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.text;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.ticket;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.unescaped;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in authorization requests lead nobody away, and are told. */
class AuthorizationRequestTest extends ServedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://client.example.com/cb/",
        "https://client.example.com/cb?x=1",
        "https://client.example.com:444/cb",
        "https://client.example.com.evil.example/cb",
        "https://client.example.com@evil.example/cb",
        "https://evil.example/cb",
        "http://client.example.com/cb",
        "//evil.example/cb",
        "javascript://client.example.com/%0aalert(1)",
        "https://client.example.com/cb\r\nSet-Cookie: a=b",
        "https://client.example.com/cb#fragment",
      })
  void a_place_that_the_client_did_not_register_is_never_linked(String redirectUri) {
    var query = asking(client.registered());
    query.put("redirect_uri", redirectUri);

    var page = client.authorize(query);

    assertMistake(page);
    assertThat(page.body()).doesNotContain("<a ", redirectUri);
  }

  @Test
  void a_client_that_nobody_knows_is_told_to_register() {
    var page = client.authorize(asking("nobody"));

    assertMistake(page);
    assertThat(page.body()).contains("register it anew").doesNotContain("<a ");
  }

  @Test
  void a_client_whose_document_cannot_be_had_is_told_why() {
    var page = client.authorize(asking("https://gone.example.com/client.json"));

    assertMistake(page);
    assertThat(page.body()).contains("could not be fetched").doesNotContain("<a ");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "response_type, null, invalid_request",
        "response_type, token, unsupported_response_type",
        "response_type, code id_token, unsupported_response_type",
        "response_mode, fragment, invalid_request",
        "response_mode, form_post, invalid_request",
        "code_challenge, null, invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM, invalid_request",
        "code_challenge_method, null, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, s256, invalid_request",
        "resource, https://other.example.com/mcp, invalid_target",
        "resource, https://parley.example.com, invalid_target",
        "resource, https://parley.example.com/mcp?x, invalid_target",
        "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
        "request_uri, https://client.example.com/r, request_uri_not_supported",
      })
  void a_mistake_of_a_known_client_is_told_by_a_link(String name, String value, String error) {
    var query = asking(client.registered());
    if (value == null) {
      query.remove(name);
    } else {
      query.put(name, value);
    }

    var page = client.authorize(query);

    assertMistake(page);
    var link = unescaped(find("<a href=\"(" + CALLBACK + "[^\"]*)\"", page).group(1));
    assertThat(link)
        .startsWith(CALLBACK + "?error=" + error + "&error_description=")
        .contains("&state=the+state&")
        .endsWith("iss=https%3A%2F%2Fparley.example.com");
    assertThat(page.body()).doesNotContain("name=\"ticket\"");
  }

  @Test
  void a_parameter_that_is_there_twice_is_refused() {
    var query = encoded(asking(client.registered()));

    for (var twice : List.of("client_id=other", "redirect_uri=x", "state=s", "code_challenge=c")) {
      var page = client.get("/authorize?" + query + "&" + twice);
      assertMistake(page);
      assertThat(page.body()).contains("more than once").doesNotContain("<a ");
    }
  }

  @Test
  void several_resources_are_allowed_when_each_is_this_server() {
    var query = encoded(asking(client.registered()));

    assertThat(
            client
                .get("/authorize?" + query + "&resource=HTTPS%3A%2F%2FParley.Example.com%2Fmcp%2F")
                .statusCode())
        .isEqualTo(200);
    assertMistake(
        client.get("/authorize?" + query + "&resource=https%3A%2F%2Fother.example.com%2Fmcp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource", "scope", "state", "prompt"})
  void what_may_be_absent_may_be_absent(String name) {
    var query = asking(client.registered());
    query.remove(name);

    assertThat(client.authorize(query).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "openid offline_access", "admin", "parley everything", "\u0000\""})
  void a_scope_that_nobody_knows_is_no_reason_to_refuse(String scope) {
    var id = client.registered();
    var query = asking(id);
    query.put("scope", scope);
    var form = OAuthClient.redeeming(client.code(query), id);

    assertThat(text(client.token(form), "scope")).isEqualTo("parley");
  }

  @Test
  void parameters_that_nobody_knows_are_ignored() {
    var query = asking(client.registered());
    query.put("prompt", "none");
    query.put("nonce", "n");
    query.put("max_age", "0");

    assertThat(client.authorize(query).statusCode()).isEqualTo(200);
  }

  @Test
  void a_client_with_one_place_need_not_name_it() {
    var query = asking(client.registered());
    query.remove("redirect_uri");
    var answer = client.decide(ticket(client.authorize(query)), OAuthServer.PASSPHRASE);

    assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith(CALLBACK + "?");
  }

  @Test
  void a_client_with_several_places_has_to_name_one() {
    var id = text(client.register("Two", CALLBACK, "https://client.example.com/2"), "client_id");
    var query = asking(id);
    query.remove("redirect_uri");

    assertMistake(client.authorize(query));
  }

  @Test
  void a_client_on_this_machine_may_listen_on_any_port() {
    var id = text(client.register("Local", "http://127.0.0.1/cb"), "client_id");
    var query = asking(id);
    query.put("redirect_uri", "http://127.0.0.1:50123/cb");
    var answer = client.decide(ticket(client.authorize(query)), OAuthServer.PASSPHRASE);

    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .startsWith("http://127.0.0.1:50123/cb?");
  }

  @Test
  void an_answer_keeps_the_query_of_the_redirect_uri() {
    var uri = "https://client.example.com/cb?tenant=a%26b";
    var query = asking(text(client.register("Query", uri), "client_id"));
    query.put("redirect_uri", uri);
    var answer = client.decide(ticket(client.authorize(query)), OAuthServer.PASSPHRASE);

    assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith(uri + "&");
    assertThat(answered(answer)).containsEntry("tenant", "a&b").containsKeys("code", "state");
  }

  @Test
  void a_state_comes_back_as_it_was() {
    var state = "a&b=c#d %41\r\nX: y\"'<>äöü😀";
    var query = asking(client.registered());
    query.put("state", state);
    var answer = client.decide(ticket(client.authorize(query)), OAuthServer.PASSPHRASE);

    assertThat(answered(answer)).containsEntry("state", state);
    assertThat(answer.headers().map()).doesNotContainKey("x");
  }

  @Test
  void other_methods_are_refused() {
    var request = client.request("/authorize?" + encoded(asking("any")));
    for (var method : List.of("PUT", "DELETE", "OPTIONS", "HEAD")) {
      var answer = client.send(request.method(method, BodyPublishers.noBody()));
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
    }
  }

  @Test
  void one_address_sees_60_pages_a_minute() {
    for (var n = 0; n < 60; n++) {
      assertThat(client.authorize(Map.of()).statusCode()).isEqualTo(400);
    }

    var refused = client.authorize(Map.of());
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    assertThat(client.from("192.0.2.2").authorize(Map.of()).statusCode()).isEqualTo(400);
    server.pass(Duration.ofMinutes(1));
    assertThat(client.authorize(Map.of()).statusCode()).isEqualTo(400);
  }

  private static void assertMistake(HttpResponse<String> page) {
    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.headers().firstValue("Location")).isEmpty();
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).contains("role=\"alert\"");
  }
}
