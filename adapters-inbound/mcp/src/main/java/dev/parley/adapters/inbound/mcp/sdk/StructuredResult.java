package dev.parley.adapters.inbound.mcp.sdk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import dev.parley.adapters.inbound.mcp.Answer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A structured result that is JSON already. It travels through the SDK inside the response, so that
 * the transport can tell when it was handed over.
 */
public final class StructuredResult implements JsonSerializable {

  private static final Logger LOG = LoggerFactory.getLogger(StructuredResult.class);

  private final Answer answer;

  StructuredResult(Answer answer) {
    this.answer = answer;
  }

  /** What a transport has to run once it has written a message to its client, if anything. */
  public static Optional<Runnable> handOver(JSONRPCMessage message) {
    return message instanceof JSONRPCResponse response
            && response.result() instanceof CallToolResult result
            && result.structuredContent() instanceof StructuredResult structured
        ? Optional.ofNullable(structured.answer.handedOver()).map(StructuredResult::guarded)
        : Optional.empty();
  }

  private static Runnable guarded(Runnable handedOver) {
    return () -> {
      try {
        handedOver.run();
      } catch (RuntimeException e) {
        LOG.warn(
            "An answer was given but not noted, so it will be given again: {}", e.getMessage());
      }
    };
  }

  @Override
  public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
    json.writeRawValue(answer.text());
  }

  @Override
  public void serializeWithType(
      JsonGenerator json, SerializerProvider serializers, TypeSerializer types) throws IOException {
    serialize(json, serializers);
  }
}
