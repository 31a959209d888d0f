package dev.parley.adapters.outbound.state;

import dev.parley.ports.StateUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** A private folder and the names of files in it. */
final class StateFolder {

  private static final int HASH_BYTES = 5;
  private static final int LONGEST_NAME = 100;

  private final Path path;

  StateFolder(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  Path file(String name) {
    return path.resolve(name);
  }

  void create() throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, privately("rwx------"));
    }
  }

  /** Opens a file that only this user may read. */
  FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    return FileChannel.open(file, options, privately("rw-------"));
  }

  /**
   * Replaces a file in one step: a reader finds the old text or the new one, flushed to the disk.
   */
  void replace(Path file, String text) throws IOException {
    var written = file("%s.new".formatted(file.getFileName()));
    try (var channel =
        open(
            written,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE))) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private FileAttribute<?>[] privately(String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[] {};
  }

  /** A file name that a person can read: the text, or a fold of it with a hash. */
  static String fold(String text) {
    var folded = text.replaceAll("[^A-Za-z0-9._-]", "_");
    return folded.equals(text) && text.length() <= LONGEST_NAME
        ? text
        : folded.substring(0, Math.min(folded.length(), LONGEST_NAME)) + "-" + hash(text);
  }

  static String hash(String text) {
    return hash(text, HASH_BYTES);
  }

  static String hash(String text, int bytes) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Says which file failed, why, and what to do. */
  StateUnavailable unavailable(Path file, IOException why) {
    return new StateUnavailable(
        "the state file %s cannot be used (%s): make the folder %s writable for this user, or name another one in state_path"
            .formatted(file, reason(why), path),
        why);
  }

  private static String reason(IOException why) {
    if (why instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (why instanceof FileAlreadyExistsException) {
      return "a file is where a folder should be";
    }
    if (why instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
  }
}
