package dev.parley.adapters.outbound.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Folders that lie on another machine or are shared with one, such as a container's host: changes
 * made there give no events here, and SQLite's locks may not hold between the two.
 */
final class RemoteFolders {

  private static final List<String> TYPES =
      List.of("nfs", "cifs", "smb", "9p", "virtiofs", "fuse", "vboxsf", "drvfs", "afp", "webdav");

  private RemoteFolders() {}

  /** The type of the file system that holds a file, if it is such a one. */
  static Optional<String> typeOf(Path file) {
    try {
      var type = Files.getFileStore(file).type().toLowerCase(Locale.ROOT);
      return TYPES.stream().anyMatch(type::startsWith) ? Optional.of(type) : Optional.empty();
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
