package dev.parley.adapters.outbound.postgres;

import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One database, and what other software does to it.
 *
 * @param port where clients connect to
 */
record PostgresStore(PostgresServer server, int port, String database) implements Store {

  /** Short, since an outage waits for it; five processes that start at once need this much. */
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

  /** Who owns every database of the tests. */
  static final String OWNER = "bridge";

  static PostgresStore create(PostgresServer server, int port, String database) {
    server.execute("postgres", "CREATE DATABASE %s OWNER %s".formatted(database, OWNER));
    return new PostgresStore(server, port, database);
  }

  @Override
  public Map<String, String> config() {
    return config(OWNER);
  }

  Map<String, String> config(String user) {
    return Map.of(
        "url",
        "postgresql://127.0.0.1:%d/%s".formatted(port, database),
        "user",
        user,
        "password",
        PostgresServer.PASSWORD,
        "request_timeout_ms",
        Long.toString(REQUEST_TIMEOUT.toMillis()));
  }

  /** Topics need no preparation: they are values of a column. */
  @Override
  public void prepare(TopicName topic) {}

  @Override
  public Set<Loss> losses() {
    return Set.of(Loss.TRIMMED, Loss.TOPIC_RECREATED, Loss.STORE_RESET);
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    switch (loss) {
      case TRIMMED ->
          update(
              """
              DELETE FROM parley_messages WHERE topic = $1 AND seq NOT IN (
                SELECT seq FROM parley_messages WHERE topic = $1 ORDER BY seq DESC LIMIT 2)
              """,
              topic);
      case TOPIC_RECREATED -> update("DELETE FROM parley_messages WHERE topic = $1", topic);
      case STORE_RESET ->
          server.execute(
              "postgres",
              "DROP DATABASE " + database,
              "CREATE DATABASE %s OWNER %s".formatted(database, OWNER));
    }
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of(
        record("unreadable time", "'bob', 'text', 'yesterday', NULL", shown("bob", "text")),
        record("blank sender", "' ', 'text', '', NULL", shown("unknown", "text")),
        record("5 MB of content", "'bob', repeat('x', 5000000), '', NULL", new AsPlaceholder()),
        record(
            "2 MB of content",
            "'bob', repeat('x', 2000000), '', NULL",
            shown("bob", "x".repeat(2_000_000))),
        record("dangling parent", "'bob', 'text', '', 'no such id'", shown("bob", "text")),
        record("long parent", "'bob', 'text', '', repeat('1', 600)", shown("bob", "text")),
        record(
            "control characters", "'bob', E'a\\x01\\x7fb', '', ''", shown("bob", "a\u0001\u007fb")),
        record("odd name", "' b\u00f6b !', 'text', '', NULL", shown(" b\u00f6b !", "text")));
  }

  private static AsMessage shown(String sender, String content) {
    return new AsMessage(sender, content);
  }

  private ForeignRecord record(String what, String values, Shown shown) {
    return new ForeignRecord(
        what,
        topic ->
            update(
                "INSERT INTO parley_messages(topic, sender, content, ts, in_reply_to) VALUES ($1, %s)"
                    .formatted(values),
                topic),
        shown);
  }

  private void update(String sql, TopicName topic) {
    try (var connection = server.admin(database);
        var statement = connection.createStatement()) {
      statement.execute(sql.replace("$1", statement.enquoteLiteral(topic.value())));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** There are no accounts that speak for people: whoever writes here is a bridge. */
  @Override
  public Optional<Person> person() {
    return Optional.empty();
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.empty();
  }

  @Override
  public long serverObjects() {
    try (var connection = server.admin("postgres");
        var query =
            connection.prepareStatement(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = ?")) {
      query.setString(1, database);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
  }
}
