package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.inbound.http.HttpServer.Options;
import dev.parley.adapters.inbound.mcp.FixtureRequests;
import dev.parley.adapters.inbound.mcp.FixtureTools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever is posted gets an answer of the protocol at once, and the server goes on. */
class CodecProperties {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static @Nullable HttpServer server;
  private static URI endpoint = URI.create("http://127.0.0.1");
  private static String session = "";

  @BeforeContainer
  static void start() throws IOException, InterruptedException {
    var nothing = new NothingAsked();
    server =
        new HttpServer(
            new Options("1", "127.0.0.1", 0, "http://127.0.0.1", List.of(), Optional.empty()),
            FixtureTools.catalogue(),
            new FixtureRequests(nothing, nothing, nothing),
            List.of());
    endpoint = URI.create("http://127.0.0.1:%d/mcp".formatted(server.start()));
    var begun = post(MutatedMessages.INITIALIZE.getBytes(StandardCharsets.UTF_8), "2025-11-25");
    session = begun.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  @AfterContainer
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Property(tries = 300)
  void any_bytes_get_a_refusal(@ForAll byte[] body) throws Exception {
    var answer = post(body, "2026-07-28");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertOfTheProtocol(answer);
  }

  @Property(tries = 1_500)
  void a_mutated_message_gets_an_answer(
      @ForAll("messages") String message, @ForAll("versions") String version) throws Exception {
    var answer = post(message.getBytes(StandardCharsets.UTF_8), version);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202, 400, 404);
    if (answer.statusCode() != 202) {
      assertOfTheProtocol(answer);
    }
  }

  @Provide
  Arbitrary<String> messages() {
    return MutatedMessages.any();
  }

  @Provide
  Arbitrary<String> versions() {
    return Arbitraries.of("2026-07-28", "2025-11-25", "2025-03-26", "1999-01-01", "nonsense");
  }

  /** Repeats in the headers what the body says, so that more than the headers is tried. */
  private static HttpResponse<String> post(byte[] body, String version)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", version)
            .POST(BodyPublishers.ofByteArray(body));
    if (!session.isEmpty()) {
      request.header("Mcp-Session-Id", session);
    }
    try {
      var message = MAPPER.readTree(body);
      repeat(request, "Mcp-Method", message.path("method").asText());
      var params = message.path("params");
      repeat(request, "Mcp-Name", params.path("name").asText(params.path("uri").asText()));
    } catch (IOException _) {
      // No message, so there is nothing to repeat.
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static void repeat(HttpRequest.Builder request, String header, String value) {
    if (!value.isBlank() && value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      request.header(header, value);
    }
  }

  private static void assertOfTheProtocol(HttpResponse<String> answer) throws IOException {
    var type = answer.headers().firstValue("Content-Type").orElse("");
    var body = answer.body();
    if (type.startsWith("text/event-stream")) {
      body = body.substring(body.lastIndexOf("data: ") + "data: ".length());
    }
    var json = MAPPER.readTree(body);
    assertThat(json.path("jsonrpc").asText()).as(answer.body()).isEqualTo("2.0");
    assertThat(json.has("result") || json.has("error")).as(answer.body()).isTrue();
    assertThat(json.path("error").path("code").asInt()).as(answer.body()).isNotEqualTo(-32603);
    assertThat(answer.body()).doesNotContain("Exception", "com.fasterxml", "\tat ");
  }
}
