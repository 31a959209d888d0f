package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.inbound.http.HttpServer.Options;
import dev.parley.adapters.inbound.mcp.FixtureRequests;
import dev.parley.adapters.inbound.mcp.FixtureTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The conformance suite of MCP's authors, against this transport and this catalogue with fixtures
 * in them. {@code conformance-exceptions-VERSION.yaml} names what Parley does not offer, and why;
 * an exception that is none any more fails as well.
 */
class McpConformanceIT {

  private final NothingAsked nothing = new NothingAsked();
  private final HttpServer server =
      new HttpServer(
          new Options("1", "127.0.0.1", 0, "http://127.0.0.1", List.of(), Optional.empty()),
          FixtureTools.catalogue(),
          new FixtureRequests(nothing, nothing, nothing),
          List.of());
  private int port;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    port = server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  void holds_for_every_scenario_that_a_version_requires(String version)
      throws IOException, InterruptedException {
    var peers = Path.of(System.getProperty("parley.peers"), "node_modules");
    var exceptions = folder.resolve("exceptions.yaml");
    try (var resource =
        McpConformanceIT.class.getResourceAsStream("conformance-exceptions-" + version + ".yaml")) {
      assertThat(resource).isNotNull();
      Files.copy(resource, exceptions);
    }
    var output = folder.resolve("output");
    var suite =
        new ProcessBuilder(
                peers.resolve(".bin/node").toString(),
                peers.resolve("@modelcontextprotocol/conformance/dist/index.js").toString(),
                "server",
                "--url",
                "http://127.0.0.1:%d/mcp".formatted(port),
                "--requirements",
                version,
                "--expected-failures",
                exceptions.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(suite.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      suite.destroyForcibly();
    }
    var said = Files.readString(output, StandardCharsets.UTF_8);
    System.out.println(said.substring(Math.max(0, said.indexOf("=== SUMMARY ==="))));
    assertThat(suite.exitValue()).as(said).isZero();
    assertThat(said).contains("✓ tools-list", "✓ resources-read-text");
  }
}
