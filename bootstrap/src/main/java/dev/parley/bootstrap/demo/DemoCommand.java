package dev.parley.bootstrap.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows two real sessions that confer. */
@Command(
    name = "demo",
    description = "Start two real sessions on a temporary SQLite database and let them confer.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException {
    var folder = Files.createTempDirectory("parley-demo");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    try {
      var config = folder.resolve("parley.config.yaml");
      Files.writeString(
          config,
          """
          backend: sqlite
          topics: [demo]
          state_path: state
          live_push: { max_per_minute: 1000 }
          backend_config: { db_path: demo.db }
          """);
      System.out.println(
          "Two agents, each with its own 'parley serve' process, on one SQLite file:");
      var closing = new Story(config, new Narrator()).tell();
      System.out.println("demo: all steps happened. " + closing);
      return 0;
    } catch (DemoFailed e) {
      System.out.println("demo: FAILED. " + e.getMessage());
      return 1;
    }
  }

  /** Runs when the process ends, by Ctrl-C too. */
  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("parley: could not remove " + folder);
    }
  }
}
