package dev.parley.bootstrap.owner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file that keeps the hash; only its owner may read and write it. */
record HashFile(Path path) {

  boolean exists() {
    return Files.exists(path);
  }

  /** Finds out before anybody is asked for anything whether it could be written. */
  void requireWritable() throws NotSet {
    if (Files.isDirectory(path)) {
      throw new NotSet("%s is a folder; name a file with --file".formatted(path));
    }
    if (!Files.isDirectory(folder()) || !Files.isWritable(folder())) {
      throw unwritable();
    }
  }

  /** Writes it in one step: there is the former content or the new one, whatever happens. */
  void write(String hash) throws NotSet {
    try {
      // A temporary file is its owner's alone from the beginning.
      var written = Files.createTempFile(folder(), "owner", ".new");
      try {
        try (var channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
          var bytes = ByteBuffer.wrap((hash + "\n").getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw unwritable();
    }
  }

  private Path folder() {
    return path.resolveSibling(".").normalize();
  }

  private NotSet unwritable() {
    return new NotSet(
        "%s cannot be written; make its folder, give this user the right to write there, or name another file with --file"
            .formatted(path));
  }
}
