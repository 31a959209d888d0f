package dev.parley.adapters.outbound.state;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.outbound.HandOffProjections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/**
 * The hand-offs of a topic as one JSON file, in the folder {@code hand-offs} of the state folder.
 *
 * <p>A file is replaced by an atomic rename under a lock that all processes share, so a reader
 * finds a whole one. Two processes that save in turn undo each other's reading and nothing else:
 * what a file holds goes with the cursor in it.
 */
@SecondaryAdapter
public final class FileHandOffProjections implements HandOffProjections {

  private static final int HASH_BYTES = 16;

  private final StateFolder folder;
  private final FolderLock lock;

  /**
   * Keeps projections in {@code stateFolder/hand-offs}; the folders are made when first written.
   */
  public FileHandOffProjections(Path stateFolder) {
    this.folder = new StateFolder(stateFolder.resolve("hand-offs"));
    this.lock = new FolderLock(folder);
  }

  @Override
  public Optional<Projection> find(String store, TopicName topic) {
    var file = fileOf(store, topic);
    try {
      return Optional.of(HandOffFile.read(Files.readAllBytes(file), store, topic));
    } catch (NoSuchFileException nothingSaved) {
      return Optional.empty();
    } catch (HandOffFile.Unreadable damaged) {
      throw new StateUnavailable(
          "the file %s cannot be used, %s".formatted(file, damaged.getMessage()), damaged);
    } catch (IOException failure) {
      throw folder.unavailable(file, failure);
    }
  }

  @Override
  public void save(String store, TopicName topic, Projection projection) {
    var file = fileOf(store, topic);
    var text = HandOffFile.write(store, topic, projection);
    try {
      folder.create();
      lock.hold(() -> {
        folder.replace(file, text);
        return file;
      });
    } catch (IOException failure) {
      throw folder.unavailable(file, failure);
    }
  }

  private Path fileOf(String store, TopicName topic) {
    return folder.file(StateFolder.hash(store + "\n" + topic, HASH_BYTES) + ".json");
  }
}
