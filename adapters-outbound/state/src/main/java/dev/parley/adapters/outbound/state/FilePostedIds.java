package dev.parley.adapters.outbound.state;

import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.reading.RecentIds;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.outbound.PostedIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids an instance posted, a line each, in a file of the folder {@code posted} of the state
 * folder. Only the process that holds the claim on the instance writes it, so it needs no lock. The
 * last 10,000 ids count; the file is not flushed to the disk, since a lost id does no harm.
 */
@SecondaryAdapter
public final class FilePostedIds implements PostedIds {

  private static final Logger LOG = LoggerFactory.getLogger(FilePostedIds.class);
  private static final int REMEMBERED = 10_000;
  private static final int HASH_BYTES = 16;

  private final StateFolder folder;
  private final Path file;
  private @Nullable FileChannel appended;
  private @Nullable RecentIds ids;
  private boolean failed;

  /** Keeps the ids of an instance on a backend in {@code stateFolder/posted}. */
  public FilePostedIds(Path stateFolder, InstanceId instance, String backend) {
    this.folder = new StateFolder(stateFolder.resolve("posted"));
    this.file =
        folder.file(StateFolder.hash(instance.value() + "\n" + backend, HASH_BYTES) + ".ids");
  }

  @Override
  public synchronized void add(MessageId id) {
    if (ids != null) {
      ids.add(id);
    }
    if (failed || !isOneLine(id.value())) {
      return;
    }
    try {
      append(id);
    } catch (IOException | StateUnavailable e) {
      failed = true;
      LOG.warn(
          "own posts cannot be remembered in {} and may appear as unread after a restart", file, e);
    }
  }

  private static boolean isOneLine(String text) {
    return text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
  }

  private void append(MessageId id) throws IOException {
    if (appended == null) {
      folder.create();
      appended = folder.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }
    var line = ByteBuffer.wrap((id.value() + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      appended.write(line);
    }
  }

  @Override
  public synchronized boolean contains(MessageId id) {
    if (ids == null) {
      ids = load();
    }
    return ids.contains(id);
  }

  private RecentIds load() {
    var loaded = new RecentIds(REMEMBERED);
    try {
      var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      lines.stream().filter(line -> !line.isBlank()).map(MessageId::new).forEach(loaded::add);
      if (lines.size() > 2 * REMEMBERED) {
        shorten(lines.subList(lines.size() - REMEMBERED, lines.size()));
      }
    } catch (NoSuchFileException nothingPosted) {
      return loaded;
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("own posts of earlier sessions may appear as unread: {} cannot be read", file, e);
    }
    return loaded;
  }

  private void shorten(List<String> lines) throws IOException {
    if (appended != null) {
      appended.close();
      appended = null;
    }
    folder.replace(file, String.join("\n", lines) + "\n");
  }
}
