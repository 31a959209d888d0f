package dev.parley.adapters.inbound.oauth.builtin;

import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.json;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest extends ServedTest {

  @Test
  void a_client_is_told_what_it_is_now() {
    var answer =
        client.post(
            "/register",
            "application/json",
            """
            {"client_name":"App","redirect_uris":["https://a.example/cb","cursor://a/cb"],
             "application_type":"native","token_endpoint_auth_method":"client_secret_basic",
             "grant_types":["client_credentials"],"response_types":["token"],"scope":"x",
             "contacts":["a@b"],"jwks":{"keys":[]},"unknown":{"deep":[1,2,3]}}
            """);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer))
        .containsOnlyKeys(
            "client_id",
            "client_id_issued_at",
            "client_name",
            "redirect_uris",
            "grant_types",
            "response_types",
            "token_endpoint_auth_method")
        .containsEntry("client_name", "App")
        .containsEntry("redirect_uris", List.of("https://a.example/cb", "cursor://a/cb"))
        .containsEntry("grant_types", List.of("authorization_code", "refresh_token"))
        .containsEntry("response_types", List.of("code"))
        .containsEntry("token_endpoint_auth_method", "none");
  }

  @Test
  void a_client_without_a_name_may_register() {
    var answer = register("{\"redirect_uris\":[\"https://a.example/cb\"]}");

    assertThat(text(answer, "client_name")).isEqualTo("a client without a name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"redirect_uris\":null}",
        "{\"redirect_uris\":[]}",
        "{\"redirect_uris\":\"https://a.example/cb\"}",
        "{\"redirect_uris\":[null]}",
        "{\"redirect_uris\":[7]}",
        "{\"redirect_uris\":[[\"https://a.example/cb\"]]}",
        "{\"redirect_uris\":[\"http://a.example/cb\"]}",
        "{\"redirect_uris\":[\"https://a.example/cb\",\"javascript://a/%0aalert(1)\"]}",
        "{\"redirect_uris\":[\"https://a.example/cb#f\"]}",
      })
  void places_where_no_answer_may_go_are_refused(String metadata) {
    assertError(register(metadata), 400, "invalid_redirect_uri");
  }

  @Test
  void more_than_20_places_are_refused() {
    var uris = String.join(",", Collections.nCopies(21, "\"https://a.example/cb\""));

    assertError(register("{\"redirect_uris\":[" + uris + "]}"), 400, "invalid_redirect_uri");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "\"text\"", "{", "{\"a\":}", "\u0000", "redirect_uris=x"})
  void a_body_that_is_no_json_object_is_refused(String body) {
    assertError(register(body), 400, "invalid_client_metadata");
  }

  @Test
  void deep_nesting_is_refused() {
    assertError(register("{\"a\":" + "[".repeat(60_000)), 400, "invalid_client_metadata");
    assertError(register("{\"a\":".repeat(12_000)), 400, "invalid_client_metadata");
  }

  @Test
  void a_body_has_at_most_64_kib() {
    assertError(register("{\"a\":\"" + "x".repeat(70_000) + "\"}"), 413, "invalid_request");
  }

  @Test
  void a_body_that_is_too_large_is_answered_before_its_end() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      var head = "POST /register HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n";
      var begun = head + ("1000\r\n" + "x".repeat(0x1000) + "\r\n").repeat(17);
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
      var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(status).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void one_address_registers_20_clients_a_minute() {
    for (var n = 0; n < 20; n++) {
      assertThat(client.register("App", "https://a.example/cb").statusCode()).isEqualTo(201);
    }

    var refused = client.register("App", "https://a.example/cb");
    assertError(refused, 429, "temporarily_unavailable");
    assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    assertThat(client.from("2001:db8::1").register("App", "https://a.example/cb").statusCode())
        .isEqualTo(201);
  }

  private HttpResponse<String> register(String metadata) {
    return client.post("/register", "application/json", metadata);
  }

  private static void assertError(HttpResponse<String> answer, int status, String error) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer))
        .containsOnlyKeys("error", "error_description")
        .containsEntry("error", error);
  }
}
