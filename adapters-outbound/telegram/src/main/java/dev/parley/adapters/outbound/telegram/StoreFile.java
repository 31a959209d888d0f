package dev.parley.adapters.outbound.telegram;

import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Unavailable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to the store, for one call at a time. The file is never opened by anything but
 * SQLite: closing any other descriptor of it would drop the locks of the whole process.
 */
final class StoreFile implements AutoCloseable {

  private static final long FIRST_PAUSE_NANOS = 50_000;
  private static final int MOST_DOUBLINGS = 6;

  private final TelegramSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection connection;
  private @Nullable Object fileKey;
  private @Nullable Positions positions;
  private boolean closed;

  StoreFile(TelegramSettings settings) {
    this.settings = settings;
  }

  /** What is done with a connection, inside one transaction. */
  interface Work<T> {
    T on(Connection connection, Positions positions) throws SQLException;
  }

  /** Reads from one snapshot. */
  <T extends @Nullable Object> T read(Work<T> work) {
    return inTransaction("BEGIN", work);
  }

  /** Writes; what was written is on the disk when this returns. */
  <T extends @Nullable Object> T write(Work<T> work) {
    return inTransaction("BEGIN IMMEDIATE", work);
  }

  /** A number that changes whenever another connection has written. */
  long version() {
    return read((current, _) -> Sql.number(current, "PRAGMA data_version"));
  }

  private <T extends @Nullable Object> T inTransaction(String begin, Work<T> work) {
    lock.lock();
    try {
      var current = current();
      whileBusy(() -> Sql.run(current, begin));
      try {
        var result = work.on(current, positions());
        Sql.run(current, "COMMIT");
        return result;
      } catch (SQLException | RuntimeException failure) {
        rollBack(current);
        throw failure;
      }
    } catch (SQLException failure) {
      drop();
      throw failed(failure);
    } finally {
      lock.unlock();
    }
  }

  private Positions positions() {
    if (positions == null) {
      throw new IllegalStateException("a connected store has positions");
    }
    return positions;
  }

  private Connection current() throws SQLException {
    if (closed) {
      throw new Unavailable("the Telegram backend was closed", null, null);
    }
    if (connection != null && fileKey != null && fileKey.equals(keyOf(settings.store()))) {
      return connection;
    }
    var wasOpen = connection != null;
    drop();
    if (wasOpen) {
      throw new Unavailable(
          "the store %s was deleted or replaced while it was open: put it back, or go on with the"
                  .formatted(settings.store())
              + " new one from now on",
          null,
          null);
    }
    create();
    var key = keyOf(settings.store());
    var opened = whileBusy(() -> config().createConnection("jdbc:sqlite:" + uri()));
    try {
      var epoch = whileBusy(() -> Schema.prepare(opened, settings));
      positions = new Positions(settings.store(), epoch);
    } catch (SQLException | RuntimeException failure) {
      opened.close();
      throw failure;
    }
    connection = opened;
    fileKey = key;
    return opened;
  }

  private void create() {
    var file = settings.store();
    if (Files.exists(file)) {
      return;
    }
    var folder = file.getParent();
    try {
      if (folder != null && !Files.isDirectory(folder)) {
        if (!settings.ownPlace()) {
          throw new BackendException.Misconfigured(
              "the folder %s of store_path does not exist: create it, or correct store_path"
                  .formatted(folder));
        }
        Files.createDirectories(folder, privately(folder, "rwx------"));
      }
      Files.createFile(file, privately(file, "rw-------"));
    } catch (FileAlreadyExistsException madeByAnother) {
      return;
    } catch (IOException failure) {
      throw new BackendException.AccessDenied(
          "the store %s cannot be made: make its folder writable for this user, or name another"
                  .formatted(file)
              + " file in store_path",
          failure);
    }
  }

  private static FileAttribute<?>[] privately(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[] {};
  }

  private static @Nullable Object keyOf(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      var key = attributes.fileKey();
      return key != null ? key : attributes.creationTime();
    } catch (NoSuchFileException absent) {
      return null;
    } catch (IOException failure) {
      throw new Unavailable("the store %s cannot be looked at".formatted(file), null, failure);
    }
  }

  // Waiting inside SQLite would hold the carrier of a virtual thread, so this waits outside.
  private static SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setOpenMode(SQLiteOpenMode.OPEN_URI);
    config.setBusyTimeout(0);
    return config;
  }

  private String uri() {
    return "file:" + settings.store().toUri().getRawPath();
  }

  private interface Attempt<T extends @Nullable Object> {
    T make() throws SQLException;
  }

  private <T extends @Nullable Object> T whileBusy(Attempt<T> attempt) throws SQLException {
    var deadline = System.nanoTime() + settings.timeout().toNanos() * 9 / 10;
    for (var failures = 0; ; failures++) {
      try {
        return attempt.make();
      } catch (SQLException failure) {
        if (codeOf(failure) != SQLiteErrorCode.SQLITE_BUSY.code
            || System.nanoTime() - deadline >= 0) {
          throw failure;
        }
        var longest = FIRST_PAUSE_NANOS << Math.min(failures, MOST_DOUBLINGS);
        LockSupport.parkNanos(longest - ThreadLocalRandom.current().nextLong(longest / 2));
      }
    }
  }

  private BackendException failed(SQLException failure) {
    var file = settings.store();
    var code = codeOf(failure);
    if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
      return new Unavailable(
          "the store %s is locked by another program: end what holds it".formatted(file),
          null,
          failure);
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code
        || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || code == SQLiteErrorCode.SQLITE_PERM.code) {
      return new BackendException.AccessDenied(
          "the store %s cannot be opened or written: make the file and its folder writable for"
                  .formatted(file)
              + " this user, or name another file in store_path",
          failure);
    }
    if (code == SQLiteErrorCode.SQLITE_NOTADB.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
      return new BackendException.Misconfigured(
          "the store %s is no sound SQLite database: restore it from a backup, or name another file"
                  .formatted(file)
              + " in store_path",
          failure);
    }
    return new Unavailable(
        "the store %s failed: %s".formatted(file, failure.getMessage()), null, failure);
  }

  private static int codeOf(SQLException failure) {
    return failure.getErrorCode() & 0xff;
  }

  private static void rollBack(Connection connection) {
    try {
      Sql.run(connection, "ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      // SQLite rolls back by itself on some failures and then refuses to do it again.
      return;
    }
  }

  private void drop() {
    var old = connection;
    connection = null;
    positions = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException alreadyBroken) {
        return;
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      drop();
    } finally {
      lock.unlock();
    }
  }
}
