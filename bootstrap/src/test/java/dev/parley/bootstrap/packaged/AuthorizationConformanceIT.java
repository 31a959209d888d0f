package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.server.Ports;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MCP's conformance suite on the authorization server, with an owner who allows what it asks. */
class AuthorizationConformanceIT {

  @TempDir Path folder;

  @Test
  void holds_for_every_scenario_of_authorization_servers()
      throws IOException, InterruptedException {
    try (var server = new RemoteServer(Installation.built(folder))) {
      var connector = new Connector(server.url() + "/mcp");
      connector.discover();
      var suite = suite(server, connector);
      var said = new StringBuilder();
      try (var lines = suite.inputReader(StandardCharsets.UTF_8)) {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          said.append(line).append('\n');
          if (line.startsWith(server.url() + "/authorize?")) {
            allow(connector, connector.open(line.strip()));
          }
        }
        assertThat(suite.waitFor(1, TimeUnit.MINUTES)).isTrue();
      } finally {
        suite.destroyForcibly();
      }

      assertThat(suite.exitValue()).as(said.toString()).isZero();
      assertThat(said.toString())
          .contains("authorization-server-metadata-endpoint", "authorization-code-grant")
          .doesNotContainIgnoringCase("skipped: 1", "warnings: 1");
    }
  }

  /** What a browser does: it follows the answer to the form to where the suite waits. */
  private static void allow(Connector connector, HttpResponse<String> page)
      throws IOException, InterruptedException {
    var allowed = connector.decide(page, RemoteServer.PASSPHRASE, "");
    connector.open(allowed.headers().firstValue("Location").orElseThrow());
  }

  private Process suite(RemoteServer server, Connector connector) throws IOException {
    var peers = Path.of(Installation.required("parley.peers"), "node_modules");
    return new ProcessBuilder(
            peers.resolve(".bin/node").toString(),
            peers.resolve("@modelcontextprotocol/conformance/dist/index.js").toString(),
            "authorization",
            "--url",
            server.url(),
            "--client-id",
            connector.clientId(),
            "--resource",
            server.url() + "/mcp",
            "--port",
            Integer.toString(Ports.free()))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
  }
}
