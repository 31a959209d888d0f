package dev.parley.adapters.inbound.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The params of <a
 * href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools#calling-tools">{@code
 * tools/call}</a>, in a form that can be called.
 *
 * @param arguments as they came; the tool reads them strictly
 * @param progressToken what progress is told under; null when nobody asked for it
 */
public record CallRequest(Tool tool, Map<String, ?> arguments, @Nullable Object progressToken) {

  /**
   * Reads params.
   *
   * @throws ParamsRefused when they are not those of a call, or name no tool of the catalogue
   */
  public static CallRequest of(Catalogue catalogue, @Nullable Object params) {
    if (!(params instanceof Map<?, ?> fields)) {
      throw new ParamsRefused("params has to be an object with a name and arguments");
    }
    if (!(fields.get("name") instanceof String name)) {
      throw new ParamsRefused("name has to be the name of a tool");
    }
    var tool = catalogue.tool(name);
    if (tool == null) {
      throw new ParamsRefused(
          "there is no tool '%s'; the tools are %s"
              .formatted(Found.shorten(name), String.join(", ", catalogue.toolNames())));
    }
    return new CallRequest(
        tool,
        object(fields.get("arguments"), "arguments"),
        object(fields.get("_meta"), "_meta").get("progressToken"));
  }

  // JSON's names are texts, so a map read from JSON has no other keys.
  @SuppressWarnings("unchecked")
  private static Map<String, ?> object(@Nullable Object value, String name) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return (Map<String, ?>) map;
    }
    throw new ParamsRefused(name + " has to be an object");
  }
}
