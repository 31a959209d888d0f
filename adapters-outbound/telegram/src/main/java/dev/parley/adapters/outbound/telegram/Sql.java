package dev.parley.adapters.outbound.telegram;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Statements of one line. */
final class Sql {

  private Sql() {}

  /** Runs a statement and gives the number of rows it changed. */
  static int run(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (var statement = prepared(connection, sql, values)) {
      return statement.execute() ? 0 : statement.getUpdateCount();
    }
  }

  /** The number in the first row; 0 when there is none. */
  static long number(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (var statement = prepared(connection, sql, values);
        var row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The text in the first row; null when there is none. */
  static @Nullable String text(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (var statement = prepared(connection, sql, values);
        var row = statement.executeQuery()) {
      return row.next() ? row.getString(1) : null;
    }
  }

  static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (var n = 0; n < values.length; n++) {
      statement.setObject(n + 1, values[n]);
    }
    return statement;
  }
}
