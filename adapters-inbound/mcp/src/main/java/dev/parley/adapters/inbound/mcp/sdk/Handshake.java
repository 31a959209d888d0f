package dev.parley.adapters.inbound.mcp.sdk;

import static dev.parley.adapters.inbound.mcp.sdk.ProtocolJson.put;

import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code initialize} and its answer, between plain values and the SDK's records. */
final class Handshake {

  private static final ClientCapabilities UNREAD = ClientCapabilities.builder().build();

  private Handshake() {}

  /**
   * The params of {@code initialize}. What is missing is empty, as the SDK has it. What a client
   * can do is not read: Parley asks its clients nothing.
   *
   * @throws io.modelcontextprotocol.spec.McpError when a field is of the wrong type
   */
  static InitializeRequest request(@Nullable Object params) {
    var fields = params == null ? Map.of() : object(params, "params");
    var client = object(fields.get("clientInfo"), "clientInfo");
    var _ = object(fields.get("capabilities"), "capabilities");
    return new InitializeRequest(
        text(fields, "protocolVersion"),
        UNREAD,
        new Implementation(text(client, "name"), null, text(client, "version"), null, null, null),
        null);
  }

  private static Map<?, ?> object(@Nullable Object found, String name) {
    if (found == null) {
      return Map.of();
    }
    if (found instanceof Map<?, ?> object) {
      return object;
    }
    throw CheckedParams.refused(name);
  }

  private static String text(Map<?, ?> within, String name) {
    var found = within.get(name);
    if (found == null) {
      return "";
    }
    if (found instanceof String text) {
      return text;
    }
    throw CheckedParams.refused(name);
  }

  static Map<String, Object> plain(InitializeResult result) {
    var json = new LinkedHashMap<String, Object>();
    json.put("protocolVersion", result.protocolVersion());
    json.put("capabilities", plain(result.capabilities()));
    json.put("serverInfo", plain(result.serverInfo()));
    put(json, "instructions", result.instructions());
    put(json, "_meta", result.meta());
    return json;
  }

  private static Map<String, Object> plain(ServerCapabilities can) {
    var json = new LinkedHashMap<String, Object>();
    if (can.completions() != null) {
      json.put("completions", Map.of());
    }
    put(json, "experimental", can.experimental());
    if (can.logging() != null) {
      json.put("logging", Map.of());
    }
    if (can.prompts() != null) {
      json.put("prompts", flags(null, can.prompts().listChanged()));
    }
    if (can.resources() != null) {
      json.put("resources", flags(can.resources().subscribe(), can.resources().listChanged()));
    }
    if (can.tools() != null) {
      json.put("tools", flags(null, can.tools().listChanged()));
    }
    put(json, "extensions", can.extensions());
    return json;
  }

  private static Map<String, Object> flags(
      @Nullable Boolean subscribe, @Nullable Boolean listChanged) {
    var json = new LinkedHashMap<String, Object>();
    put(json, "subscribe", subscribe);
    put(json, "listChanged", listChanged);
    return json;
  }

  private static Map<String, Object> plain(Implementation server) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", server.name());
    put(json, "title", server.title());
    json.put("version", server.version());
    put(json, "description", server.description());
    put(json, "icons", server.icons());
    put(json, "websiteUrl", server.websiteUrl());
    return json;
  }
}
