package dev.parley.adapters.inbound.mcp.sdk;

import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages that every session begins with, as maps and plain values. For the SDK's own records
 * a mapper reads annotations, for which the JVM generates classes while the first answer waits.
 */
public final class ProtocolJson {

  private ProtocolJson() {}

  /** What a mapper is to write for a message; what is not known here stays as it is. */
  public static Object plain(Object message) {
    // No pattern switch: before the first answer it would make the JVM generate classes.
    if (message instanceof JSONRPCResponse response) {
      return plain(response);
    }
    if (message instanceof JSONRPCNotification notification) {
      return plain(notification);
    }
    return message instanceof InitializeResult result ? Handshake.plain(result) : message;
  }

  private static Map<String, Object> plain(JSONRPCResponse response) {
    var json = new LinkedHashMap<String, Object>();
    json.put("jsonrpc", response.jsonrpc());
    put(json, "id", response.id());
    put(json, "result", response.result() == null ? null : plain(response.result()));
    put(json, "error", response.error() == null ? null : plain(response.error()));
    return json;
  }

  private static Map<String, Object> plain(JSONRPCError error) {
    var json = new LinkedHashMap<String, Object>();
    json.put("code", error.code());
    put(json, "message", error.message());
    put(json, "data", error.data());
    return json;
  }

  private static Map<String, Object> plain(JSONRPCNotification notification) {
    var json = new LinkedHashMap<String, Object>();
    json.put("jsonrpc", notification.jsonrpc());
    json.put("method", notification.method());
    put(json, "params", notification.params());
    return json;
  }

  /** A field, unless there is nothing in it. */
  static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
