package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.inbound.http.HttpServer.Options;
import dev.parley.adapters.inbound.http.RawHttp.Response;
import dev.parley.adapters.inbound.mcp.FixtureRequests;
import dev.parley.adapters.inbound.mcp.FixtureTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send: each gets one clear refusal, and the server goes on. */
class HostileRequestsTest {

  private static final String DISCOVER =
      """
      {"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{\
      "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientCapabilities":{}}}}\
      """;

  private static final String POST_CHUNKED =
      "POST /mcp HTTP/1.1\r\nHost: parley.test\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final NothingAsked nothing = new NothingAsked();
  private final HttpServer server =
      new HttpServer(
          new Options("1", "127.0.0.1", 0, "https://parley.test", List.of(), Optional.empty()),
          FixtureTools.catalogue(),
          new FixtureRequests(nothing, nothing, nothing),
          List.of());
  private int port;

  @BeforeEach
  void start() {
    port = server.start();
  }

  /** Whatever was sent before, the next client is served. */
  @AfterEach
  void goes_on() throws IOException {
    try (server) {
      var answer = exchange(discover());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("supportedVersions");
    }
  }

  private Response exchange(String request) throws IOException {
    try (var connection = new RawHttp(port)) {
      return connection.send(request).response();
    }
  }

  private static String post(String headers, String body) {
    return "POST /mcp HTTP/1.1\r\nHost: parley.test\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(headers, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  private static String discover() {
    return post(
        "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: server/discover\r\nAccept: */*\r\n",
        DISCOVER);
  }

