package dev.parley.bootstrap.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bootstrap.init.McpEntry.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entry joins what a project's .mcp.json already holds. */
class McpEntryTest {

  private static final McpEntry ENTRY =
      new McpEntry("/opt/parley", Path.of("/p/parley.config.yaml"));

  @TempDir Path folder;

  @Test
  void a_missing_file_is_made() throws IOException {
    assertThat(ENTRY.addTo(file())).isEqualTo(Outcome.ADDED);
    assertThat(Files.readString(file()))
        .isEqualTo(
            """
            {
              "mcpServers" : {
                "parley" : {
                  "command" : "/opt/parley",
                  "args" : [ "serve", "--config", "/p/parley.config.yaml" ]
                }
              }
            }
            """);
  }

  @Test
  void everything_else_in_the_file_stays() throws IOException {
    Files.writeString(
        file(),
        "{\"x\":1.10,\"mcpServers\":{\"other\":{\"url\":\"u\",\"n\":12345678901234567890}},\"y\":[null]}");
    assertThat(ENTRY.addTo(file())).isEqualTo(Outcome.ADDED);
    assertThat(Files.readString(file()).replaceAll("\\s", ""))
        .startsWith(
            "{\"x\":1.10,\"mcpServers\":{\"other\":{\"url\":\"u\",\"n\":12345678901234567890},\"parley\":{")
        .endsWith("},\"y\":[null]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"mcpServers\": []}", "{} x", "{\"a\":1,\"a\":2}"})
  void a_file_that_is_not_understood_is_left_alone(String content) throws IOException {
    Files.writeString(file(), content);
    assertThat(ENTRY.addTo(file())).isEqualTo(Outcome.UNREADABLE);
    assertThat(file()).hasContent(content);
  }

  private Path file() {
    return folder.resolve(".mcp.json");
  }
}
