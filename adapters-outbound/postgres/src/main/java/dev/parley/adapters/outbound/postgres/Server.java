package dev.parley.adapters.outbound.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Makes connections, and remembers why the last attempt was refused so that callers need not wait
 * for what has just been found to be impossible.
 */
final class Server implements DataSource {

  private static final Duration FRESH = Duration.ofMillis(200);

  private final ConnectionUrl url;
  private final Duration timeout;
  private final String session;
  private volatile @Nullable Refusal refusal;

  private record Refusal(SQLException why, long at) {}

  Server(PostgresSettings settings) {
    this.url = settings.url();
    this.timeout = settings.timeout();
    // A statement that waits for a lock ends before its caller gives up: then it is known that
    // nothing was stored. There is one right plan for each statement, by the index of its order: it
    // is made once, and statistics that are old or of few topics do not lead away from it.
    this.session =
        """
        SET lock_timeout = %d; SET statement_timeout = %d;
        SET plan_cache_mode = force_generic_plan;
        SET enable_seqscan = off; SET enable_bitmapscan = off
        """
            .formatted(settings.lockPatience().toMillis(), settings.patience().toMillis());
  }

  /** A connection for statements. */
  @Override
  public Connection getConnection() throws SQLException {
    return withSession(connect(properties()));
  }

  /** A connection on which one command may be several statements, sent in one piece. */
  Connection connectForListening() throws SQLException {
    var properties = properties();
    PGProperty.PREFER_QUERY_MODE.set(properties, "extendedForPrepared");
    setUnlessGiven(properties, PGProperty.SOCKET_FACTORY, ListeningSocket.Factory.class.getName());
    return withSession(connect(properties));
  }

  /** A connection on which no statement is prepared, so that a pooler in between does no harm. */
  Connection connectUnprepared() throws SQLException {
    var properties = properties();
    PGProperty.PREPARE_THRESHOLD.set(properties, 0);
    return connect(properties);
  }

  private Connection withSession(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(session);
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  private Connection connect(Properties properties) throws SQLException {
    try {
      var connection = new Driver().connect(url.jdbc(), properties);
      if (connection == null) {
        throw new SQLException("the driver does not know this form of URL");
      }
      refusal = null;
      return connection;
    } catch (SQLException why) {
      refusal = new Refusal(why, System.nanoTime());
      throw why;
    }
  }

  /** Why no connection could be made when that was last tried; null when one could. */
  @Nullable SQLException refusal() {
    var last = refusal;
    return last == null ? null : last.why();
  }

  /** The same, if it was just now. */
  @Nullable SQLException freshRefusal() {
    var last = refusal;
    return last != null && System.nanoTime() - last.at() < FRESH.toNanos() ? last.why() : null;
  }

  private Properties properties() {
    var properties = url.properties();
    var seconds = (int) Math.max(1, (timeout.toMillis() + 999) / 1_000);
    setUnlessGiven(properties, PGProperty.APPLICATION_NAME, "parley");
    setUnlessGiven(properties, PGProperty.CONNECT_TIMEOUT, Integer.toString(seconds));
    setUnlessGiven(properties, PGProperty.SOCKET_TIMEOUT, Integer.toString(seconds));
    setUnlessGiven(properties, PGProperty.CANCEL_SIGNAL_TIMEOUT, "1");
    setUnlessGiven(properties, PGProperty.TCP_KEEP_ALIVE, "true");
    // Every statement is used again and again: have the server prepare it the first time.
    setUnlessGiven(properties, PGProperty.PREPARE_THRESHOLD, "1");
    // After a fail-over the former standby is the one to ask, at once.
    setUnlessGiven(properties, PGProperty.HOST_RECHECK_SECONDS, "0");
    // Details may quote the row that was refused, and with it what somebody said.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    return properties;
  }

  private static void setUnlessGiven(Properties properties, PGProperty name, String value) {
    if (properties.getProperty(name.getName()) == null) {
      name.set(properties, value);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the URL names the role");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  /** Left to the connect and socket timeouts: the pool would set it far too short. */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 1;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("not a wrapper for " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
