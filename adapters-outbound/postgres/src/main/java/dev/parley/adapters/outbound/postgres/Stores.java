package dev.parley.adapters.outbound.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Which store the table is, as it was last seen: it may be dropped and made anew at any time. */
final class Stores {

  /** An expression that gives the id of the store; null when the table is not as Parley made it. */
  static final String ID =
      """
      (SELECT value FROM "{table}_meta" WHERE name = 'store' AND EXISTS (
        SELECT 1 FROM pg_trigger
        WHERE tgrelid = '"{table}"'::regclass AND tgname = '{table}_gone_trg'))
      """;

  private static final String UNDEFINED_TABLE = "42P01";

  private final PostgresSettings settings;
  private final String query;
  private volatile @Nullable Store last;

  /** A store and the positions in it. */
  record Store(String id, Positions positions) {
    // Written out, since the JVM generates a record's own methods at their first use (ADR 17).
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Store that && id.equals(that.id) && positions.equals(that.positions);
    }

    @Override
    public int hashCode() {
      return 31 * id.hashCode() + positions.hashCode();
    }
  }

  Stores(PostgresSettings settings) {
    this.settings = settings;
    this.query = new Names(settings.table()).in("SELECT " + ID);
  }

  /** The store that was last seen, or the one there is when none was. */
  Store last(Connection connection) throws SQLException {
    var known = last;
    if (known != null) {
      return known;
    }
    try (var statement = connection.prepareStatement(query);
        var row = statement.executeQuery()) {
      row.next();
      return seen(row.getString(1));
    }
  }

  /**
   * The store of an id that was just read.
   *
   * @throws SQLException as for a missing table when there is no id
   */
  Store seen(@Nullable String id) throws SQLException {
    var known = last;
    if (known != null && known.id().equals(id)) {
      return known;
    }
    if (id == null) {
      throw new SQLException("the table was made anew by other software", UNDEFINED_TABLE);
    }
    var store = new Store(id, new Positions(settings, id));
    last = store;
    return store;
  }
}
