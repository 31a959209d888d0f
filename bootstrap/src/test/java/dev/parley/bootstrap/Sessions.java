package dev.parley.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What an MCP client writes to a session, and what it reads. */
final class Sessions {

  static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      """;

  private Sessions() {}

  /** A whole session that calls one tool. */
  static String calling(String tool, String arguments) {
    return INITIALIZE
        + """
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"%s","arguments":%s}}
        """
            .formatted(tool, arguments);
  }

  /** The structured result of that one call. */
  static JsonNode result(String output) {
    return output
        .lines()
        .map(Sessions::parsed)
        .filter(message -> message.path("id").asInt() == 2)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no answer in: " + output))
        .path("result")
        .path("structuredContent");
  }

  static JsonNode parsed(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
