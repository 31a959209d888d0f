package dev.parley.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Starts the program as a process of its own, in a folder of its own. */
record Parley(Path folder, Map<String, String> environment) {

  private static final long PATIENCE_SECONDS = 120;

  /** What a process that has ended left behind. */
  record Outcome(int code, String out, String err) {}

  Parley(Path folder) {
    this(folder, Map.of());
  }

  /** Runs a command to its end, with nothing to read. */
  Outcome run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** Runs a command to its end. */
  Outcome runWithInput(String input, String... arguments) {
    try {
      var err = Files.createTempFile(folder, "err", ".txt");
      var process = start(err, arguments);
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(codeOf(process), out, Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a command that goes on; what it says on stderr goes to a file. */
  Process start(Path err, String... arguments) throws IOException {
    return builder(command(arguments)).redirectError(err.toFile()).start();
  }

  /** Starts a command that has a terminal: its input is typed there, its output shown there. */
  Process startOnTerminal(String... arguments) throws IOException {
    var typed =
        command(arguments).stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    return builder(List.of("script", "-qec", typed, "/dev/null")).start();
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.add("-Duser.home=" + folder);
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("dev.parley.bootstrap.Main");
    command.addAll(List.of(arguments));
    return command;
  }

  private ProcessBuilder builder(List<String> command) {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
    builder.environment().remove("XDG_STATE_HOME");
    builder.environment().put("USER", "ann");
    builder.environment().putAll(environment);
    return builder;
  }

  /** The exit code of a process that is about to end. */
  static int codeOf(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the process did not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The lines that a running process prints. */
  static BufferedReader linesOf(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /** Writes the configuration that most tests use, with further lines. */
  Parley configured(String... lines) throws IOException {
    Files.writeString(
        folder.resolve("parley.config.yaml"),
        "topics: [general, other]\nbackend_config: { db_path: ./test.db }\n"
            + String.join("\n", lines)
            + "\n");
    return this;
  }
}
