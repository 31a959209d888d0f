package dev.parley.adapters.outbound.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** One holder at a time among all threads of all processes that use a folder. */
final class FolderLock {

  // File locks belong to the process: its threads need a lock of their own.
  private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final StateFolder folder;
  private final Path file;

  FolderLock(StateFolder folder) {
    this.folder = folder;
    this.file = folder.file("lock");
  }

  /** What is done while the lock is held. */
  interface Work<T> {
    T run() throws IOException;
  }

  <T> T hold(Work<T> work) throws IOException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    var threads = IN_PROCESS.computeIfAbsent(file, absent -> new ReentrantLock());
    try {
      if (!threads.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw stillHeld();
      }
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new IOException("the waiting for its lock was cancelled", cancelled);
    }
    try (var channel =
            folder.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        var held = lock(channel, deadline)) {
      if (!held.isValid()) {
        throw stillHeld();
      }
      return work.run();
    } finally {
      threads.unlock();
    }
  }

  private FileLock lock(FileChannel channel, long deadline) throws IOException {
    while (true) {
      var lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - deadline > 0) {
        throw stillHeld();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private IOException stillHeld() {
    return new IOException(
        "another process has held the lock %s for %d s".formatted(file, PATIENCE.toSeconds()));
  }
}
