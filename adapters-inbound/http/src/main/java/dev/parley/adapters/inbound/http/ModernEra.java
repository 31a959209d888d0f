package dev.parley.adapters.inbound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.inbound.mcp.CallRequest;
import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.ParamsRefused;
import dev.parley.adapters.inbound.mcp.RequestFailed;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.inbound.mcp.ResourceUnknown;
import dev.parley.adapters.inbound.mcp.Tool;
import dev.parley.adapters.inbound.mcp.sdk.Incoming;
import io.helidon.http.Status;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MCP 2026-07-28 over <a
 * href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">streamable
 * HTTP</a>: no sessions, every request says all there is to know.
 */
final class ModernEra implements Era {

  static final String VERSION = "2026-07-28";

  private static final String CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities";

  /** How long lists may be kept: they change with the configuration only, at the next start. */
  private static final int LISTS_TTL_MS = 60_000;

  private final List<String> versions;
  private final Catalogue catalogue;
  private final Requests requests;
  private final KeepAlive keepAlive;
  private final Listeners listeners;
  private final Map<String, Object> resultMeta;
  private final byte[] callMembers;

  /**
   * The era over some use cases.
   *
   * @param version what Parley calls itself to clients
   * @param versions every protocol version that is served, of both eras, the newest first
   */
  ModernEra(
      String version,
      List<String> versions,
      Catalogue catalogue,
      Requests requests,
      ObjectMapper mapper,
      KeepAlive keepAlive) {
    this.versions = List.copyOf(versions);
    this.catalogue = catalogue;
    this.requests = requests;
    this.keepAlive = keepAlive;
    this.listeners = new Listeners(requests, mapper, keepAlive);
    this.resultMeta =
        Map.of("io.modelcontextprotocol/serverInfo", Map.of("name", "parley", "version", version));
    this.callMembers =
        ascii(
            ",\"result\":{\"resultType\":\"complete\",\"_meta\":"
                + new String(Exchange.json(mapper, resultMeta), StandardCharsets.UTF_8)
                + ",");
  }

  @Override
  public void post(Exchange exchange) throws InterruptedException {
    if (!(exchange.message() instanceof Incoming.Request(var request))) {
      exchange.accept();
      return;
    }
    var mismatch = ModernHeaders.mismatch(exchange, request);
    if (mismatch != null) {
      exchange.fail(Status.BAD_REQUEST_400, -32020, mismatch, null);
    } else if (exchange.versionInBody() == null
        || !(exchange.meta().get(CAPABILITIES_KEY) instanceof Map<?, ?>)) {
      exchange.fail(
          Status.BAD_REQUEST_400,
          ErrorCodes.INVALID_PARAMS,
          "Invalid params: _meta has to have %s as a text and %s as an object"
              .formatted(Exchange.VERSION_KEY, CAPABILITIES_KEY),
          null);
    } else {
      answer(exchange, request);
    }
  }

  private void answer(Exchange exchange, JSONRPCRequest request) throws InterruptedException {
    try {
      switch (request.method()) {
        case "server/discover" -> exchange.send(cached(request, discovered(), LISTS_TTL_MS));
        case "tools/list" -> exchange.send(cached(request, tools(), LISTS_TTL_MS));
        case "tools/call" -> call(exchange, request);
        case "prompts/list", "resources/list", "resources/templates/list" ->
            exchange.send(cached(request, answered(request), LISTS_TTL_MS));
        case "resources/read" -> exchange.send(cached(request, answered(request), 0));
        case "prompts/get", "completion/complete" ->
            exchange.send(complete(request, answered(request)));
        case "subscriptions/listen" -> listeners.listen(exchange, request);
        default ->
            exchange.fail(
                Status.NOT_FOUND_404,
                ErrorCodes.METHOD_NOT_FOUND,
                "Method not found: " + request.method(),
                null);
      }
    } catch (ParamsRefused e) {
      exchange.fail(
          Status.OK_200, ErrorCodes.INVALID_PARAMS, "Invalid params: " + e.getMessage(), null);
    } catch (ResourceUnknown e) {
      exchange.fail(
          Status.OK_200,
          ErrorCodes.INVALID_PARAMS,
          "Invalid params: " + e.getMessage(),
          Map.of("uri", e.uri()));
    } catch (RequestFailed e) {
      exchange.fail(Status.OK_200, ErrorCodes.INTERNAL_ERROR, e.getMessage(), null);
    }
  }

  private Map<String, Object> answered(JSONRPCRequest request) throws InterruptedException {
    try (var none = requests.subscriptions(_ -> {})) {
      return requests.answer(request.method(), request.params(), none);
    }
  }

  private Map<String, Object> discovered() {
    return Map.of(
        "supportedVersions",
        versions,
        "capabilities",
        Map.of(
            "tools", Map.of(),
            "prompts", Map.of(),
            "resources", Map.of("subscribe", true),
            "completions", Map.of()),
        "instructions",
        catalogue.instructions(false));
  }

  private Map<String, Object> tools() {
    return Map.of("tools", catalogue.tools().stream().map(Tool::described).toList());
  }

  private void call(Exchange exchange, JSONRPCRequest request) {
    var called = CallRequest.of(catalogue, request.params());
    var missing = missing(exchange, called.tool());
    if (!missing.isEmpty()) {
      exchange.fail(
          Status.BAD_REQUEST_400,
          -32021,
          "Missing client capability: %s needs %s"
              .formatted(called.tool().name(), String.join(", ", missing.keySet())),
          Map.of("requiredCapabilities", missing));
      return;
    }
    var before = new ByteArrayOutputStream();
    before.writeBytes(ascii("{\"jsonrpc\":\"2.0\",\"id\":"));
    before.writeBytes(exchange.json(request.id()));
    before.writeBytes(callMembers);
    new ToolRun(exchange, called, before.toByteArray(), ascii("}}")).run(catalogue, keepAlive);
  }

  private static Map<String, Object> missing(Exchange exchange, Tool tool) {
    var missing = new LinkedHashMap<String, Object>();
    if (exchange.meta().get(CAPABILITIES_KEY) instanceof Map<?, ?> declared) {
      for (var need : tool.needs()) {
        if (!declared.containsKey(need)) {
          missing.put(need, Map.of());
        }
      }
    }
    return missing;
  }

  private Map<String, Object> cached(
      JSONRPCRequest request, Map<String, Object> result, int ttlMs) {
    var members = new LinkedHashMap<>(result);
    members.put("ttlMs", ttlMs);
    members.put("cacheScope", "private");
    return complete(request, members);
  }

  private Map<String, Object> complete(JSONRPCRequest request, Map<String, Object> result) {
    var members = new LinkedHashMap<String, Object>();
    members.put("resultType", "complete");
    members.putAll(result);
    members.put("_meta", resultMeta);
    return Exchange.result(request, members);
  }

  @Override
  public int streams() {
    return listeners.streams();
  }

  @Override
  public long pushes() {
    return listeners.pushes();
  }

  @Override
  public void end() {
    listeners.end();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
