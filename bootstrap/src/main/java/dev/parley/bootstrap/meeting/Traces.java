package dev.parley.bootstrap.meeting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a meeting leaves on this machine while it lasts: processes and temporary folders. */
public final class Traces {

  private static final int SECONDS_TO_END = 10;

  private final List<Path> folders = new CopyOnWriteArrayList<>();

  /** A new temporary folder that only this user can open. */
  public Path folder(String prefix) throws IOException {
    var folder = Files.createTempDirectory(prefix);
    folders.add(folder);
    return folder;
  }

  /** Ends every process that this one started, then deletes the folders. */
  public void remove() {
    var processes = ProcessHandle.current().children().toList();
    processes.forEach(ProcessHandle::destroy);
    processes.forEach(Traces::awaitEnd);
    folders.forEach(Traces::delete);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

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
