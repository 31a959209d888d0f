package dev.parley.bootstrap.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The entry for Parley in a project's {@code .mcp.json}. */
final class McpEntry {

  private static final String SERVERS = "mcpServers";
  private static final String NAME = "parley";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ObjectNode server = MAPPER.createObjectNode();

  McpEntry(String launcher, Path config) {
    server.put("command", launcher);
    var arguments = server.putArray("args");
    List.of("serve", "--config", config.toString()).forEach(arguments::add);
  }

  /** What became of a file. */
  enum Outcome {
    /** The entry was added; everything else is as it was. */
    ADDED,
    /** There was an entry already. */
    PRESENT,
    /** The file could not be understood and was left alone. */
    UNREADABLE
  }

  /** Adds the entry to a file, which may not exist yet. */
  Outcome addTo(Path file) throws IOException {
    ObjectNode root;
    try {
      if (!Files.exists(file)) {
        root = MAPPER.createObjectNode();
      } else if (!Files.isDirectory(file)
          && MAPPER.readTree(Files.readString(file)) instanceof ObjectNode object) {
        root = object;
      } else {
        return Outcome.UNREADABLE;
      }
    } catch (JsonProcessingException e) {
      return Outcome.UNREADABLE;
    }
    if (!root.has(SERVERS)) {
      root.putObject(SERVERS);
    }
    if (!(root.get(SERVERS) instanceof ObjectNode servers)) {
      return Outcome.UNREADABLE;
    }
    if (servers.has(NAME)) {
      return Outcome.PRESENT;
    }
    servers.set(NAME, server);
    replace(file, MAPPER.writeValueAsString(root) + "\n");
    return Outcome.ADDED;
  }

  /** The entry as it stands in a file of its own. */
  String text() throws JsonProcessingException {
    var root = MAPPER.createObjectNode();
    root.putObject(SERVERS).set(NAME, server);
    return MAPPER.writeValueAsString(root);
  }

  private static void replace(Path file, String text) throws IOException {
    var written = Files.createTempFile(file.toAbsolutePath().getParent(), ".mcp", ".json");
    try {
      Files.writeString(written, text);
      if (Files.exists(file)) {
        Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(file));
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
