package dev.parley.adapters.inbound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.inbound.mcp.ParamsRefused;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.inbound.mcp.Subscriptions;
import io.helidon.http.Status;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The open streams of <a
 * href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">{@code
 * subscriptions/listen}</a>. Lists never change while Parley runs, so only updates of resources are
 * honoured.
 */
final class Listeners {

  /** As long as an access token lives. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Requests requests;
  private final ObjectMapper mapper;
  private final KeepAlive keepAlive;
  private final Set<LongStream> open = ConcurrentHashMap.newKeySet();
  private final LongAdder pushes = new LongAdder();
  private volatile boolean over;

  Listeners(Requests requests, ObjectMapper mapper, KeepAlive keepAlive) {
    this.requests = requests;
    this.mapper = mapper;
    this.keepAlive = keepAlive;
  }

  /** Serves one stream until its client closes it or the server stops. */
  void listen(Exchange exchange, JSONRPCRequest request) throws InterruptedException {
    if (!exchange.takesStream()) {
      exchange.fail(
          Status.NOT_ACCEPTABLE_406,
          ErrorCodes.INVALID_REQUEST,
          "Invalid request: the answer is a stream and needs Accept: text/event-stream",
          null);
      return;
    }
    var early = new EarlyUpdates(uri -> updated(request, uri));
    try (var subscriptions = requests.subscriptions(early::updated)) {
      var uris = subscribe(exchange, subscriptions);
      var stream = new LongStream(exchange.stream());
      open.add(stream);
      try {
        stream.send(json(acknowledged(request, uris)));
        early.sendTo(stream);
        if (over) {
          stream.end();
        }
        stream.hold(keepAlive, LONGEST, json(ended(request)));
      } finally {
        open.remove(stream);
      }
    }
  }

  private List<String> subscribe(Exchange exchange, Subscriptions subscriptions)
      throws InterruptedException {
    if (!(exchange.params().get("notifications") instanceof Map<?, ?> filter)) {
      throw refused("notifications has to be an object that says which notifications are wanted");
    }
    var uris = filter.get("resourceSubscriptions");
    if (uris == null) {
      return List.of();
    }
    if (!(uris instanceof List<?> list)) {
      throw refused("resourceSubscriptions has to be a list of URIs");
    }
    var honoured = new ArrayList<String>();
    for (var uri : list) {
      if (!(uri instanceof String text)) {
        throw refused("resourceSubscriptions has to be a list of URIs");
      }
      requests.answer("resources/subscribe", Map.of("uri", text), subscriptions);
      honoured.add(text);
    }
    return honoured;
  }

  private static ParamsRefused refused(String why) {
    return new ParamsRefused(why);
  }

  private static Map<String, Object> subscription(JSONRPCRequest request) {
    return Map.of("io.modelcontextprotocol/subscriptionId", request.id());
  }

  private static Map<String, Object> acknowledged(JSONRPCRequest request, List<String> uris) {
    var honoured = new LinkedHashMap<String, Object>();
    if (!uris.isEmpty()) {
      honoured.put("resourceSubscriptions", uris);
    }
    return notification(
        "notifications/subscriptions/acknowledged",
        Map.of("_meta", subscription(request), "notifications", honoured));
  }

  private byte[] updated(JSONRPCRequest request, String uri) {
    pushes.increment();
    return json(
        notification(
            "notifications/resources/updated", Map.of("_meta", subscription(request), "uri", uri)));
  }

  private static Map<String, Object> notification(String method, Map<String, Object> params) {
    return Map.of("jsonrpc", "2.0", "method", method, "params", params);
  }

  private static Map<String, Object> ended(JSONRPCRequest request) {
    return Exchange.result(
        request, Map.of("resultType", "complete", "_meta", subscription(request)));
  }

  private byte[] json(Object value) {
    return Exchange.json(mapper, value);
  }

  int streams() {
    return open.size();
  }

  long pushes() {
    return pushes.sum();
  }

  /** Ends every stream with its result. Clients that read nothing hold up nobody else. */
  void end() {
    over = true;
    open.forEach(LongStream::end);
  }
}
