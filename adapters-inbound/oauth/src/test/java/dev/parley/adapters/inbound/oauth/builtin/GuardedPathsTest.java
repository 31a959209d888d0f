package dev.parley.adapters.inbound.oauth.builtin;

import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a path is written, what needs a token is not served without one. */
class GuardedPathsTest extends ServedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/mcp",
        "/mcp/",
        "/mcp/x",
        "/mcp?x=/health",
        "/mcp;x",
        "/mcp;x=/health",
        "//mcp",
        "///mcp",
        "/./mcp",
        "/x/../mcp",
        "/health/../mcp",
        "/%6dcp",
        "/%6D%63%70",
        "/MCP",
        "/Mcp",
        "/mcp%2f",
        "/mcp%2Fx",
        "/mcp%00",
        "/mcp%20",
        "/mcp.",
        "/.well-known/../mcp",
        "/.well-known/x/../../mcp",
        "/.well-known/%2e%2e/mcp",
        "/.well-known/..;/mcp",
        "/.well-known//../mcp",
        "/.well-known;/../mcp",
        "/.well-known/.%2e/mcp",
        "/.well-known\\..\\mcp",
        "/authorize/../mcp",
        "/authorize;/../mcp",
        "/token/%2e%2e/mcp",
        "/health;/../mcp",
        "/health/",
        "/health/x",
        "/health%2f..%2fmcp",
        "/",
        "/anything",
        "/metrics",
        "http://127.0.0.1/mcp",
        "http://127.0.0.1/health/../mcp",
        "mcp",
        "*",
      })
  void nothing_is_served_without_a_token(String path) {
    for (var method : new String[] {"GET", "POST", "DELETE", "OPTIONS", "HEAD", "PUT", "X"}) {
      var answer = RawRequest.send(server.port(), method + " " + path + " HTTP/1.1");

      assertThat(RawRequest.status(answer)).as(method + ": " + answer).isIn(400, 401, 0);
      assertThat(answer).doesNotContain("served to", "all is fine");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp", "/mcp/", "/%6dcp", "//mcp", "/./mcp", "/health/../mcp", "/mcp;x"})
  void a_token_lets_in_however_the_path_is_written(String path) {
    var token = text(client.tokens(client.registered()), "access_token");

    assertThat(
            RawRequest.send(
                server.port(), "GET " + path + " HTTP/1.1", "Authorization: Bearer " + token))
        .contains("served to");
  }

  @ParameterizedTest
  @CsvSource({
    "/.well-known/anything, 404",
    "/.well-known/openid-configuration/mcp, 404",
    "/.well-known/oauth-protected-resource, 200",
    "/health, 200",
    "/health?x, 200",
  })
  void what_is_public_needs_none(String path, int status) {
    assertThat(client.get(path).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer",
        "Authorization: Bearer ",
        "Authorization: Bearer x",
        "Authorization: bearer %00",
        "Authorization: Basic %s",
        "Authorization: %s",
        "Authorization: Bearer %s x",
        "Authorization: Bearer \"%s\"",
        "Proxy-Authorization: Bearer %s",
        "Cookie: access_token=%s",
        "X-Authorization: Bearer %s",
      })
  void a_token_that_is_not_where_it_belongs_is_not_looked_at(String header) {
    var token = text(client.tokens(client.registered()), "access_token");
    var answer = RawRequest.send(server.port(), "GET /mcp HTTP/1.1", header.replace("%s", token));

    assertThat(RawRequest.status(answer)).as(answer).isEqualTo(401);
    assertThat(answer).contains("WWW-Authenticate: Bearer resource_metadata=");
  }

  @Test
  void a_token_in_the_url_is_not_looked_at() {
    var token = text(client.tokens(client.registered()), "access_token");

    assertThat(client.get("/mcp?access_token=" + token).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
  void the_scheme_is_read_in_any_case(String scheme) {
    var token = text(client.tokens(client.registered()), "access_token");

    assertThat(
            RawRequest.send(
                server.port(),
                "GET /mcp HTTP/1.1",
                "Authorization: %s  %s ".formatted(scheme, token)))
        .contains("served to");
  }

  @Test
  void one_address_reads_metadata_300_times_a_minute() {
    for (var n = 0; n < 300; n++) {
      client.get("/.well-known/oauth-authorization-server");
    }

    assertThat(client.get("/.well-known/oauth-protected-resource/mcp").statusCode()).isEqualTo(429);
    assertThat(
            client.from("192.0.2.2").get("/.well-known/oauth-protected-resource/mcp").statusCode())
        .isEqualTo(200);
  }
}
