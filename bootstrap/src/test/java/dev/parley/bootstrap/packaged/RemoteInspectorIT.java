package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.server.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command line of the MCP inspector finds its own way: challenge, metadata, registration, the
 * owner's consent, token, call.
 */
class RemoteInspectorIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"legacy", "modern"})
  void logs_in_and_calls_a_tool_and_again_after_a_restart(String era)
      throws IOException, InterruptedException {
    try (var server = new RemoteServer(Installation.built(folder))) {
      var login =
          InteractiveLogin.start(folder, call(server, era, "--callback-url", callback()))
              .allowedBy(new Owner(), server.url() + "/authorize");
      assertThat(login.out()).contains("backendMsgId");
      assertThat(login.exit()).isZero();

      server.restart();
      var stored =
          Installation.run(
              folder,
              call(server, era, "--stored-auth-only"),
              InteractiveLogin.environment(folder));
      assertThat(stored.out()).as(stored.err()).contains("backendMsgId");
    }
  }

  @Test
  void who_did_not_log_in_is_told_that_it_has_to() throws IOException, InterruptedException {
    try (var server = new RemoteServer(Installation.built(folder))) {
      var outcome =
          Installation.run(
              folder,
              call(server, "legacy", "--stored-auth-only"),
              InteractiveLogin.environment(folder));
      assertThat(outcome.exit()).isNotZero();
      assertThat(outcome.err()).contains("auth");
    }
  }

  private static String callback() throws IOException {
    return "http://127.0.0.1:%d/oauth/callback".formatted(Ports.free());
  }

  private static List<String> call(RemoteServer server, String era, String... options)
      throws IOException {
    var bin = Path.of(Installation.required("parley.peers"), "node_modules", ".bin");
    var command =
        new ArrayList<>(
            List.of(
                bin.resolve("node").toString(),
                bin.resolve("mcp-inspector").toRealPath().toString(),
                "--cli",
                server.url() + "/mcp",
                "--transport",
                "http",
                "--protocol-era",
                era,
                "--method",
                "tools/call",
                "--tool-name",
                "parley_post",
                "--tool-arg",
                "topic=talk",
                "content=from afar"));
    command.addAll(List.of(options));
    return command;
  }
}