  private static void assertRefused(Response answer, int status, String why) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(why);
    assertThat(answer.body()).doesNotContain("Exception", "\tat ", "io.helidon", "jackson");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "nonsense",
        "{\"jsonrpc\":\"2.0\"}",
        "{} {}",
        "\u0000",
        "{\"a\":1,}",
        "NaN",
        ""
      })
  void a_body_that_is_no_message_is_refused(String body) throws IOException {
    var answer = exchange(post("", body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).containsAnyOf("-32700", "-32600").doesNotContain("Exception");
  }

  @Test
  void a_batch_is_refused_since_no_version_that_is_served_has_them() throws IOException {
    assertRefused(exchange(post("", "[%s,%s]".formatted(DISCOVER, DISCOVER))), 400, "-32600");
  }

  @ParameterizedTest
  @CsvSource({"[,]", "{\"a\":,}"})
  void deep_nesting_is_refused(String open, String close) throws IOException {
    var body = open.repeat(100_000) + "1" + close.repeat(100_000);
    assertRefused(exchange(post("", body)), 400, "-32700");
  }

  @Test
  void a_number_of_a_million_digits_is_refused() throws IOException {
    var body =
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"ping\"}".formatted("9".repeat(1_000_000));
    assertRefused(exchange(post("", body)), 400, "-32700");
  }

  @Test
  void a_body_that_says_it_is_huge_is_refused_before_it_comes() throws IOException {
    assertRefused(
        exchange("POST /mcp HTTP/1.1\r\nHost: parley.test\r\nContent-Length: 99999999999\r\n\r\n"),
        413,
        "at most");
  }

  @Test
  void a_huge_body_in_chunks_is_refused_before_its_end() throws IOException {
    try (var connection = new RawHttp(port)) {
      connection.send(POST_CHUNKED);
      var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      for (var i = 0; i < 129; i++) {
        connection.send(chunk);
      }
      assertRefused(connection.response(), 413, "at most");
      assertThat(connection.isClosed()).as("the rest is not waited for").isTrue();
    }
  }

  @Test
  void one_huge_chunk_takes_no_memory() throws IOException {
    try (var connection = new RawHttp(port)) {
      connection.send(POST_CHUNKED + "7fffffff\r\nx");
      assertRefused(connection.response(), 413, "at most");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: parley.test.evil.example",
        "Host: parley.test@evil.example",
        "Host: ",
        "Host: parley.test\r\nOrigin: https://evil.example",
        "Host: parley.test\r\nOrigin: null",
        "Host: parley.test\r\nOrigin: https://parley.test\r\nOrigin: https://evil.example"
      })
  void another_sites_requests_are_refused(String headers) throws IOException {
    var answer =
        exchange("POST /mcp HTTP/1.1\r\n%s\r\nContent-Length: 2\r\n\r\n{}".formatted(headers));
    assertThat(answer.status()).as(answer.body()).isIn(400, 403);
    assertThat(answer.body()).isNotEmpty().doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: +4",
        "Content-Length: -1",
        "Content-Length: 4, 5",
        "Content-Length: 0x4",
        "Content-Length : 4",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\u000bchunked",
        " Transfer-Encoding: chunked",
        "X: a\r\n Transfer-Encoding: chunked",
        "X: a\nTransfer-Encoding: chunked"
      })
  void a_request_cannot_hide_another_one(String headers) throws IOException {
    try (var connection = new RawHttp(port)) {
      connection.send(
          "POST /mcp HTTP/1.1\r\nHost: parley.test\r\n%s\r\n\r\n0\r\n\r\n%s"
              .formatted(headers, "GET /hidden HTTP/1.1\r\nHost: parley.test\r\n\r\n"));
      var statuses = new ArrayList<Integer>();
      try {
        while (true) {
          statuses.add(connection.response().status());
        }
      } catch (IOException _) {
        // Closed, or waiting for what this test does not send.
      }
      assertThat(statuses).as("a hidden request would be a 404").doesNotContain(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET\r\n\r\n",
        "GET /mcp\r\n\r\n",
        "GET /mcp HTTP/9.9\r\nHost: parley.test\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: parley.test\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\nHost: parley.test\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
      })
  void what_is_no_http_is_refused(String bytes) throws IOException {
    try (var connection = new RawHttp(port)) {
      connection.send(bytes.getBytes(StandardCharsets.ISO_8859_1)).endOutput();
      var answer = connection.response();
      assertThat(answer.status()).isBetween(400, 505);
      assertThat(answer.body()).contains("well-formed").doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  void a_head_without_end_is_refused() throws IOException {
    try (var connection = new RawHttp(port)) {
      connection.send("GET /mcp HTTP/1.1\r\nHost: parley.test\r\n");
      connection.send("X-Filler: %s\r\n".formatted("x".repeat(100_000)));
      assertThat(connection.response().status()).isIn(400, 431);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "TRACE", "OPTIONS", "HEAD", "BREW"})
  void other_methods_are_refused(String method) throws IOException {
    try (var connection = new RawHttp(port)) {
      connection.send(
          "%s /mcp HTTP/1.1\r\nHost: parley.test\r\nMCP-Protocol-Version: 2026-07-28\r\n\r\n"
              .formatted(method));
      var answer = connection.head();
      assertThat(answer.status()).isIn(405, 501);
    }
  }

  @Test
  void a_header_that_contradicts_the_body_is_refused() throws IOException {
    var request = discover().replace("Mcp-Method: server/discover", "Mcp-Method: tools/list");
    assertRefused(exchange(request), 400, "-32020");
  }

  @Test
  void a_version_that_nobody_knows_is_answered_with_those_that_are_served() throws IOException {
    var answer = exchange(discover().replace("2026-07-28", "2031-01-01"));
    assertRefused(answer, 400, "-32022");
    assertThat(answer.body()).contains("2026-07-28", "2025-11-25", "2025-03-26");
  }

  @Test
  void a_text_in_a_refusal_cannot_break_its_json() throws IOException {
    var answer = exchange(discover().replace("Mcp-Method: server/discover", "Mcp-Method: a\"b\\c"));
    assertRefused(answer, 400, "a\\\"b\\\\c");
  }
}
