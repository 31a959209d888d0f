package dev.parley.adapters.outbound.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to one store, for use by one thread. */
final class Link implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final Connection connection;
  private final Database.Store store;
  private final Database database;

  Link(Connection connection, Database.Store store, Database database) {
    this.connection = connection;
    this.store = store;
    this.database = database;
  }

  Positions positions() {
    return store.positions();
  }

  Database.Store store() {
    return store;
  }

  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** Whether the file at the path still is the one this is connected to; throws when it is gone. */
  boolean isCurrent() {
    return database.isAt(store);
  }

  @Override
  public void close() {
    closeQuietly(connection);
  }

  static void closeQuietly(@Nullable AutoCloseable resource) {
    if (resource == null) {
      return;
    }
    try {
      resource.close();
    } catch (Exception failure) {
      LOG.debug("closing a connection failed", failure);
    }
  }
}
