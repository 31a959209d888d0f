package dev.parley.adapters.outbound.state;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.reading.ReadingPosition;
import dev.parley.domain.reading.ReadingPositionId;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.outbound.ReadingPositions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Reading positions as one small file each, in the folder {@code positions} of the state folder.
 *
 * <p>A position is replaced by an atomic rename of a file that was flushed to the disk before,
 * under a lock that all processes share. So a reader finds the old or the new position and never
 * half of one, and a power cut can only bring back the old one: messages are then read again, none
 * is skipped. A file that cannot be read is an error that names it: to take it for an unread topic
 * would pass over messages without a word.
 */
@SecondaryAdapter
public final class FileReadingPositions implements ReadingPositions {

  private static final int HASH_BYTES = 16;

  private final StateFolder folder;
  private final FolderLock lock;

  /** Keeps positions in {@code stateFolder/positions}; the folders are made when first written. */
  public FileReadingPositions(Path stateFolder) {
    this.folder = new StateFolder(stateFolder.resolve("positions"));
    this.lock = new FolderLock(folder);
  }

  @Override
  public ReadingPosition find(ReadingPositionId id) {
    var file = fileOf(id);
    try {
      return new ReadingPosition(id, PositionFile.read(Files.readString(file), id));
    } catch (NoSuchFileException unread) {
      return ReadingPosition.unread(id);
    } catch (PositionFile.Unreadable damaged) {
      throw damaged(file, damaged);
    } catch (CharacterCodingException binary) {
      throw damaged(file, new PositionFile.Unreadable("it is damaged"));
    } catch (IOException failure) {
      throw folder.unavailable(file, failure);
    }
  }

  @Override
  public boolean advance(ReadingPositionId id, @Nullable Cursor readFrom, Cursor readTo) {
    var file = fileOf(id);
    try {
      folder.create();
      return lock.hold(() -> {
        var advanced = find(id).advance(readFrom, readTo);
        if (advanced.isPresent()) {
          folder.replace(file, PositionFile.write(id, readTo));
        }
        return advanced.isPresent();
      });
    } catch (IOException failure) {
      throw folder.unavailable(file, failure);
    }
  }

  private Path fileOf(ReadingPositionId id) {
    var key =
        String.join(
            "\n", id.instance().value(), id.reader().value(), id.backend(), id.topic().value());
    return folder.file(StateFolder.hash(key, HASH_BYTES) + ".position");
  }

  private static StateUnavailable damaged(Path file, PositionFile.Unreadable why) {
    return new StateUnavailable(
        "the reading position in %s cannot be read, %s: delete the file, and catching up starts from the latest messages"
            .formatted(file, why.getMessage()),
        why);
  }
}
