package dev.parley.adapters.inbound.stdio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.ParamsRefused;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.inbound.mcp.Subscriptions;
import dev.parley.adapters.inbound.mcp.sdk.Incoming;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposables;

/**
 * MCP's <a
 * href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio">stdio
 * transport</a>: one JSON-RPC message a line. A bad line gets an error and reading goes on; at the
 * end of input what is in flight is finished and answered.
 */
final class StdioTransport {

  private static final Logger LOG = LoggerFactory.getLogger(StdioTransport.class);

  /** The longest line: the largest content with every character escaped, and room around it. */
  private static final int LONGEST_LINE = 8 * 1024 * 1024;

  private static final int BUFFERS = 4;

  /** How long what is in flight at the end of input may take. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  // The default pool of buffers is one per thread, and each call has a thread of its own.
  private final ObjectMapper objectMapper =
      JsonMapper.builder(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS)).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private final BoundedLines lines;
  private final Output out;
  private final SdkSession sdk;
  private final ToolCalls calls;
  private final Subscriptions subscriptions;
  private final OtherRequests otherRequests;
  private final Leadership leadership = new Leadership(this::readOn);
  private final Consumer<StdioTransport> onInitialized;
  private final Runnable onEnd;
  private final InFlight inFlight = new InFlight();
  private boolean initializeSeen;

  /**
   * Serves one client.
   *
   * @param onInitialized runs once the client says that it is ready
   */
  StdioTransport(
      InputStream in,
      OutputStream out,
      Catalogue catalogue,
      Requests requests,
      Consumer<StdioTransport> onInitialized) {
    this.lines = new BoundedLines(in, LONGEST_LINE);
    this.out = new Output(out, objectMapper);
    this.sdk = new SdkSession(objectMapper, this.out);
    this.calls = new ToolCalls(catalogue, inFlight, this.out);
    this.subscriptions = requests.subscriptions(this::updated);
    this.otherRequests = new OtherRequests(requests, subscriptions, inFlight, this.out);
    this.onInitialized = onInitialized;
    this.onEnd = catalogue::endWaits;
  }

  /** The session that a server is to be put on before this runs. */
  SdkSession sdk() {
    return sdk;
  }

  /** Reads and dispatches until the end of input, then finishes what is in flight. */
  void run() throws IOException, InterruptedException {
    leadership.run();
    onEnd.run();
    subscriptions.close();
    if (!inFlight.awaitNone(GRACE)) {
      LOG.warn(
          "{} calls were still running {} s after the end of input",
          inFlight.size(),
          GRACE.toSeconds());
    }
  }

  private boolean readOn() throws IOException {
    BoundedLines.Line line;
    var leads = true;
    while (leads && (line = lines.next()) != null) {
      if (line instanceof BoundedLines.Line.TooLong tooLong) {
        refuse(tooLong(tooLong.bytes()));
      } else if (line instanceof BoundedLines.Line.Whole whole && !isBlank(whole.bytes())) {
        leads = accept(Incoming.read(whole.bytes(), objectMapper));
      }
    }
    return leads;
  }

  private static Incoming.Refused tooLong(long bytes) {
    var message =
        "Parse error: a line has at most %,d bytes; this one has %,d"
            .formatted(LONGEST_LINE, bytes);
    return new Incoming.Refused(
        null, new JSONRPCError(McpSchema.ErrorCodes.PARSE_ERROR, message, null));
  }

  private static boolean isBlank(byte[] line) {
    for (var b : line) {
      if (b != ' ' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the thread that came with a line still leads. */
  private boolean accept(Incoming incoming) {
    // No pattern switch: before the first answer it would make the JVM generate classes.
    if (incoming instanceof Incoming.Request(var request)) {
      return request(request);
    }
    if (incoming instanceof Incoming.Refused refused) {
      refuse(refused);
    } else if (incoming instanceof Incoming.Notification(var notification)) {
      notification(notification);
    } else {
      LOG.debug("A response to nothing was ignored");
    }
    return true;
  }

  private boolean request(JSONRPCRequest request) {
    switch (request.method()) {
      // A client that speaks 2026-07-28 probes with this; any error makes it fall back to
      // initialize, and only a connection that was initialized takes channel events.
      case "server/discover" ->
          fail(request, McpSchema.ErrorCodes.METHOD_NOT_FOUND, "Method not found: server/discover");
      case McpSchema.METHOD_PING -> out.send(JSONRPCResponse.result(request.id(), Map.of()));
      case McpSchema.METHOD_INITIALIZE -> {
        initializeSeen = true;
        start(request);
      }
      default -> {
        if (initializeSeen) {
          sdk.open();
          if (request.method().equals(McpSchema.METHOD_TOOLS_CALL)) {
            return call(request);
          }
          start(request);
        } else {
          fail(
              request,
              McpSchema.ErrorCodes.INVALID_REQUEST,
              "Invalid request: the first request has to be initialize");
        }
      }
    }
    return true;
  }

  private void start(JSONRPCRequest request) {
    out.awaitHandingOver();
    if (Requests.include(request.method())) {
      otherRequests.start(request);
      return;
    }
    var cancellation = Disposables.swap();
    var entry = inFlight.enter(request.id(), cancellation::dispose);
    cancellation.update(sdk.handle(request).doFinally(_ -> entry.close()).subscribe());
  }

  /** A call that comes alone is answered by the thread that leads. */
  private boolean call(JSONRPCRequest request) {
    out.awaitHandingOver();
    var alone = inFlight.isEmpty() && !lines.hasBuffered();
    try {
      var call = calls.of(request.id(), request.params());
      if (alone) {
        return leadership.keptWhile(call::run);
      }
      call.start();
    } catch (ParamsRefused e) {
      fail(request, McpSchema.ErrorCodes.INVALID_PARAMS, "Invalid params: " + e.getMessage());
    }
    return true;
  }

  private void fail(JSONRPCRequest request, int code, String message) {
    out.send(JSONRPCResponse.error(request.id(), new JSONRPCError(code, message, null)));
  }

  private void notification(JSONRPCNotification notification) {
    switch (notification.method()) {
      case "notifications/cancelled" -> {
        if (notification.params() instanceof Map<?, ?> params) {
          inFlight.cancel(params.get("requestId"));
        }
      }
      case McpSchema.METHOD_NOTIFICATION_INITIALIZED -> {
        if (initializeSeen) {
          sdk.open();
          onInitialized.accept(this);
        }
      }
      default -> LOG.debug("Notification {} was ignored", notification.method());
    }
  }

  private void refuse(Incoming.Refused refused) {
    // MCP's schema leaves an unknown id out, where plain JSON-RPC has null.
    var answer = new LinkedHashMap<String, Object>();
    answer.put("jsonrpc", McpSchema.JSONRPC_VERSION);
    if (refused.id() != null) {
      answer.put("id", refused.id());
    }
    answer.put("error", refused.error());
    out.send(answer);
  }

  /** Pushes a notification to the client. */
  void push(String method, Object params) {
    out.send(new JSONRPCNotification(McpSchema.JSONRPC_VERSION, method, params));
  }

  private void updated(String uri) {
    push(McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED, Map.of("uri", uri));
  }
}
