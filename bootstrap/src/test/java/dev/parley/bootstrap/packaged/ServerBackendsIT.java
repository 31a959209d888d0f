package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.bootstrap.packaged.OnServer.Kind;
import dev.parley.conformance.fault.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged launcher on backends that have a server: up, down and silent. */
@Timeout(120)
class ServerBackendsIT {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(30);

  // Half of request_timeout_ms: whoever waited for the server would wait for longer.
  private static final long LONGEST_START = 5_000;

  @TempDir Path folder;

  private Path config(OnServer server, int port, String handle) throws IOException {
    var lines =
        new ArrayList<>(
            List.of(
                "identity: { handle: %s }".formatted(handle),
                "topics: [talk]",
                "state_path: %s".formatted(folder.resolve("state"))));
    lines.addAll(server.config(port));
    return Files.write(folder.resolve(handle + ".yaml"), lines);
  }

  private ServeProcess serve(OnServer server, int port, String handle) throws IOException {
    return ServeProcess.start(
        Installation.built(folder).launcher(), config(server, port, handle), folder);
  }

  @ParameterizedTest
  @EnumSource
  void two_sessions_confer(Kind kind) throws Exception {
    try (var server = new OnServer(kind)) {
      server.start();
      try (var planner = serve(server, server.port(), "planner");
          var coder = serve(server, server.port(), "coder")) {
        // Push starts in the background: only what is posted from then on is pushed.
        await()
            .atMost(LONG)
            .until(() -> {
              planner.post("talk", "are you there, @coder?");
              return coder.isPushed("are you there", Duration.ofMillis(500));
            });
        var id = planner.post("talk", "do it, @coder");
        assertThat(coder.isPushed("do it, @coder", SOON)).isTrue();
        assertThat(coder.call("parley_catch_up", "{}")).contains(id).contains("do it, @coder");
        assertThat(planner.end()).as("ended within").isLessThan(Duration.ofSeconds(2));
        assertThat(coder.end()).as("ended within").isLessThan(Duration.ofSeconds(2));
        assertThat(planner.said() + coder.said()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_server_that_is_down_at_the_start_is_named_and_push_starts_when_it_comes(Kind kind)
      throws Exception {
    try (var server = new OnServer(kind);
        var coder = serve(server, server.port(), "coder")) {
      assertThat(coder.startMillis())
          .as("ms to the first answer, which waits for no server")
          .isLessThan(LONGEST_START);
      assertThat(coder.refused("parley_fetch_recent", "{\"topic\":\"talk\"}"))
          .contains(Integer.toString(server.port()))
          .containsAnyOf("since", "for ")
          .doesNotContain("Exception");
      server.start();
      try (var planner = serve(server, server.port(), "planner")) {
        await()
            .atMost(LONG)
            .ignoreExceptions()
            .until(() -> {
              planner.post("talk", "it is back");
              return coder.isPushed("it is back", Duration.ofMillis(500));
            });
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_session_ends_within_two_seconds_whatever_the_server_does(Kind kind) throws Exception {
    try (var server = new OnServer(kind)) {
      server.start();
      try (var proxy = new TcpProxy(server.port());
          var silent = serve(server, proxy.port(), "silent")) {
        await()
            .atMost(LONG)
            .ignoreExceptions()
            .until(() -> {
              silent.post("talk", "while it answers");
              return true;
            });
        proxy.freeze();
        assertThat(silent.end()).as("with a frozen server").isLessThan(Duration.ofSeconds(2));
        assertThat(silent.said()).doesNotContain("Exception");
      }
    }
    try (var never = new OnServer(kind);
        var down = serve(never, never.port(), "down")) {
      assertThat(down.end()).as("without a server").isLessThan(Duration.ofSeconds(2));
    }
  }
}
