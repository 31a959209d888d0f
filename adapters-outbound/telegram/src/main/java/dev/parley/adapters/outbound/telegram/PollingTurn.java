package dev.parley.adapters.outbound.telegram;

import dev.parley.ports.BackendException.AccessDenied;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to poll for a store: a lock on a file beside it, which the system takes back when the
 * process dies. Closing any descriptor of a file drops all locks that the process has on it, so
 * within a process only whoever has the turn ever opens the file.
 */
final class PollingTurn implements AutoCloseable {

  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private PollingTurn(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the turn; null when somebody else has it, in this process or another. */
  static @Nullable PollingTurn take(Path store) {
    var file = store.resolveSibling(store.getFileName() + "-poller");
    if (!TAKEN.add(file)) {
      return null;
    }
    FileChannel channel = null;
    var taken = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      taken = channel.tryLock() != null;
      return taken ? new PollingTurn(file, channel) : null;
    } catch (IOException failure) {
      throw new AccessDenied(
          "the file %s, by which sessions agree on who polls, cannot be locked: put the store on a"
                  .formatted(file)
              + " local disk where this user may write",
          failure);
    } finally {
      if (!taken) {
        closeQuietly(channel);
        TAKEN.remove(file);
      }
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
    TAKEN.remove(file);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException gone) {
        return;
      }
    }
  }
}
