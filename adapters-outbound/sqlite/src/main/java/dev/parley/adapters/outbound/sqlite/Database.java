package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.Health;
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
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The database file as this process knows it: which file it was when it was first opened, so that a
 * file deleted or replaced meanwhile is noticed and never written to.
 *
 * <p>The file is never opened by anything but SQLite: closing any other descriptor of it would drop
 * the POSIX locks of the whole process.
 */
final class Database {

  private final SqliteSettings settings;
  private final Faults faults;
  private final Health health;
  private boolean seen;
  private @Nullable Store known;
  private @Nullable Object log;
  private @Nullable Object strayLog;

  Database(SqliteSettings settings, Faults faults, Health health) {
    this.settings = settings;
    this.faults = faults;
    this.health = health;
  }

  /**
   * One store: which file it is in, and its cursors.
   *
   * @param fileKey device and inode, or what else identifies the file
   */
  record Store(Object fileKey, Positions positions) {
    // Written out, since the JVM generates a record's own methods at their first use (ADR 17).
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Store that
          && fileKey.equals(that.fileKey)
          && positions.equals(that.positions);
    }

    @Override
    public int hashCode() {
      return 31 * fileKey.hashCode() + positions.hashCode();
    }
  }

  /** A new connection; the first one creates or upgrades the database. */
  Link connect() {
    var fileKey = existingFile();
    var link = open(fileKey);
    if (!fileKey.equals(keyOf(settings.path()))) {
      link.close();
      throw faults.replaced();
    }
    return link;
  }

  private Link open(Object fileKey) {
    Connection connection = null;
    try {
      connection = config().createConnection("jdbc:sqlite:" + uri(settings.path()));
      health.runs(connection.getMetaData().getDatabaseProductVersion());
      var epoch = new Schema(connection, settings, faults).prepare();
      var store = adopt(new Store(fileKey, new Positions(settings.path(), epoch)));
      health.answered();
      return new Link(connection, store, this);
    } catch (SQLException failure) {
      Link.closeQuietly(connection);
      throw faults.of(failure);
    } catch (RuntimeException failure) {
      Link.closeQuietly(connection);
      throw failure;
    }
  }

  /**
   * Whether the file at the path still is the one of a store. Throws when it was deleted, and to
   * the first caller who notices when it was replaced; false when the others have been told.
   */
  boolean isAt(Store store) {
    var fileKey = keyOf(settings.path());
    if (store.fileKey().equals(fileKey)) {
      return true;
    }
    if (fileKey == null) {
      throw faults.deleted();
    }
    forget(store);
    return false;
  }

  private synchronized void forget(Store store) {
    if (store.equals(known)) {
      replaced();
    }
  }

  private synchronized Store adopt(Store store) {
    if (known != null && !known.fileKey().equals(store.fileKey())) {
      replaced();
    }
    seen = true;
    log = keyOf(logFile());
    if (known == null) {
      known = store;
    }
    return known;
  }

  private void replaced() {
    known = null;
    var present = keyOf(logFile());
    strayLog = present != null && present.equals(log) ? present : null;
    throw faults.replaced();
  }

  // SQLite would replay the former file's log into the new file.
  private void refuseStrayLog() {
    if (strayLog != null) {
      if (strayLog.equals(keyOf(logFile()))) {
        throw faults.strayLog();
      }
      strayLog = null;
    }
  }

  private Path logFile() {
    return settings.path().resolveSibling(settings.path().getFileName() + "-wal");
  }

  private synchronized Object existingFile() {
    refuseStrayLog();
    var fileKey = keyOf(settings.path());
    if (fileKey != null) {
      return fileKey;
    }
    if (seen) {
      throw faults.deleted();
    }
    create();
    var created = keyOf(settings.path());
    if (created == null) {
      throw faults.deleted();
    }
    return created;
  }

  private void create() {
    var folder = settings.path().getParent();
    try {
      if (folder != null && !Files.isDirectory(folder)) {
        if (!settings.ownPlace()) {
          throw faults.missingFolder();
        }
        Files.createDirectories(folder, privately(folder, "rwx------"));
      }
      Files.createFile(settings.path(), privately(settings.path(), "rw-------"));
    } catch (FileAlreadyExistsException madeByAnother) {
      return;
    } catch (IOException failure) {
      throw faults.cannotCreate(failure);
    }
  }

  private static FileAttribute<?>[] privately(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[] {};
  }

  private @Nullable Object keyOf(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      var key = attributes.fileKey();
      return key != null ? key : attributes.creationTime();
    } catch (NoSuchFileException absent) {
      return null;
    } catch (IOException failure) {
      throw faults.cannotCreate(failure);
    }
  }

  // Without CREATE: a file that is gone must be noticed, not made anew. A URI, since the driver
  // would take a question mark in a plain path for the start of its own parameters.
  private static SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setOpenMode(SQLiteOpenMode.OPEN_URI);
    config.setBusyTimeout(0);
    // The driver would match the text of every statement, and look for a new row's id after it.
    config.setGetGeneratedKeys(false);
    return config;
  }

  private static String uri(Path path) {
    return "file:" + path.toUri().getRawPath();
  }
}
