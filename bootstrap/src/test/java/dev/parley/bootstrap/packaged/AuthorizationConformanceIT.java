package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios for authorization servers of the conformance suite of MCP's authors. */
class AuthorizationConformanceIT {

  @TempDir Path folder;

  @Test
  void the_builtin_server_passes_every_scenario() throws IOException, InterruptedException {
    try (var server = RemoteServer.start(folder)) {
      var port = RemoteServer.freePort();
      var client = OAuthClient.register(server, "http://127.0.0.1:%d/callback".formatted(port));
      var suite =
          InteractiveLogin.start(
              folder,
              List.of(
                  peer(".bin/node"),
                  peer("@modelcontextprotocol/conformance/dist/index.js"),
                  "authorization",
                  "--url",
                  server.issuer(),
                  "--client-id",
                  client.id(),
                  "--port",
                  String.valueOf(port),
                  "--resource",
                  server.endpoint().toString()));
      var outcome = suite.allowedBy(new Owner(), server.issuer() + "/authorize");

      assertThat(outcome.exit()).as(outcome.out()).isZero();
      assertThat(outcome.out())
          .contains("authorization-server-metadata-endpoint", "authorization-code-grant")
          .doesNotContain("failed", "warning");
    }
  }

  private static String peer(String path) {
    return Path.of(Installation.required("parley.peers"), "node_modules").resolve(path).toString();
  }
}
