package dev.parley.adapters.inbound.stdio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of input, read as <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>. */
sealed interface Incoming {

  /** A message to be dispatched. */
  record Accepted(JSONRPCMessage message) implements Incoming {}

  /**
   * A line that is no message.
   *
   * @param id the id of the request, where one could be read
   * @param error what to answer
   */
  record Refused(@Nullable Object id, JSONRPCError error) implements Incoming {}

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
        ? read(object, mapper)
        : refused(
            null,
            McpSchema.ErrorCodes.INVALID_REQUEST,
            "Invalid request: a message is one JSON object a line");
  }

  private static Incoming read(Map<?, ?> object, ObjectMapper mapper) {
    var id = object.get("id");
    if (!"2.0".equals(object.get("jsonrpc"))) {
      return invalid(id, "jsonrpc has to be \"2.0\"");
    }
    if (object.containsKey("id") && !(id instanceof String) && !(id instanceof Number)) {
      return invalid(null, "id has to be a string or a number");
    }
    if (object.get("method") instanceof String method) {
      var params = object.get("params");
      if (params != null && !(params instanceof Map<?, ?>)) {
        return invalid(id, "params has to be an object");
      }
      return new Accepted(
          id == null
              ? new JSONRPCNotification(McpSchema.JSONRPC_VERSION, method, params)
              : new JSONRPCRequest(McpSchema.JSONRPC_VERSION, method, id, params));
    }
    if (id != null && (object.containsKey("result") || object.containsKey("error"))) {
      return new Accepted(
          new JSONRPCResponse(
              McpSchema.JSONRPC_VERSION,
              id,
              object.get("result"),
              mapper.convertValue(
                  object.get("error"), new TypeReference<@Nullable JSONRPCError>() {})));
    }
    return invalid(id, "a message has a method, or an id with a result or an error");
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
