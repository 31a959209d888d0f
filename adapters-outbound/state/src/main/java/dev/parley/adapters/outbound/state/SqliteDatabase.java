package dev.parley.adapters.outbound.state;

import dev.parley.ports.StateUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A private SQLite file of which this process is the only user: every change is on the disk before
 * its method returns, and statements are prepared once. One thread at a time.
 */
final class SqliteDatabase implements AutoCloseable {

  private final Path file;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /**
   * Opens a database, and makes it when there is none.
   *
   * @throws StateUnavailable when it cannot be opened, as when another process has it
   */
  SqliteDatabase(Path stateFolder, String name, List<String> schema) {
    this.file = stateFolder.resolve(name);
    var folder = new StateFolder(stateFolder);
    try {
      folder.create();
      if (Files.notExists(file)) {
        folder.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)).close();
      }
    } catch (IOException failure) {
      throw folder.unavailable(file, failure);
    }
    try {
      this.connection = opened(schema);
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  private Connection opened(List<String> schema) throws SQLException {
    var opened = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (var statement = opened.createStatement()) {
      statement.execute("PRAGMA locking_mode=EXCLUSIVE");
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      try (var rows = statement.executeQuery("PRAGMA quick_check(1)")) {
        if (rows.next() && !rows.getString(1).equals("ok")) {
          throw new SQLiteException(rows.getString(1), SQLiteErrorCode.SQLITE_CORRUPT);
        }
      }
      for (var sql : schema) {
        statement.execute(sql);
      }
      return opened;
    } catch (SQLException failure) {
      opened.close();
      throw failure;
    }
  }

  /** Work that the database may refuse. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /** Makes a value of the row that was found. */
  @FunctionalInterface
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** All of the work, or nothing of it. */
  <T extends @Nullable Object> T inTransaction(Work<T> work) {
    try {
      update("BEGIN IMMEDIATE");
      try {
        var result = work.run();
        update("COMMIT");
        return result;
      } catch (SQLException | RuntimeException failure) {
        rollBack(failure);
        throw failure;
      }
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  /** SQLite has rolled back by itself after some failures, and says so. */
  private void rollBack(Exception why) {
    try {
      update("ROLLBACK");
    } catch (SQLException failure) {
      why.addSuppressed(failure);
    }
  }

  /** Runs a statement; gives how many rows it changed. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return prepared(sql, values).executeUpdate();
  }

  /** The first row that a query finds. */
  <T> Optional<T> find(Reading<T> reading, String sql, @Nullable Object... values) {
    try (var rows = prepared(sql, values).executeQuery()) {
      return rows.next() ? Optional.of(reading.of(rows)) : Optional.empty();
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (var i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  private StateUnavailable unavailable(SQLException failure) {
    return new StateUnavailable(
        "%s cannot be used (%s); %s".formatted(file, failure.getMessage(), remedy(failure)),
        failure);
  }

  private static String remedy(SQLException failure) {
    var code =
        failure instanceof SQLiteException known
            ? known.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (code) {
      case SQLITE_NOTADB, SQLITE_CORRUPT ->
          "it is damaged: put a backup in its place, or move it away and allow every client anew";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another process has it open: stop that one, or give this one a state_path of its own";
      case SQLITE_FULL -> "make space on the disk";
      default -> "see that this user may write the folder, and that the disk is sound";
    };
  }
}
