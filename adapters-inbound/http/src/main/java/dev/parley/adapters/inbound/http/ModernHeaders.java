package dev.parley.adapters.inbound.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The <a
 * href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#request-metadata">headers
 * that repeat what a body says</a>: whoever routes by them must not be deceived.
 */
final class ModernHeaders {

  private static final HeaderName METHOD = HeaderNames.create("Mcp-Method");
  private static final HeaderName NAME = HeaderNames.create("Mcp-Name");
  private static final String ENCODED = "=?base64?";
  private static final String ENCODED_END = "?=";

  private ModernHeaders() {}

  /** What is wrong with the headers of a request, as a sentence; null when nothing is. */
  static @Nullable String mismatch(Exchange exchange, JSONRPCRequest request) {
    var version = exchange.versionInBody();
    var wrong =
        version == null
            ? null
            : mismatch("MCP-Protocol-Version", exchange.header(Exchange.VERSION), version);
    if (wrong == null) {
      wrong = mismatch("Mcp-Method", exchange.header(METHOD), request.method());
    }
    var field = nameField(request.method());
    if (wrong == null && field != null && exchange.params().get(field) instanceof String name) {
      wrong = mismatch("Mcp-Name", decoded(exchange.header(NAME)), name);
    }
    return wrong;
  }

  private static @Nullable String nameField(String method) {
    return switch (method) {
      case "tools/call", "prompts/get" -> "name";
      case "resources/read" -> "uri";
      default -> null;
    };
  }

  private static @Nullable String mismatch(String header, @Nullable String found, String expected) {
    if (found == null) {
      return "Header mismatch: the header %s is missing; it has to repeat '%s' of the body"
          .formatted(header, expected);
    }
    return found.equals(expected)
        ? null
        : "Header mismatch: the header %s says '%s' and the body '%s'"
            .formatted(header, found, expected);
  }

  private static @Nullable String decoded(@Nullable String value) {
    if (value == null || !value.startsWith(ENCODED) || !value.endsWith(ENCODED_END)) {
      return value;
    }
    try {
      var base64 = value.substring(ENCODED.length(), value.length() - ENCODED_END.length());
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return value;
    }
  }
}
