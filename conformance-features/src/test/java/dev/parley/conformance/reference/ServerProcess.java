package dev.parley.conformance.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A journal server in a process of its own. */
final class ServerProcess {

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static ServerProcess start(Path folder) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            JournalServer.class.getName(),
            folder.toString());
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var port = process.inputReader().readLine();
      if (port == null) {
        throw new IllegalStateException("the journal server ended before it listened");
      }
      return new ServerProcess(process, Integer.parseInt(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** Ends it in good order. */
  void stop() {
    end(process.toHandle().destroy());
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    end(process.toHandle().destroyForcibly());
  }

  private void end(boolean asked) {
    if (asked) {
      process.onExit().join();
    }
  }
}
