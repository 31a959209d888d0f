package dev.parley.bootstrap.training;

import dev.parley.bootstrap.config.Plugins;
import dev.parley.bootstrap.meeting.MeetingFailed;
import dev.parley.bootstrap.meeting.OwnNames;
import dev.parley.bootstrap.meeting.ThrowawayServer;
import dev.parley.bootstrap.meeting.Traces;
import dev.parley.bootstrap.meeting.Venue;
import dev.parley.ports.outbound.BackendPlugin;
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
   * @param args the folder for the caches: {@code parley-BACKEND.aot.new} each
   */
  public static void main(String[] args) throws IOException {
    System.exit(trainAll(Path.of(args[0])) ? 0 : 1);
  }

  private static boolean trainAll(Path caches) throws IOException {
    var trained = new ArrayList<String>();
    var plugins = Plugins.installed();
    for (var name : plugins.names()) {
      var plugin = plugins.named(name).orElseThrow();
      var names = new OwnNames(plugin);
      if ((names.areInFile() || ThrowawayServer.isInstalled(plugin.name()))
          && train(plugin, names, caches)) {
        trained.add(plugin.name());
      }
    }
    System.err.printf("parley: start-up caches: %s%n", String.join(", ", trained));
    return trained.contains(NEEDED);
  }

  private static boolean train(BackendPlugin plugin, OwnNames names, Path caches)
      throws IOException {
    var traces = new Traces();
    var ending = new Thread(traces::remove);
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      var folder = traces.folder("parley-training");
      var errors = Files.createFile(folder.resolve("stderr"));
      try {
        var cache = caches.resolve("parley-%s.aot.new".formatted(plugin.name()));
        new Lesson(venue(plugin, names, traces, folder), errors).record(cache);
        return true;
      } catch (MeetingFailed e) {
        System.err.print(Files.readString(errors));
        System.err.printf("parley: no start-up cache for %s: %s%n", plugin.name(), e.getMessage());
        return false;
      }
    } finally {
      traces.remove();
      Runtime.getRuntime().removeShutdownHook(ending);
    }
  }

  private static Venue venue(BackendPlugin plugin, OwnNames names, Traces traces, Path folder)
      throws IOException, MeetingFailed {
    return names.areInFile()
        ? names.onFile(folder)
        : names.on(ThrowawayServer.start(plugin.name(), traces), folder);
  }
}
