package dev.parley.adapters.outbound.zulip.realm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request: its method, its path without {@code /api/v1}, and its parameters. */
record Call(String method, String path, Map<String, String> parameters) {

  static Map<String, String> form(String encoded) {
    var parameters = new HashMap<String, String>();
    for (var pair : encoded.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  boolean is(String aMethod, String aPath) {
    return method.equals(aMethod) && path.equals(aPath);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  Optional<JsonNode> json(String name) {
    return text(name).map(Call::parsed);
  }

  // Zulip takes what is no JSON for a plain text.
  private static JsonNode parsed(String value) {
    try {
      return Shapes.JSON.readTree(value);
    } catch (JsonProcessingException plain) {
      return Shapes.JSON.getNodeFactory().textNode(value);
    }
  }
}
