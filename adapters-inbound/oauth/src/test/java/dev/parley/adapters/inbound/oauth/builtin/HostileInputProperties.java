package dev.parley.adapters.inbound.oauth.builtin;

import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.asking;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.encoded;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.redeeming;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever comes in, the answer is one of the client's mistakes, and never one of the server's. */
class HostileInputProperties {

  private static @Nullable OAuthServer server;
  private static String id = "";

  @BeforeContainer
  static void serve() throws IOException {
    var state = Files.createTempDirectory("hostile");
    server = new OAuthServer(state);
    id = new OAuthClient(server.port()).registered();
  }

  @AfterContainer
  static void stop() {
    server().close();
  }

  private static OAuthServer server() {
    if (server == null) {
      throw new IllegalStateException("not served");
    }
    return server;
  }

  @Property(tries = 300)
  void any_bytes_as_a_form(
      @ForAll("endpoints") String endpoint, @ForAll("types") String type, @ForAll byte[] body) {
    assertAnswered(post(endpoint, type, body));
  }

  @Property(tries = 300)
  void any_bytes_as_a_query(@ForAll byte[] bytes) {
    var line = new ByteArrayOutputStream();
    line.writeBytes(ascii("GET /authorize?"));
    for (var b : bytes) {
      line.write(b == ' ' || b == '\r' || b == '\n' ? '+' : b);
    }
    line.writeBytes(ascii(" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));

    assertAnswered(send(line.toByteArray()));
  }

  @Property(tries = 400)
  void a_request_in_order_with_one_thing_replaced(
      @ForAll("parameters") String name, @ForAll("values") String value) {
    var query = asking(id);
    query.put(name, value);
    assertAnswered(
        send(
            ascii(
                "GET /authorize?%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                    .formatted(encoded(query)))));

    var form = redeeming("code", id);
    form.put(name, value);
    for (var endpoint : new String[] {"/token", "/revoke", "/authorize"}) {
      assertAnswered(post(endpoint, FORM, ascii(encoded(form))));
    }
  }

  @Property(tries = 200)
  void any_text_as_a_passphrase_or_a_token(@ForAll String text) {
    var form = Map.of("ticket", text, "passphrase", text, "token", text, "client_id", id);

    assertAnswered(post("/authorize", FORM, ascii(encoded(form))));
    assertAnswered(post("/revoke", FORM, ascii(encoded(form))));
  }

  @Property(tries = 300)
  void any_json_to_register(@ForAll("json") String json) {
    assertAnswered(post("/register", "application/json", json.getBytes(StandardCharsets.UTF_8)));
  }

  private static final String FORM = "application/x-www-form-urlencoded";

  private static String post(String path, String type, byte[] body) {
    var request = new ByteArrayOutputStream();
    request.writeBytes(
        ascii(
            "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, type, body.length)));
    request.writeBytes(body);
    return send(request.toByteArray());
  }

  private static String send(byte[] request) {
    // No limit may hide what is behind it.
    server().pass(Duration.ofMinutes(10));
    return RawRequest.send(server().port(), request);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertAnswered(String answer) {
    assertThat(RawRequest.status(answer)).as(answer).isBetween(200, 499).isNotEqualTo(429);
    assertThat(answer).doesNotContain("Exception", "\tat ");
  }

  @Provide
  Arbitrary<String> endpoints() {
    return Arbitraries.of("/token", "/revoke", "/authorize", "/register");
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of(
        FORM,
        FORM + "; charset=utf-16",
        "application/json",
        "",
        ";",
        "multipart/form-data",
        "x/y;z");
  }

  @Provide
  Arbitrary<String> parameters() {
    var names = new ArrayList<>(asking("").keySet());
    names.addAll(redeeming("", "").keySet());
    names.addAll(java.util.List.of("refresh_token", "ticket", "passphrase", "request", "prompt"));
    return Arbitraries.of(names);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(50),
        Arbitraries.strings().withChars("%&=+;#?/\\\"'<>{}\0\r\n").ofMaxLength(20),
        Arbitraries.of(
            "https://",
            "https://[",
            "https://[::1",
            "https://a/%",
            "https://a/%zz",
            "http://[::1]:99999/",
            "refresh_token",
            "authorization_code",
            "a".repeat(2_000),
            "\ud800",
            "https://é.example/"));
  }

  @Provide
  Arbitrary<String> json() {
    var value =
        Arbitraries.of(
            "null",
            "1e999",
            "-0",
            "\"\"",
            "\"\\ud800\"",
            "[]",
            "{}",
            "[[]]",
            "true",
            "\"https://a/\"",
            "[\"https://a.example/cb\"]",
            "[\"\\u0000\"]",
            "{\"a\":1}",
            "\"" + "x".repeat(5_000) + "\"");
    return Combinators.combine(value, value, Arbitraries.strings().ofMaxLength(5))
        .as((name, uris, junk) ->
            "{\"client_name\":%s,\"redirect_uris\":%s}%s".formatted(name, uris, junk));
  }
}
