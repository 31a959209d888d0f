package dev.parley.adapters.inbound.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.inbound.mcp.sdk.Incoming;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one endpoint of MCP: finds out of which era a request is, and has that era answer. */
final class McpEndpoint implements HttpService {

  /** The deepest nesting of JSON that is read. */
  private static final int DEEPEST = 64;

  private final ObjectMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private final Catalogue catalogue;
  private final LegacyEra legacy;
  private final ModernEra modern;
  private final List<String> versions = new ArrayList<>();

  McpEndpoint(String version, Catalogue catalogue, Requests requests, KeepAlive keepAlive) {
    this.catalogue = catalogue;
    this.legacy = new LegacyEra(version, catalogue, requests, mapper, keepAlive);
    versions.add(ModernEra.VERSION);
    versions.addAll(legacy.versions());
    this.modern = new ModernEra(version, versions, catalogue, requests, mapper, keepAlive);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post(this::post).get(this::get).delete(this::delete).any(this::refuseMethod);
  }

  private void post(ServerRequest request, ServerResponse response) throws Exception {
    var body = RequestBody.of(request);
    var exchange = new Exchange(request, response, mapper, Incoming.read(body, mapper));
    if (exchange.message() instanceof Incoming.Refused refused) {
      exchange.refuse(Status.BAD_REQUEST_400, refused);
      return;
    }
    var era = eraOf(exchange);
    if (era == null) {
      refuseVersion(exchange);
    } else {
      era.post(exchange);
    }
  }

  /**
   * The era of a request, by what it carries; null when it names a version that nobody knows. A
   * request of which body and header disagree is the modern era's to refuse.
   */
  private @Nullable Era eraOf(Exchange exchange) {
    var inBody = exchange.versionInBody();
    var inHeader = exchange.header(Exchange.VERSION);
    if (inBody != null && inHeader != null && !inBody.equals(inHeader)) {
      return modern;
    }
    var asked = inBody == null ? inHeader : inBody;
    if (asked == null || legacy.versions().contains(asked)) {
      return legacy;
    }
    return asked.equals(ModernEra.VERSION) ? modern : null;
  }

  private void refuseVersion(Exchange exchange) {
    var inBody = exchange.versionInBody();
    var requested = inBody == null ? exchange.header(Exchange.VERSION) : inBody;
    exchange.fail(
        Status.BAD_REQUEST_400,
        -32022,
        "Unsupported protocol version: Parley speaks " + String.join(", ", versions),
        Map.of("supported", versions, "requested", String.valueOf(requested)));
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    if (!ModernEra.VERSION.equals(request.headers().first(Exchange.VERSION).orElse(""))) {
      legacy.listen(request, response);
    } else {
      refuseMethod(request, response);
    }
  }

  private void delete(ServerRequest request, ServerResponse response) {
    if (!ModernEra.VERSION.equals(request.headers().first(Exchange.VERSION).orElse(""))) {
      legacy.delete(request, response);
    } else {
      refuseMethod(request, response);
    }
  }

  private void refuseMethod(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.ALLOW, "POST, GET, DELETE");
    Refusals.send(
        response,
        Status.METHOD_NOT_ALLOWED_405,
        "this endpoint takes POST from every client, and GET and DELETE of sessions up to"
            + " protocol version 2025-11-25; found "
            + request.prologue().method().text());
  }

  int streams() {
    return legacy.streams() + modern.streams();
  }

  int sessions() {
    return legacy.sessions();
  }

  long pushes() {
    return legacy.pushes() + modern.pushes();
  }

  /** Ends what waits and what streams; what is in flight is still answered. */
  void end() {
    catalogue.endWaits();
    legacy.end();
    modern.end();
  }
}
