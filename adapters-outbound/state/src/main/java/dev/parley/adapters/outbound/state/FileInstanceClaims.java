package dev.parley.adapters.outbound.state;

import dev.parley.domain.participant.InstanceId;
import dev.parley.ports.outbound.InstanceClaims;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Claims as locks on the files {@code INSTANCE.lock} of the state folder. The system gives a lock
 * back when its process ends, so a killed process leaves a file behind but no claim.
 */
@SecondaryAdapter
public final class FileInstanceClaims implements InstanceClaims {

  // A lock belongs to the process, and closing any channel of the file would give it back.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
  private static final int MOST_PROCESSES = 1_000;

  private final StateFolder folder;

  /** Keeps claims in the state folder, which is made when needed. */
  public FileInstanceClaims(Path stateFolder) {
    this.folder = new StateFolder(stateFolder);
  }

  @Override
  public Claim claim(InstanceId wanted) {
    for (var n = 1; n <= MOST_PROCESSES; n++) {
      var id = n == 1 ? wanted : wanted.numbered(n);
      var claim = tryClaim(id);
      if (claim.isPresent()) {
        return claim.get();
      }
    }
    throw folder.unavailable(
        fileOf(wanted), new IOException("%d processes hold it already".formatted(MOST_PROCESSES)));
  }

  private Optional<Claim> tryClaim(InstanceId id) {
    var file = fileOf(id);
    if (!HELD_HERE.add(file)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    try {
      folder.create();
      channel = folder.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      if (channel.tryLock() != null) {
        noteProcess(channel);
        return Optional.of(new HeldFile(id, file, channel));
      }
      release(file, channel);
      return Optional.empty();
    } catch (IOException failure) {
      release(file, channel);
      throw folder.unavailable(file, failure);
    }
  }

  /** For people only: which process holds the claim. */
  private static void noteProcess(FileChannel channel) throws IOException {
    var pid = ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
  }

  private Path fileOf(InstanceId id) {
    return folder.file(StateFolder.fold(id.value()) + ".lock");
  }

  private static void release(Path file, @Nullable FileChannel channel) {
    try (channel) {
      HELD_HERE.remove(file);
    } catch (IOException closing) {
      throw new UncheckedIOException(closing);
    }
  }

  private record HeldFile(InstanceId id, Path file, FileChannel channel) implements Claim {
    @Override
    public void close() {
      release(file, channel);
    }
  }
}
