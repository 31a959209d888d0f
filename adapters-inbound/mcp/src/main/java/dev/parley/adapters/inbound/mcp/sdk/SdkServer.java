package dev.parley.adapters.inbound.mcp.sdk;

import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Tool;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.AsyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The protocol's handshake and the list of tools, served through the SDK. Calls and {@link
 * dev.parley.adapters.inbound.mcp.Requests other requests} are answered by the transport.
 */
public final class SdkServer {

  /** The capability by which a coding agent accepts pushed messages. */
  private static final String CHANNEL = "claude/channel";

  private SdkServer() {}

  /**
   * Starts serving on a transport of one session.
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
    serve(McpServer.async(transport), mapper, catalogue, version, pushed);
  }

  /** Starts serving on a transport of many sessions, which pushes no channel events. */
  public static void serve(
      McpStreamableServerTransportProvider transport,
      McpJsonMapper mapper,
      Catalogue catalogue,
      String version) {
    serve(McpServer.async(transport), mapper, catalogue, version, false);
  }

  private static void serve(
      AsyncSpecification<?> server,
      McpJsonMapper mapper,
      Catalogue catalogue,
      String version,
      boolean pushed) {
    var capabilities =
        ServerCapabilities.builder()
            .tools(false)
            .prompts(false)
            .resources(true, false)
            .completions();
    if (pushed) {
      capabilities.experimental(Map.of(CHANNEL, Map.of()));
    }
    var _ =
        server
            .jsonMapper(mapper)
            .jsonSchemaValidator(new NeverCalled())
            .serverInfo("parley", version)
            .instructions(catalogue.instructions(pushed))
            .capabilities(capabilities.build())
            .tools(catalogue.tools().stream().map(SdkServer::specify).toList())
            .build();
  }

  private static AsyncToolSpecification specify(Tool tool) {
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
        (_, _) -> Mono.error(new IllegalStateException("calls are answered by the transport")));
  }

  /** The SDK wants a validator of calls even where it gets none. */
  private static final class NeverCalled implements JsonSchemaValidator {
    @Override
    public ValidationResponse validate(Map<String, Object> schema, Object content) {
      throw new IllegalStateException("calls are answered by the transport");
    }
  }
}
