package dev.parley.adapters.inbound.http;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerSession.McpStreamableServerSessionInit;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The SDK's end of the legacy era: it makes sessions, and answers what needs no use case. */
final class SdkSessions implements McpStreamableServerTransportProvider {

  private final McpJsonMapper mapper;
  private McpStreamableServerSession.@Nullable Factory factory;

  SdkSessions(McpJsonMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public void setSessionFactory(McpStreamableServerSession.Factory sessionFactory) {
    factory = sessionFactory;
  }

  /**
   * Begins a session.
   *
   * @throws McpError when the params are not those of {@code initialize}
   */
  McpStreamableServerSessionInit begin(JSONRPCRequest initialize) {
    if (factory == null) {
      throw new IllegalStateException("a session began before a server was put on its transport");
    }
    if (initialize.params() == null) {
      throw McpError.builder(ErrorCodes.INVALID_PARAMS)
          .message("Invalid params: initialize needs params")
          .build();
    }
    return factory.startSession(mapper.convertValue(initialize.params(), InitializeRequest.class));
  }

  /** Has the SDK answer a request. */
  JSONRPCResponse answer(McpStreamableServerSession session, JSONRPCRequest request) {
    var answer = new OneAnswer();
    session.responseStream(answer).handle(request).block();
    return answer.given == null
        ? JSONRPCResponse.error(
            request.id(),
            new JSONRPCError(ErrorCodes.INTERNAL_ERROR, "the request got no answer", null))
        : answer.given;
  }

  @Override
  public List<String> protocolVersions() {
    return List.of(
        ProtocolVersions.MCP_2025_03_26,
        ProtocolVersions.MCP_2025_06_18,
        ProtocolVersions.MCP_2025_11_25);
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  /** Takes the answer to one request. */
  private final class OneAnswer implements McpStreamableServerTransport {

    private @Nullable JSONRPCResponse given;

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
      return Mono.fromRunnable(() -> {
        if (message instanceof JSONRPCResponse response) {
          given = response;
        }
      });
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message, String messageId) {
      return sendMessage(message);
    }

    @Override
    public <T> T unmarshalFrom(Object value, TypeRef<T> type) {
      return mapper.convertValue(value, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }

    @Override
    public void close() {
      // The request's thread sends what was given.
    }
  }
}
