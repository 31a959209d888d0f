package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.Unavailable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;

/** Says what went wrong with the database in words that name its path and the remedy. */
final class Faults {

  private static final String DB_PATH = SqliteSettings.DB_PATH.name();

  private final Path path;
  private final Duration timeout;
  private final Health health;

  Faults(Path path, Duration timeout, Health health) {
    this.path = path;
    this.timeout = timeout;
    this.health = health;
  }

  /** Whether another connection holds the lock, so that trying again may help. */
  static boolean isBusy(SQLException failure) {
    return primaryCode(failure) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  /** Whether a failure concerns the one statement only, not the database. */
  static boolean isOfStatement(SQLException failure) {
    var code = primaryCode(failure);
    return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
        || code == SQLiteErrorCode.SQLITE_TOOBIG.code
        || code == SQLiteErrorCode.SQLITE_MISMATCH.code;
  }

  /** Whether a failed COMMIT may have reached the disk all the same. */
  static boolean leavesCommitOpen(SQLException failure) {
    return primaryCode(failure) == SQLiteErrorCode.SQLITE_IOERR.code;
  }

  /** Whether a statement was ended because it took too long. */
  static boolean isInterruption(SQLException failure) {
    return primaryCode(failure) == SQLiteErrorCode.SQLITE_INTERRUPT.code;
  }

  // The low byte is SQLite's primary result code; the driver reports extended ones.
  private static int primaryCode(SQLException failure) {
    return failure.getErrorCode() & 0xff;
  }

  BackendException of(SQLException failure) {
    return noted(translate(failure));
  }

  private BackendException translate(SQLException failure) {
    var code = primaryCode(failure);
    if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return locked(failure);
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code
        || code == SQLiteErrorCode.SQLITE_PERM.code
        || code == SQLiteErrorCode.SQLITE_AUTH.code) {
      return new AccessDenied(
          "the database %s is read-only: make the file and its folder writable for this user"
              .formatted(path),
          failure);
    }
    if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      return cannotOpen(failure);
    }
    if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return Misconfigured.of(
          DB_PATH,
          "is %s, which is not an SQLite database: correct it, or move that file away"
              .formatted(path),
          failure);
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
      return unavailable(
          "the database %s is damaged: restore it from a backup, or rescue it with `sqlite3 FILE"
              + " .recover`",
          failure);
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return unavailable("the disk that holds the database %s is full: free some space", failure);
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
      return unavailable(
          "the database %s cannot be read or written (input/output error): check its disk and the"
              + " free space",
          failure);
    }
    return new Unavailable(
        "the database %s failed: %s".formatted(path, firstLine(failure)),
        health.failingSince(),
        failure);
  }

  private Unavailable locked(SQLException failure) {
    return new Unavailable(
        "the database %s is locked by another program, for %s now: close the program that holds it"
                .formatted(path, inWords(timeout))
            + " (a database browser with an open transaction, say) and try again",
        health.failingSince(),
        failure);
  }

  private BackendException cannotOpen(SQLException failure) {
    if (Files.isDirectory(path)) {
      return Misconfigured.of(DB_PATH, "is %s, which is a folder: name a file".formatted(path));
    }
    if (Files.exists(path)) {
      return new AccessDenied(
          "the database %s cannot be opened: give this user read and write permission on the file"
                  .formatted(path)
              + " and its folder",
          failure);
    }
    return unavailable("the database %s cannot be opened: check its folder", failure);
  }

  private Unavailable unavailable(String message, SQLException failure) {
    return new Unavailable(message.formatted(path), health.failingSince(), failure);
  }

  BackendException missingFolder() {
    var folder = path.getParent();
    return noted(
        Misconfigured.of(
            DB_PATH,
            folder != null && Files.exists(folder)
                ? "is %s, but %s is a file: move it away, or correct the path"
                    .formatted(path, folder)
                : "is %s, but the folder %s does not exist: create it, or correct the path"
                    .formatted(path, folder)));
  }

  BackendException cannotCreate(IOException failure) {
    return noted(
        failure instanceof AccessDeniedException
            ? new AccessDenied(
                "the database %s cannot be created: make its folder writable for this user"
                    .formatted(path),
                failure)
            : new Unavailable(
                "the database %s cannot be created: %s".formatted(path, failure.getMessage()),
                health.failingSince(),
                failure));
  }

  BackendException foreignTable(String missing) {
    return noted(
        Misconfigured.of(
            DB_PATH,
            "is %s, whose table 'messages' is not one of Parley's (it has no column %s): name another file"
                .formatted(path, missing)));
  }

  BackendException noWriteAheadLog(String mode) {
    return noted(
        Misconfigured.of(
            DB_PATH,
            "is %s, where no write-ahead log can be kept (journal mode stays '%s'): put it on a local disk"
                .formatted(path, mode)));
  }

  BackendException deleted() {
    return noted(
        new Unavailable(
            "the database %s was deleted while Parley was using it: put the file back, or restart"
                    .formatted(path)
                + " Parley to begin a new one",
            health.failingSince(),
            null));
  }

  BackendException replaced() {
    return noted(
        new Unavailable(
            "the database %s was replaced by another file while Parley was using it: the next call"
                    .formatted(path)
                + " goes to the new file, so check that it is the one you mean",
            health.failingSince(),
            null));
  }

  BackendException strayLog() {
    return noted(
        new Unavailable(
            "the database %1$s was replaced, but the log of the former file is still beside it: end every session that uses it, delete %1$s-wal and %1$s-shm, and start again"
                .formatted(path),
            health.failingSince(),
            null));
  }

  /** Nothing came within the request timeout. */
  BackendException tooSlow() {
    return noted(
        new Unavailable(
            "the database %s did not answer within %s: check its disk and what else uses it"
                .formatted(path, inWords(timeout)),
            health.failingSince(),
            null));
  }

  BackendException closed() {
    return new Unavailable("the database %s was closed".formatted(path), null, null);
  }

  private BackendException noted(BackendException fault) {
    health.failed(fault.getMessage());
    return fault;
  }

  private static String inWords(Duration duration) {
    return duration.toMillis() < 1_000
        ? duration.toMillis() + " ms"
        : "%.0f s".formatted(duration.toMillis() / 1_000.0);
  }

  private static String firstLine(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
