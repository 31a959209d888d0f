package dev.parley.adapters.outbound.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** A connection that hears notifications. Only its owner's thread uses it, except to abort it. */
final class ListeningConnection implements AutoCloseable {

  private final Connection connection;
  // Only this connection listens to it: a notification ends its waiting.
  private final String wakeUp = "parley_wake_" + UUID.randomUUID().toString().replace("-", "");

  private ListeningConnection(Connection connection) {
    this.connection = connection;
  }

  static ListeningConnection over(Connection connection) throws SQLException {
    var listening = new ListeningConnection(connection);
    listening.listen(List.of(listening.wakeUp));
    return listening;
  }

  /** For queries. */
  Connection connection() {
    return connection;
  }

  void listen(List<String> channels) throws SQLException {
    run(connection, commands("LISTEN", channels));
  }

  void unlisten(List<String> channels) throws SQLException {
    run(connection, commands("UNLISTEN", channels));
  }

  /** Throws when the connection is dead. */
  void probe() throws SQLException {
    run(connection, "SELECT 1");
  }

  /** Waits for notifications; gives their channels, none when the time is over. */
  List<String> await(int millis) throws SQLException {
    var notifications = connection.unwrap(PGConnection.class).getNotifications(millis);
    var channels = new ArrayList<String>(notifications.length);
    for (var notification : notifications) {
      channels.add(notification.getName());
    }
    return channels;
  }

  /** Ends the waiting of this connection, by way of another one. */
  void wake(Connection other) throws SQLException {
    run(other, "NOTIFY " + wakeUp);
  }

  /** Closes the socket, whatever goes on. */
  void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException alreadyClosed) {
      return;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static String commands(String command, List<String> channels) {
    return channels.stream().map(name -> command + " " + name).collect(Collectors.joining(";"));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
