package dev.parley.adapters.outbound.slack;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the instances of one user on this machine that use one app find each other: a lock for the
 * one that has the connection, and a socket at which it tells the others.
 *
 * @param folder private to the user
 */
record MeetingPlace(Path folder, String name) {

  private static final int LONGEST_ADDRESS = 100;
  private static final Set<PosixFilePermission> PRIVATE =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  // A file's locks are the process's: to open it a second time and close that would release them.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** The place of the users of an app's tokens. */
  static MeetingPlace of(SlackSettings settings) {
    var runtime = System.getenv("XDG_RUNTIME_DIR");
    var folder =
        runtime == null || runtime.isBlank()
            ? Path.of(
                System.getProperty("java.io.tmpdir"), "parley-" + System.getProperty("user.name"))
            : Path.of(runtime, "parley");
    return in(folder, settings);
  }

  static MeetingPlace in(Path folder, SlackSettings settings) {
    return new MeetingPlace(folder, "slack-" + hash(settings.api() + " " + settings.appToken()));
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(socket());
  }

  private Path socket() {
    return folder.resolve(name + ".sock");
  }

  /**
   * Makes the folder where it is not there.
   *
   * @throws IOException when it cannot be made, or others could come into it
   */
  void prepare() throws IOException {
    if (socket().toString().length() > LONGEST_ADDRESS) {
      throw new IOException("the path is too long for a socket");
    }
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(folder);
      return;
    }
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException _) {
      if (!PRIVATE.containsAll(Files.getPosixFilePermissions(folder))
          || !Files.getOwner(folder).getName().equals(System.getProperty("user.name"))) {
        throw new IOException("others may come into the folder");
      }
    }
  }

  /**
   * The right to be the one with the connection; given up by closing it, or by the process's end.
   */
  final class Seat implements AutoCloseable {

    private final FileChannel file;
    private final FileLock lock;

    private Seat(FileChannel file, FileLock lock) {
      this.file = file;
      this.lock = lock;
    }

    @Override
    public void close() throws IOException {
      try (file;
          lock) {
        Files.deleteIfExists(socket());
      } finally {
        HELD.remove(lockFile());
      }
    }
  }

  private Path lockFile() {
    return folder.resolve(name + ".lock");
  }

  /** Takes the seat, unless somebody has it. */
  Optional<Seat> takeSeat() throws IOException {
    if (!HELD.add(lockFile())) {
      return Optional.empty();
    }
    FileChannel file = null;
    FileLock lock = null;
    try {
      file = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = file.tryLock();
      if (lock == null) {
        return Optional.empty();
      }
      Files.deleteIfExists(socket());
      return Optional.of(new Seat(file, lock));
    } finally {
      if (lock == null) {
        HELD.remove(lockFile());
        if (file != null) {
          file.close();
        }
      }
    }
  }
}
