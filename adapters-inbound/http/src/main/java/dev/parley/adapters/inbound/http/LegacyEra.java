package dev.parley.adapters.inbound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.inbound.mcp.CallRequest;
import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.ParamsRefused;
import dev.parley.adapters.inbound.mcp.RequestFailed;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.inbound.mcp.ResourceUnknown;
import dev.parley.adapters.inbound.mcp.sdk.CheckedParams;
import dev.parley.adapters.inbound.mcp.sdk.Incoming;
import dev.parley.adapters.inbound.mcp.sdk.SdkServer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * MCP from 2025-03-26 to 2025-11-25: <a
 * href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http">sessions
 * over streamable HTTP</a>, through the SDK. A session belongs to the authorization it began under.
 */
final class LegacyEra implements Era {

  private static final Duration SWEEP = Duration.ofMinutes(1);

  /** Clients open the stream again by themselves; what comes in between waits for that. */
  private static final Duration LONGEST_LISTENING = Duration.ofMinutes(1);

  private static final byte[] BEFORE_ID = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final byte[] BEFORE_RESULT = ascii(",\"result\":{");
  private static final byte[] END = ascii("}}");

  private final Catalogue catalogue;
  private final Requests requests;
  private final ObjectMapper mapper;
  private final KeepAlive keepAlive;
  private final SdkSessions sdk;
  private final LegacySessions sessions = new LegacySessions();
  private final LongAdder pushes = new LongAdder();

  LegacyEra(
      String version,
      Catalogue catalogue,
      Requests requests,
      ObjectMapper mapper,
      KeepAlive keepAlive) {
    this.catalogue = catalogue;
    this.requests = requests;
    this.mapper = mapper;
    this.keepAlive = keepAlive;
    var checked = new CheckedParams(mapper);
    this.sdk = new SdkSessions(checked);
    SdkServer.serve(sdk, checked, catalogue, version);
    var _ = keepAlive.every(SWEEP, sessions::endIdle);
  }

  /** The protocol versions of this era, the newest first. */
  List<String> versions() {
    return sdk.protocolVersions().reversed();
  }

  @Override
  public void post(Exchange exchange) throws InterruptedException {
    if (exchange.message() instanceof Incoming.Request(var request)
        && request.method().equals(McpSchema.METHOD_INITIALIZE)) {
      initialize(exchange, request);
      return;
    }
    var session = session(exchange);
    if (session == null) {
      return;
    }
    if (exchange.message() instanceof Incoming.Request(var request)) {
      answer(exchange, request, session);
    } else {
      if (exchange.message() instanceof Incoming.Notification(var notification)) {
        notice(notification, session);
      }
      exchange.accept();
    }
  }

  private void initialize(Exchange exchange, JSONRPCRequest request) {
    try {
      var begun = sdk.begin(request);
      var session =
          new LegacySession(begun.session(), exchange.principal(), requests, this::updated);
      var result = begun.initResult().block();
      if (!sessions.add(session)) {
        session.close();
        exchange.header(HeaderNames.RETRY_AFTER, "60");
        exchange.fail(
            Status.SERVICE_UNAVAILABLE_503,
            ErrorCodes.INTERNAL_ERROR,
            "every session that this server can have is in use; try again later",
            null);
        return;
      }
      exchange.header(Exchange.SESSION, session.id());
      exchange.send(Exchange.result(request, result == null ? Map.of() : result));
    } catch (McpError e) {
      var error = e.getJsonRpcError();
      exchange.fail(Status.OK_200, error.code(), error.message(), error.data());
    }
  }

  /** The session of a message; null when there is none, which the client then knows. */
  private @Nullable LegacySession session(Exchange exchange) {
    var id = exchange.header(Exchange.SESSION);
    if (id == null) {
      exchange.fail(
          Status.BAD_REQUEST_400,
          ErrorCodes.INVALID_REQUEST,
          "Invalid request: begin with initialize, and then send the Mcp-Session-Id of its answer",
          null);
      return null;
    }
    var session = sessions.find(id, exchange.principal());
    if (session == null) {
      exchange.fail(
          Status.NOT_FOUND_404,
          ErrorCodes.INVALID_REQUEST,
          "there is no such session, or it ended; begin a new one with initialize",
          null);
    }
    return session;
  }

