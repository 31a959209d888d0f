package dev.parley.adapters.inbound.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The published JSON Schema of MCP 2025-11-25, which is not part of this repository: it is looked
 * for in the folder PARLEY_SPECS, else next to the checkout.
 */
final class McpSpecification {

  private static final String FILE = "mcp-schema-2025-11-25.json";
  private static final @Nullable JsonNode DEFINITIONS = read();
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private McpSpecification() {}

  /** What a message violates of a definition; nothing when the specification is not at hand. */
  static List<String> violations(String definition, JsonNode message) {
    if (DEFINITIONS == null) {
      return List.of();
    }
    return SCHEMAS
        .computeIfAbsent(definition, name -> schemaOf(name, DEFINITIONS))
        .validate(message)
        .stream()
        .map(Error::toString)
        .toList();
  }

  private static Schema schemaOf(String name, JsonNode definitions) {
    var schema = new ObjectMapper().createObjectNode();
    schema.put("$ref", "#/$defs/" + name);
    schema.set("$defs", definitions);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }

  private static @Nullable JsonNode read() {
    var file = folder().resolve(FILE);
    if (!Files.exists(file)) {
      System.out.printf(
          "NOT CHECKED: messages against MCP's schema, since %s does not exist; set PARLEY_SPECS%n",
          file);
      return null;
    }
    try {
      return new ObjectMapper().readTree(file.toFile()).get("$defs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    var named = System.getProperty("PARLEY_SPECS", System.getenv("PARLEY_SPECS"));
    return named != null
        ? Path.of(named)
        : Path.of(System.getProperty("parley.checkout", ".")).resolve("../shared/specs");
  }
}
