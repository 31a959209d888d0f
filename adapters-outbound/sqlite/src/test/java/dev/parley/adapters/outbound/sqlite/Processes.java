package dev.parley.adapters.outbound.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Other processes with the class path of the test. */
final class Processes {

  private Processes() {}

  static Process start(Class<?> main, String... arguments) throws IOException {
    return builder(main, arguments).start();
  }

  /** The same, with what it says in a file. */
  static Process start(Path said, Class<?> main, String... arguments) throws IOException {
    return builder(main, arguments).redirectOutput(said.toFile()).start();
  }

  private static ProcessBuilder builder(Class<?> main, String... arguments) {
    return new ProcessBuilder(command(main, arguments))
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** The command line of such a process. */
  static List<String> command(Class<?> main, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The next line that a process says. */
  static String line(Process process) throws IOException {
    var line = process.inputReader().readLine();
    if (line == null) {
      throw new IOException("the process ended without a word");
    }
    return line;
  }
}
