package dev.parley.bootstrap.training;

import dev.parley.bootstrap.config.Plugins;
import dev.parley.bootstrap.meeting.MeetingFailed;
import dev.parley.bootstrap.meeting.OwnNames;
import dev.parley.bootstrap.meeting.ThrowawayServer;
import dev.parley.bootstrap.meeting.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * Trains the start-up caches, one for each backend that can be had here: SQLite, and those whose
 * server's program is on this machine. A session on another backend starts from SQLite's.
 */
public final class Training {

  private static final String NEEDED = "sqlite";

  private Training() {}

  /**
   * Trains; exits with 0 when at least SQLite's cache was made.
   *
   * @param args the folder for the caches: {@code parley-BACKEND.aot} each
   */
  public static void main(String[] args) {
    System.exit(trainAll(Path.of(args[0])) ? 0 : 1);
  }

  private static boolean trainAll(Path caches) {
    var trained = new ArrayList<String>();
    var plugins = Plugins.installed();
    for (var name : plugins.names()) {
      var names = new OwnNames(plugins.named(name).orElseThrow());
      if ((names.areInFile() || ThrowawayServer.isInstalled(name)) && train(name, names, caches)) {
        trained.add(name);
      }
    }
    System.err.printf("parley: start-up caches: %s%n", String.join(", ", trained));
    return trained.contains(NEEDED);
  }

  private static boolean train(String backend, OwnNames names, Path caches) {
    var traces = new Traces();
    var ending = new Thread(traces::remove);
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      var folder = traces.folder("parley-training");
      var venue =
          names.areInFile()
              ? names.onFile(folder)
              : names.on(ThrowawayServer.start(backend, traces), folder);
      var recorded = folder.resolve("recorded.aot");
      new Lesson(venue, folder.resolve("stderr")).record(recorded);
      Files.move(recorded, caches.resolve("parley-%s.aot".formatted(backend)));
      return true;
    } catch (MeetingFailed | IOException e) {
      System.err.printf(
          "parley: no start-up cache for %s, whose sessions start more slowly: %s%n",
          backend, e.getMessage());
      return false;
    } finally {
      traces.remove();
      Runtime.getRuntime().removeShutdownHook(ending);
    }
  }
}
