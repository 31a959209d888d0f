package dev.parley.adapters.inbound.stdio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of input, read as <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>. */
sealed interface Incoming {

  /** A request, to be answered. */
  record Request(JSONRPCRequest request) implements Incoming {}

  /** A notification, never answered. */
  record Notification(JSONRPCNotification notification) implements Incoming {}

  /**
   * A line that is no message.
   *
   * @param id the id of the request, where one could be read
   * @param error what to answer
   */
  record Refused(@Nullable Object id, JSONRPCError error) implements Incoming {}

  /** A response: Parley asks its client nothing, so it answers nothing. */
  record Unasked() implements Incoming {}

  /** Reads a line. */
  static Incoming read(byte[] line, ObjectMapper mapper) {
    Object json;
    try {
      json = mapper.readValue(line, Object.class);
    } catch (JsonProcessingException e) {
      return refused(
          null,
          McpSchema.ErrorCodes.PARSE_ERROR,
          "Parse error: this line is not JSON (%s)".formatted(place(e)));
    } catch (IOException e) {
      return refused(
          null, McpSchema.ErrorCodes.PARSE_ERROR, "Parse error: this line cannot be read");
    }
    return json instanceof Map<?, ?> object
        ? read(object)
        : refused(
            null,
            McpSchema.ErrorCodes.INVALID_REQUEST,
            "Invalid request: a message is one JSON object a line");
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

  /** The answer to a line that was too long to be kept. */
  static Refused tooLong(long bytes, int mostBytes) {
    return refused(
        null,
        McpSchema.ErrorCodes.PARSE_ERROR,
        "Parse error: a line has at most %,d bytes; this one has %,d".formatted(mostBytes, bytes));
  }

  private static Refused refused(@Nullable Object id, int code, String message) {
    return new Refused(id, new JSONRPCError(code, message, null));
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null ? "no place known" : "column " + e.getLocation().getColumnNr();
  }
}
