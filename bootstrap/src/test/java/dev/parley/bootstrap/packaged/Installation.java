package dev.parley.bootstrap.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A packaged Parley and a folder to use it in. */
record Installation(Path launcher, Path folder) {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The one that the build has just packaged. */
  static Installation built(Path folder) {
    return new Installation(target().resolve("parley/bin/parley"), folder);
  }

  static Path target() {
    return Path.of(required("parley.target"));
  }

  static String required(String property) {
    var value = System.getProperty(property);
    if (value == null || value.isBlank()) {
      throw new AssertionError(
          "system property %s is not set; run ./check --install, or Maven with -Ppeers and that property"
              .formatted(property));
    }
    return value;
  }

  /** Writes a config for a handle; topic {@code talk} in a database of this folder. */
  Path config(String handle) throws IOException {
    return Files.writeString(
        folder.resolve(handle + ".yaml"),
        """
        backend: sqlite
        identity: { handle: %s }
        topics: [talk]
        state_path: "%s"
        backend_config: { db_path: "%s" }
        """
            .formatted(handle, folder.resolve("state"), folder.resolve("talk.db")));
  }

  /** What a finished program said. */
  record Outcome(int exit, String out, String err) {}

  /** Runs the launcher to its end. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    return runFor(PATIENCE, arguments);
  }

  /** The same, when it may take this long. */
  Outcome runFor(Duration patience, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    return run(folder, command, Map.of(), patience);
  }

  /** Runs a program to its end, which has to come within a minute. */
  static Outcome run(Path folder, List<String> command) throws IOException, InterruptedException {
    return run(folder, command, Map.of(), PATIENCE);
  }

  /** The same with some environment variables. */
  static Outcome run(Path folder, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(folder, command, environment, PATIENCE);
  }

  private static Outcome run(
      Path folder, List<String> command, Map<String, String> environment, Duration patience)
      throws IOException, InterruptedException {
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    if (!process.waitFor(patience)) {
      process.destroyForcibly();
      throw new AssertionError("did not end within %s: %s".formatted(patience, command));
    }
    return new Outcome(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
