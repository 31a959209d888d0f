package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bootstrap.packaged.Installation.Outcome;
import dev.parley.bootstrap.packaged.OnServer.Kind;
import dev.parley.conformance.server.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The demonstration on backends that have a server. */
@Timeout(120)
class DemoIT {

  @TempDir Path folder;

  @BeforeEach
  void lets_the_user_of_postgres_pass() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @ParameterizedTest
  @EnumSource
  void starts_a_server_where_none_is_named_and_leaves_nothing_behind(Kind kind) throws Exception {
    var demo = demo("--backend", nameOf(kind));

    assertHappened(demo);
    assertThat(demo.out()).contains("a throwaway server, ").doesNotContain("stays");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void uses_a_server_that_is_named_and_says_what_stays_there(Kind kind) throws Exception {
    try (var server = new OnServer(kind)) {
      server.start();

      var demo = demo("--backend", nameOf(kind), "--url", server.url());

      assertHappened(demo);
      assertThat(demo.out())
          .contains("your %s server".formatted(nameOf(kind)))
          .containsPattern("stays on your server: topic demo-\\w+, .*demo.*docs/backends/");
      assertNothingIsLeft();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_password_is_shown_nowhere_even_when_it_is_wrong(Kind kind) throws Exception {
    try (var server = new OnServer(kind)) {
      server.start();
      var withPassword = server.url().replaceFirst("//(parley@)?", "//parley:s3cret-w0rd@");

      var demo = demo("--backend", nameOf(kind), "--url", withPassword);

      assertThat(demo.out() + demo.err()).doesNotContain("s3cret-w0rd");
      assertThat(demo.out()).contains("demo: ");
      assertNothingIsLeft();
    }
  }

  @Test
  void an_address_may_come_from_the_environment() throws Exception {
    try (var server = new OnServer(Kind.REDIS)) {
      server.start();

      var demo =
          demo(Map.of("MY_REDIS", server.url()), "--backend", "redis", "--url", "${MY_REDIS}");

      assertHappened(demo);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ends_what_it_started_when_it_is_interrupted(Kind kind) throws Exception {
    var builder = new ProcessBuilder(command("--backend", nameOf(kind)));
    builder.environment().putAll(environment());
    var demo = builder.redirectErrorStream(true).start();
    try (var lines = demo.inputReader()) {
      var line = lines.readLine();
      while (line != null && !line.contains("session started")) {
        line = lines.readLine();
      }
      assertThat(line).isNotNull();
      var started = demo.descendants().toList();
      assertThat(started).as("the server and a session").hasSizeGreaterThanOrEqualTo(2);

      demo.destroy();

      assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(started).noneMatch(ProcessHandle::isAlive);
      assertNothingIsLeft();
    }
  }

  private Outcome demo(String... options) throws IOException, InterruptedException {
    return demo(Map.of(), options);
  }

  private Outcome demo(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    var all = new HashMap<>(environment());
    all.putAll(environment);
    return Installation.run(folder, command(options), all);
  }

  private List<String> command(String... options) {
    var command =
        new ArrayList<>(List.of(Installation.built(folder).launcher().toString(), "demo"));
    command.addAll(List.of(options));
    return command;
  }

  /** Temporary files in the folder, and Synapse, which Debian 12 has not got, on the PATH. */
  private Map<String, String> environment() throws IOException {
    var programs = Files.createDirectories(folder.resolve("programs"));
    var synapse = programs.resolve("synapse_homeserver");
    var words = Program.unpacked("python3").with("-m", "synapse.app.homeserver");
    Files.writeString(synapse, "#!/bin/sh\nexec %s \"$@\"\n".formatted(String.join(" ", words)));
    Files.setPosixFilePermissions(synapse, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Map.of(
        "JAVA_TOOL_OPTIONS",
        "-Djava.io.tmpdir=" + folder,
        "PATH",
        programs + File.pathSeparator + System.getenv("PATH"));
  }

  private static String nameOf(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static void assertHappened(Outcome demo) {
    assertThat(demo.exit()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out().lines().toList().getLast()).startsWith("demo: all steps happened.");
  }

  private void assertNothingIsLeft() {
    assertThat(folder).isDirectoryNotContaining("glob:**/parley-demo*");
  }
}
