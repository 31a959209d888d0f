package dev.parley.adapters.outbound.sqlite;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Events of the system for the database's folder. A commit appends to the {@code -wal} file, and
 * commits of this process give events like those of others.
 */
final class FolderWatch implements ChangeSignal {

  private final WatchService events;
  private final String name;
  private final boolean givesEvents;

  private FolderWatch(WatchService events, String name, boolean givesEvents) {
    this.events = events;
    this.name = name;
    this.givesEvents = givesEvents;
  }

  /**
   * Watches the folder of a database.
   *
   * @throws IOException when the system gives no events, or no more of them
   */
  static FolderWatch of(Path database) throws IOException {
    var folder = database.toRealPath().getParent();
    var file = database.toRealPath().getFileName();
    if (folder == null || file == null) {
      throw new IOException("a database lies in a folder");
    }
    var events = folder.getFileSystem().newWatchService();
    try {
      folder.register(
          events,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException failure) {
      events.close();
      throw failure;
    }
    return new FolderWatch(
        events, file.toString(), hasNativeEvents() && RemoteFolders.typeOf(folder).isEmpty());
  }

  // Java looks at the folder itself, every few seconds, where it has no events of the system.
  private static boolean hasNativeEvents() {
    var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return system.startsWith("linux") || system.startsWith("windows");
  }

  /** Whether every change gives an event at once. */
  boolean givesEvents() {
    return givesEvents;
  }

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    try {
      for (var left = atMost.toNanos(); left > 0; left = deadline - System.nanoTime()) {
        var key = events.poll(left, TimeUnit.NANOSECONDS);
        if (key != null && concernsDatabase(key)) {
          return true;
        }
      }
    } catch (ClosedWatchServiceException closed) {
      return false;
    }
    return false;
  }

  private boolean concernsDatabase(WatchKey key) {
    var concerns = false;
    for (var event : key.pollEvents()) {
      concerns |= concernsDatabase(event);
    }
    // A key that cannot be reset has lost its folder, which is a change, too.
    return !key.reset() || concerns;
  }

  private boolean concernsDatabase(WatchEvent<?> event) {
    return event.kind().equals(StandardWatchEventKinds.OVERFLOW)
        || (event.context() instanceof Path changed && isOfDatabase(changed.toString()));
  }

  private boolean isOfDatabase(@Nullable String changed) {
    return changed != null
        && changed.startsWith(name)
        && (changed.length() == name.length() || changed.equals(name + "-wal"));
  }

  @Override
  public void poke() {}

  @Override
  public void close() {
    Link.closeQuietly(events);
  }
}
