package dev.parley.adapters.inbound.mcp.sdk;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The SDK's mapper, except that params which do not fit their method are answered with -32602: the
 * SDK alone makes them an internal error that names its classes.
 */
public final class CheckedParams implements McpJsonMapper {

  private final JacksonMcpJsonMapper mapper;

  /** Maps with an object mapper. */
  public CheckedParams(ObjectMapper objectMapper) {
    this.mapper = new JacksonMcpJsonMapper(objectMapper);
  }

  @Override
  public <T> T convertValue(Object value, Class<T> type) {
    return type == InitializeRequest.class
        ? type.cast(Handshake.request(value))
        : checked(() -> mapper.convertValue(value, type));
  }

  @Override
  @SuppressWarnings("unchecked") // The type is looked at.
  public <T> T convertValue(Object value, TypeRef<T> type) {
    return type.getType() == InitializeRequest.class
        ? (T) Handshake.request(value)
        : checked(() -> mapper.convertValue(value, type));
  }

  private static <T> T checked(Supplier<T> conversion) {
    try {
      return conversion.get();
    } catch (IllegalArgumentException e) {
      throw refusal(place(e));
    }
  }

  /** What a field is answered with that is of the wrong type. */
  static McpError refused(String field) {
    return refusal(", at " + field);
  }

  private static McpError refusal(String place) {
    return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
        .message("Invalid params: a field is missing or of the wrong type" + place)
        .build();
  }

  private static String place(IllegalArgumentException e) {
    if (!(e.getCause() instanceof JsonMappingException failure) || failure.getPath().isEmpty()) {
      return "";
    }
    return failure.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining(".", ", at ", ""));
  }

  @Override
  public <T> T readValue(String content, Class<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, Class<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T readValue(String content, TypeRef<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public String writeValueAsString(Object value) throws IOException {
    return mapper.writeValueAsString(value);
  }

  @Override
  public byte[] writeValueAsBytes(Object value) throws IOException {
    return mapper.writeValueAsBytes(value);
  }
}
