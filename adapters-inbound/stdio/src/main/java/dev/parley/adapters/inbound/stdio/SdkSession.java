package dev.parley.adapters.inbound.stdio;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.inbound.mcp.sdk.CheckedParams;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The SDK's session with the one client: what it is to handle goes in, what it says goes out. */
final class SdkSession implements McpServerTransportProvider, McpServerTransport {

  private static final Logger LOG = LoggerFactory.getLogger(SdkSession.class);

  private final McpJsonMapper mapper;
  private final Output out;
  private @Nullable McpServerSession session;
  private boolean open;

  SdkSession(ObjectMapper objectMapper, Output out) {
    this.mapper = new CheckedParams(objectMapper);
    this.out = out;
  }

  McpJsonMapper mapper() {
    return mapper;
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory factory) {
    session = factory.create(this);
  }

  /** Handles a message; a failure is logged. */
  Mono<Void> handle(JSONRPCMessage message) {
    if (session == null) {
      throw new IllegalStateException("the transport runs before a server was put on it");
    }
    return session.handle(message).doOnError(SdkSession::report).onErrorComplete();
  }

  private static void report(Throwable failure) {
    if (failure instanceof UncheckedIOException) {
      LOG.warn("{}", failure.getMessage());
    } else {
      LOG.error("A message could not be handled", failure);
    }
  }

  /**
   * Lets requests in, which wait for the client's word that it is ready. A client that asks without
   * having said so gets its answer all the same; only push waits for that word.
   */
  void open() {
    if (!open) {
      open = true;
      handle(
              new JSONRPCNotification(
                  McpSchema.JSONRPC_VERSION, McpSchema.METHOD_NOTIFICATION_INITIALIZED, null))
          .subscribe();
    }
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(() -> out.send(message));
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    return sendMessage(new JSONRPCNotification(McpSchema.JSONRPC_VERSION, method, params));
  }

  @Override
  public <T> T unmarshalFrom(Object value, TypeRef<T> type) {
    return mapper.convertValue(value, type);
  }

  @Override
  public List<String> protocolVersions() {
    return List.of(
        ProtocolVersions.MCP_2024_11_05,
        ProtocolVersions.MCP_2025_03_26,
        ProtocolVersions.MCP_2025_06_18,
        ProtocolVersions.MCP_2025_11_25);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  @Override
  public void close() {
    // The streams belong to the process, and end with it.
  }
}
