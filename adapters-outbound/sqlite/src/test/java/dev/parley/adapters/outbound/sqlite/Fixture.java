package dev.parley.adapters.outbound.sqlite;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Backends on a database file, and that file seen from outside. */
final class Fixture {

  private Fixture() {}

  static Backend open(Path database) {
    return open(database, Map.of());
  }

  static Backend open(Path database, Map<String, Object> settings) {
    return open(database, settings, Sender.Kind.AGENT);
  }

  static Backend open(Path database, Map<String, Object> settings, Sender.Kind kind) {
    return new SqlitePlugin().open(config(database, settings), self(database, kind));
  }

  static BackendConfig config(Path database, Map<String, Object> settings) {
    var values = new HashMap<>(settings);
    values.put("db_path", database);
    return new BackendConfig(values);
  }

  private static Self self(Path database, Sender.Kind kind) {
    return new Self(
        new Handle("agent"), kind, new InstanceId("agent"), database.resolveSibling("state"));
  }

  /** Every message of a topic, oldest first, read in pages. */
  static List<Message> history(Backend backend, TopicName topic, int pageSize) {
    var page = backend.fetchRecent(topic, Window.oldest(pageSize));
    var messages = new ArrayList<>(page.messages());
    while (page.more()) {
      page = backend.fetchRecent(topic, Window.after(page.next(), pageSize));
      messages.addAll(page.messages());
    }
    return messages;
  }

  /** The same, contents only. */
  static List<String> contents(Backend backend, TopicName topic) {
    return history(backend, topic, 100).stream().map(Message::content).toList();
  }

  /** Another program's connection, with that program's settings. */
  static Connection foreign(Path database) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database);
  }

  static void run(Path database, String... statements) throws SQLException {
    try (var connection = foreign(database);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The table as the existing bridges make it. */
  static void createAsExistingBridge(Path database) throws SQLException {
    run(
        database,
        "PRAGMA journal_mode = WAL",
        """
        CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL,
          sender TEXT, content, ts TEXT, in_reply_to TEXT)
        """,
        "CREATE INDEX idx_messages_topic_id ON messages(topic, id)");
  }
}
