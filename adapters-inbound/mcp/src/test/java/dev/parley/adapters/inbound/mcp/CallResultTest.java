package dev.parley.adapters.inbound.mcp;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallResultTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static CallResult of(Answer answer) {
    var before = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{";
    return new CallResult(
        before.getBytes(StandardCharsets.UTF_8), answer, "}}\n".getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode result(CallResult message) throws IOException {
    return JSON.readTree(message.bytes()).path("result");
  }

  /** Every character that is escaped, and some before, over and behind the end of a piece. */
  static Stream<String> contents() {
    var all = IntStream.range(0, 256).mapToObj(Character::toString).collect(joining());
    return Stream.concat(
        Stream.of("", "plain", all, "\ud83d\ude00 \u20ac", "\n".repeat(10_000)),
        IntStream.range(4_080, 4_100).mapToObj(n -> "x".repeat(n) + "\\\"\u0001\u20ac" + all));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void the_json_stands_in_it_twice_as_it_is_and_as_text(String content) throws IOException {
    var json = JSON.writeValueAsString(JSON.createObjectNode().put("content", content));

    var result = result(of(Answer.of(json.getBytes(StandardCharsets.UTF_8))));

    assertThat(result.at("/content/0/text").asText()).isEqualTo(json);
    assertThat(result.path("structuredContent")).isEqualTo(JSON.readTree(json));
    assertThat(result.path("isError").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("contents")
  void an_error_is_text_only(String why) throws IOException {
    var result = result(of(Answer.failed(why)));

    assertThat(result.at("/content/0/text").asText()).isEqualTo(why);
    assertThat(result.path("isError").asBoolean()).isTrue();
    assertThat(result.has("structuredContent")).isFalse();
  }

  @Test
  void it_is_the_same_in_pieces_and_as_a_whole() throws IOException {
    var message = of(Answer.failed("\u20ac".repeat(3_000)));
    var pieces = new ByteArrayOutputStream();
    message.writeTo(pieces);

    assertThat(pieces.toByteArray()).isEqualTo(message.bytes());
  }
}
