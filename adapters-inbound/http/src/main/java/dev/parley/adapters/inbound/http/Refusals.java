package dev.parley.adapters.inbound.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to requests that never became a message: one sentence each, and never a stack trace. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private static final String INTERNAL = "something failed inside Parley; its log says what";

  private Refusals() {}

  static void install(HttpRouting.Builder routing) {
    routing
        .error(
            HttpException.class,
            (_, response, e) -> {
              if (!e.keepAlive()) {
                response.header(HeaderValues.CONNECTION_CLOSE);
              }
              send(response, e.status(), String.valueOf(e.getMessage()));
            })
        .error(
            UncheckedIOException.class,
            (_, _, e) -> LOG.debug("A client is gone: {}", e.getMessage()))
        .error(
            Exception.class,
            (_, response, e) -> {
              LOG.error("A request could not be served", e);
              send(response, Status.INTERNAL_SERVER_ERROR_500, INTERNAL);
            });
  }

  /** Answers to what did not become a request either. */
  static DirectHandlers direct(long mostBytes) {
    var handlers = DirectHandlers.builder();
    for (var event : EventType.values()) {
      handlers.addHandler(
          event,
          (_, type, status, headers, _) ->
              TransportResponse.builder()
                  .status(status)
                  .headers(headers)
                  .header(HeaderValues.CONTENT_TYPE_JSON)
                  .keepAlive(false)
                  .entity(json(why(type, status, mostBytes)))
                  .build());
    }
    return handlers.build();
  }

  private static String why(EventType type, Status status, long mostBytes) {
    if (status.code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) {
      return "a body has at most %,d bytes".formatted(mostBytes);
    }
    return type == EventType.INTERNAL_ERROR
        ? INTERNAL
        : "a well-formed request of HTTP/1.1 is expected";
  }

  /** Answers with a JSON-RPC error without an id. */
  static void send(ServerResponse response, Status status, String why) {
    response.status(status).header(HeaderValues.CONTENT_TYPE_JSON).send(json(why));
  }

  private static byte[] json(String why) {
    var text = new StringBuilder("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"");
    for (var i = 0; i < why.length(); i++) {
      var c = why.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else {
        text.append(c < ' ' ? ' ' : c);
      }
    }
    return text.append("\"}}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
