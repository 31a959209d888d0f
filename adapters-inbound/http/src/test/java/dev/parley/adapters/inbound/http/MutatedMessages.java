package dev.parley.adapters.inbound.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Sound messages of either era in which any member or element is another value, or is gone. */
final class MutatedMessages {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Begins a session of the legacy era. */
  static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"c","version":"1"}}}\
      """;

  private static final List<String> SOUND =
      List.of(
          sound("server/discover", ""),
          sound("tools/list", ""),
          sound("tools/call", "\"name\":\"test_simple_text\",\"arguments\":{}"),
          sound("tools/call", "\"name\":\"test_tool_with_progress\",\"arguments\":{}"),
          sound("prompts/get", "\"name\":\"test_simple_prompt\",\"arguments\":{}"),
          sound("resources/read", "\"uri\":\"test://static-text\""),
          sound(
              "completion/complete",
              "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}"),
          INITIALIZE,
          sound("notifications/cancelled", "\"requestId\":1"),
          sound("ping", ""));

  private MutatedMessages() {}

  private static String sound(String method, String params) {
    return """
    {"jsonrpc":"2.0","id":1,"method":"%s","params":{"_meta":{"progressToken":7,\
    "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
    "io.modelcontextprotocol/clientCapabilities":{}}%s}}\
    """
        .formatted(method, params.isEmpty() ? "" : "," + params);
  }

  static Arbitrary<String> any() {
    var mutations =
        Combinators.combine(Arbitraries.integers().between(0, 30), values())
            .as(Mutation::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(3);
    return Combinators.combine(Arbitraries.of(SOUND), mutations).as(MutatedMessages::mutated);
  }

  /** The place, counted in the order of the text, and what stands there from now on. */
  private record Mutation(int place, JsonNode value) {}

  private static Arbitrary<JsonNode> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40).map(TextNode::new),
        Arbitraries.of(
                "null",
                "true",
                "-1",
                "0",
                "1e400",
                "9223372036854775808",
                "[]",
                "{}",
                "[[[[1]]]]",
                "\"\"",
                "\"../../etc/passwd\"",
                "\"\\ud800\"",
                "\"\\u0000\"",
                "\"2025-11-25\"",
                "\"parley://topics/%zz\"",
                "{\"a\":{\"a\":{\"a\":null}}}",
                "0.1",
                "\"tools/list\"")
            .map(MutatedMessages::parsed));
  }

  private static String mutated(String sound, List<Mutation> mutations) {
    var message = parsed(sound);
    for (var mutation : mutations) {
      var places = new ArrayList<Runnable>();
      collect(message, mutation.value(), places);
      if (!places.isEmpty()) {
        places.get(mutation.place() % places.size()).run();
      }
    }
    return message.toString();
  }

  private static void collect(JsonNode node, JsonNode value, List<Runnable> places) {
    if (node instanceof ObjectNode object) {
      for (var name : (Iterable<String>) object::fieldNames) {
        places.add(() -> object.set(name, value));
        places.add(() -> object.remove(name));
        collect(object.get(name), value, places);
      }
    } else if (node instanceof ArrayNode array) {
      for (var i = 0; i < array.size(); i++) {
        var index = i;
        places.add(() -> array.set(index, value));
        collect(array.get(i), value, places);
      }
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