  private void answer(Exchange exchange, JSONRPCRequest request, LegacySession session)
      throws InterruptedException {
    try {
      if (request.method().equals(McpSchema.METHOD_TOOLS_CALL)) {
        call(exchange, request, session);
      } else if (Requests.include(request.method())) {
        exchange.send(
            Exchange.result(
                request,
                requests.answer(request.method(), request.params(), session.subscriptions())));
      } else {
        exchange.send(sdk.answer(session.sdk(), request));
      }
    } catch (ParamsRefused e) {
      exchange.fail(
          Status.OK_200, ErrorCodes.INVALID_PARAMS, "Invalid params: " + e.getMessage(), null);
    } catch (ResourceUnknown e) {
      exchange.fail(
          Status.OK_200,
          ErrorCodes.RESOURCE_NOT_FOUND,
          "Resource not found: " + e.getMessage(),
          Map.of("uri", e.uri()));
    } catch (RequestFailed e) {
      exchange.fail(Status.OK_200, ErrorCodes.INTERNAL_ERROR, e.getMessage(), null);
    }
  }

  private void call(Exchange exchange, JSONRPCRequest request, LegacySession session) {
    var call =
        new ToolRun(
            exchange,
            CallRequest.of(catalogue, request.params()),
            beginning(exchange.json(request.id())),
            END);
    session.enter(request.id(), call);
    try {
      call.run(catalogue, keepAlive);
    } finally {
      session.leave(request.id(), call);
      session.touch();
    }
  }

  private static byte[] beginning(byte[] id) {
    var beginning = new ByteArrayOutputStream();
    beginning.writeBytes(BEFORE_ID);
    beginning.writeBytes(id);
    beginning.writeBytes(BEFORE_RESULT);
    return beginning.toByteArray();
  }

  private static void notice(JSONRPCNotification notification, LegacySession session) {
    if (notification.method().equals("notifications/cancelled")) {
      if (notification.params() instanceof Map<?, ?> params) {
        session.cancel(params.get("requestId"));
      }
    } else {
      session.sdk().accept(notification).onErrorComplete().block();
    }
  }

  private byte[] updated(String uri) {
    pushes.increment();
    return Exchange.json(
        mapper,
        Map.of(
            "jsonrpc",
            "2.0",
            "method",
            McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED,
            "params",
            Map.of("uri", uri)));
  }

  /** GET: the stream of a session, for what nobody asked for. */
  void listen(ServerRequest request, ServerResponse response) throws InterruptedException {
    var accepted = request.headers().values(HeaderNames.ACCEPT);
    if (accepted.stream().noneMatch(type -> type.contains("text/event-stream"))) {
      Refusals.send(
          response,
          Status.NOT_ACCEPTABLE_406,
          "GET opens a stream of events: it needs Accept: text/event-stream");
      return;
    }
    var session = session(request, response);
    if (session != null) {
      var stream = new LongStream(EventStream.open(response));
      session.listenOn(stream);
      try {
        stream.hold(keepAlive, LONGEST_LISTENING, null);
      } finally {
        session.stopListening(stream);
        session.touch();
      }
    }
  }

  /** DELETE: the client ends its session. */
  void delete(ServerRequest request, ServerResponse response) {
    var session = session(request, response);
    if (session != null) {
      sessions.end(session.id());
      response.status(Status.NO_CONTENT_204).send();
    }
  }

  private @Nullable LegacySession session(ServerRequest request, ServerResponse response) {
    var id = request.headers().first(Exchange.SESSION);
    if (id.isEmpty()) {
      Refusals.send(
          response, Status.BAD_REQUEST_400, "the header Mcp-Session-Id has to name the session");
      return null;
    }
    var session = sessions.find(id.get(), Exchange.principal(request));
    if (session == null) {
      Refusals.send(
          response,
          Status.NOT_FOUND_404,
          "there is no such session, or it ended; begin a new one with initialize");
    }
    return session;
  }

  @Override
  public int streams() {
    return sessions.streams();
  }

  int sessions() {
    return sessions.count();
  }

  @Override
  public long pushes() {
    return pushes.sum();
  }

  @Override
  public void end() {
    sessions.endAll();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
