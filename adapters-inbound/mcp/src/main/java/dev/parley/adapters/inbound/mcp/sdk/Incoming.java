package dev.parley.adapters.inbound.mcp.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client, read as <a href="https://www.jsonrpc.org/specification">JSON-RPC
 * 2.0</a>.
 */
public sealed interface Incoming {

  /** A request, to be answered. */
  record Request(JSONRPCRequest request) implements Incoming {}

  /** A notification, never answered. */
  record Notification(JSONRPCNotification notification) implements Incoming {}

  /**
   * What is no message.
   *
   * @param id the id of the request, where one could be read
   * @param error what to answer
   */
  record Refused(@Nullable Object id, JSONRPCError error) implements Incoming {}

  /** A response: Parley asks its client nothing, so it answers nothing. */
  record Unasked() implements Incoming {}

  /** Reads a message in UTF-8. */
  static Incoming read(byte[] text, ObjectMapper mapper) {
    Object json;
    try {
      json = mapper.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      return refused(
          null,
          McpSchema.ErrorCodes.PARSE_ERROR,
          "Parse error: this is not JSON (%s)".formatted(place(e)));
    } catch (IOException e) {
      return refused(null, McpSchema.ErrorCodes.PARSE_ERROR, "Parse error: this cannot be read");
    }
    return json instanceof Map<?, ?> object
        ? read(object)
        : refused(
            null,
            McpSchema.ErrorCodes.INVALID_REQUEST,
            "Invalid request: a message is one JSON object");
  }

  private static Incoming read(Map<?, ?> object) {
    var id = isId(object.get("id")) ? object.get("id") : null;
    if (!"2.0".equals(object.get("jsonrpc"))) {
      return invalid(id, "jsonrpc has to be \"2.0\"");
    }
    if (id == null && object.containsKey("id")) {
      return invalid(null, "id has to be a string or a whole number of at most 64 bits");
    }
    if (object.get("method") instanceof String method) {
      var params = object.get("params");
      if (params != null && !(params instanceof Map<?, ?>)) {
        return invalid(id, "params has to be an object");
      }
      return id == null
          ? new Notification(new JSONRPCNotification(McpSchema.JSONRPC_VERSION, method, params))
          : new Request(new JSONRPCRequest(McpSchema.JSONRPC_VERSION, method, id, params));
    }
    if (id != null && (object.containsKey("result") || object.containsKey("error"))) {
      return new Unasked();
    }
    return invalid(id, "a message has a method, or an id with a result or an error");
  }

  private static boolean isId(@Nullable Object id) {
    return id instanceof String || id instanceof Integer || id instanceof Long;
  }

  private static Incoming invalid(@Nullable Object id, String why) {
    return refused(id, McpSchema.ErrorCodes.INVALID_REQUEST, "Invalid request: " + why);
  }

  private static Refused refused(@Nullable Object id, int code, String message) {
    return new Refused(id, new JSONRPCError(code, message, null));
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null ? "no place known" : "column " + e.getLocation().getColumnNr();
  }
}
