package dev.parley.adapters.inbound.mcp.sdk;

import dev.parley.adapters.inbound.mcp.Answer;
import dev.parley.adapters.inbound.mcp.Call;
import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Tool;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Serves the catalogue through the SDK: every call runs on a virtual thread of its own. */
public final class SdkServer {

  /** The capability by which a coding agent accepts pushed messages. */
  private static final String CHANNEL = "claude/channel";

  private final Catalogue catalogue;

  private SdkServer(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Starts serving on a transport.
   *
   * @param version what Parley calls itself to clients
   * @param pushed whether the transport pushes channel events
   */
  public static void serve(
      McpServerTransportProvider transport,
      McpJsonMapper mapper,
      Catalogue catalogue,
      String version,
      boolean pushed) {
    var server = new SdkServer(catalogue);
    var capabilities = ServerCapabilities.builder().tools(false);
    if (pushed) {
      capabilities.experimental(Map.of(CHANNEL, Map.of()));
    }
    var _ =
        McpServer.async(transport)
            .jsonMapper(mapper)
            .jsonSchemaValidator(new CheckedByCatalogue())
            .validateToolInputs(false)
            .serverInfo("parley", version)
            .instructions(catalogue.instructions(pushed))
            .capabilities(capabilities.build())
            .tools(catalogue.tools().stream().map(server::specify).toList())
            .build();
  }

  private AsyncToolSpecification specify(Tool tool) {
    var hints = tool.hints();
    var described =
        McpSchema.Tool.builder(tool.name(), tool.inputSchema())
            .title(tool.title())
            .description(tool.description())
            .outputSchema(tool.outputSchema())
            .annotations(
                ToolAnnotations.builder()
                    .title(tool.title())
                    .readOnlyHint(hints.readOnly())
                    .destructiveHint(false)
                    .idempotentHint(hints.idempotent())
                    .openWorldHint(true)
                    .build())
            .build();
    return new AsyncToolSpecification(
        described,
        (exchange, request) -> Mono.create(sink -> start(tool, exchange, request, sink)));
  }

  private void start(
      Tool tool,
      McpAsyncServerExchange exchange,
      CallToolRequest request,
      MonoSink<CallToolResult> sink) {
    var thread =
        Thread.ofVirtual()
            .name(tool.name())
            .unstarted(() -> sink.success(call(tool, exchange, request)));
    if (tool.abandonable()) {
      sink.onCancel(thread::interrupt);
    }
    thread.start();
  }

  private @Nullable CallToolResult call(
      Tool tool, McpAsyncServerExchange exchange, CallToolRequest request) {
    Map<String, Object> arguments = request.arguments() == null ? Map.of() : request.arguments();
    try {
      return resultOf(catalogue.call(tool, arguments, new SdkCall(exchange, request)));
    } catch (InterruptedException _) {
      return null; // Cancelled: by the protocol there is no answer.
    }
  }

  private static CallToolResult resultOf(Answer answer) {
    var content = List.<McpSchema.Content>of(TextContent.builder(answer.text()).build());
    return new CallToolResult(
        content, answer.error(), answer.error() ? null : new StructuredResult(answer), null);
  }

  private static final class SdkCall implements Call {

    private final McpAsyncServerExchange exchange;
    private final @Nullable Object progressToken;

    SdkCall(McpAsyncServerExchange exchange, CallToolRequest request) {
      this.exchange = exchange;
      this.progressToken = request.progressToken();
    }

    @Override
    public void progress(Duration passed) {
      if (progressToken != null) {
        exchange
            .progressNotification(
                ProgressNotification.builder(progressToken, passed.toMillis() / 1000.0)
                    .message("waiting")
                    .build())
            .onErrorComplete()
            .block();
      }
    }
  }

  /** The catalogue reads arguments strictly and writes results by its own schemas. */
  private static final class CheckedByCatalogue implements JsonSchemaValidator {
    @Override
    public ValidationResponse validate(Map<String, Object> schema, Object content) {
      return ValidationResponse.asValid(null);
    }
  }
}
