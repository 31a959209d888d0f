package dev.parley.adapters.inbound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.inbound.mcp.sdk.Incoming;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message that was posted, and the way to its answer. */
final class Exchange {

  static final HeaderName VERSION = HeaderNames.create("MCP-Protocol-Version");
  static final HeaderName SESSION = HeaderNames.create("Mcp-Session-Id");

  /** The key in {@code _meta} by which a request of the modern era names its version. */
  static final String VERSION_KEY = "io.modelcontextprotocol/protocolVersion";

  private final ServerRequest request;
  private final ServerResponse response;
  private final ObjectMapper mapper;
  private final Incoming message;

  Exchange(ServerRequest request, ServerResponse response, ObjectMapper mapper, Incoming message) {
    this.request = request;
    this.response = response;
    this.mapper = mapper;
    this.message = message;
  }

  Incoming message() {
    return message;
  }

  /** Who asks: a name that stays the same for one authorization; empty without authorization. */
  static String principal(ServerRequest request) {
    return request.context().get(Principal.class).map(Principal::getName).orElse("");
  }

  String principal() {
    return principal(request);
  }

  @Nullable String header(HeaderName name) {
    return request.headers().first(name).orElse(null);
  }

  /** The params of the request or notification; empty when there are none. */
  Map<?, ?> params() {
    Object params = null;
    if (message instanceof Incoming.Request(var asked)) {
      params = asked.params();
    } else if (message instanceof Incoming.Notification(var told)) {
      params = told.params();
    }
    return params instanceof Map<?, ?> fields ? fields : Map.of();
  }

  Map<?, ?> meta() {
    return params().get("_meta") instanceof Map<?, ?> meta ? meta : Map.of();
  }

  @Nullable String versionInBody() {
    return meta().get(VERSION_KEY) instanceof String version ? version : null;
  }

  /** Whether the client takes a stream; what it says it does not take is not sent. */
  boolean takesStream() {
    return request.headers().values(HeaderNames.ACCEPT).stream()
        .anyMatch(accepted -> accepted.contains("text/event-stream") || accepted.contains("*/*"));
  }

  EventStream stream() {
    return EventStream.open(response);
  }

  /** The JSON of a value. */
  byte[] json(Object value) {
    return json(mapper, value);
  }

  static byte[] json(ObjectMapper mapper, Object value) {
    try {
      // By way of a string: written as bytes, a lone surrogate in foreign content is an error.
      return mapper.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a message could not be written as JSON", e);
    }
  }

  void header(HeaderName name, String value) {
    response.header(name, value);
  }

  void send(Status status, byte[] json) {
    response.status(status).header(HeaderValues.CONTENT_TYPE_JSON).send(json);
  }

  void send(Object json) {
    send(Status.OK_200, json(json));
  }

  /** The message was taken and has no answer. */
  void accept() {
    response.status(Status.ACCEPTED_202).send();
  }

  /** The answer to a request that succeeded. */
  static Map<String, Object> result(JSONRPCRequest request, Object result) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", request.id());
    answer.put("result", result);
    return answer;
  }

  /** The answer to a request that failed. MCP leaves an unknown id out. */
  static Map<String, Object> error(
      @Nullable Object id, int code, @Nullable String message, @Nullable Object data) {
    var error = new LinkedHashMap<String, Object>();
    error.put("code", code);
    error.put("message", String.valueOf(message));
    if (data != null) {
      error.put("data", data);
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("jsonrpc", "2.0");
    if (id != null) {
      answer.put("id", id);
    }
    answer.put("error", error);
    return answer;
  }

  void fail(Status status, int code, @Nullable String why, @Nullable Object data) {
    var id = message instanceof Incoming.Request(var asked) ? asked.id() : null;
    send(status, json(error(id, code, why, data)));
  }

  void refuse(Status status, Incoming.Refused refused) {
    send(
        status, json(error(refused.id(), refused.error().code(), refused.error().message(), null)));
  }
}
