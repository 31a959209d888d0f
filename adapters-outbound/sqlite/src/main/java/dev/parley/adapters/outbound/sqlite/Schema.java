package dev.parley.adapters.outbound.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables. {@code messages} is shared with other bridges, so it is only ever added to:
 *
 * <ul>
 *   <li>{@code messages.sender_kind} is null for agents, since only bridges write here;
 *   <li>{@code messages.post_key} makes a post repeatable;
 *   <li>{@code parley_meta} holds the random id of this store;
 *   <li>{@code parley_trimmed} knows up to which id the oldest messages of a topic are gone, and
 *       {@code parley_holes} which single ones are: a trigger keeps both, whoever deletes.
 * </ul>
 */
final class Schema {

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, sender TEXT NOT NULL,
            content TEXT NOT NULL, ts TEXT NOT NULL, in_reply_to TEXT)
          """,
          "CREATE TABLE IF NOT EXISTS parley_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
          "CREATE TABLE IF NOT EXISTS parley_trimmed (topic TEXT PRIMARY KEY, up_to INTEGER NOT"
              + " NULL)",
          """
          CREATE TABLE IF NOT EXISTS parley_holes (
            topic TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (topic, id)) WITHOUT ROWID
          """);

  private static final List<String> ADDED_COLUMNS = List.of("sender_kind", "post_key");

  private static final List<String> AFTER_COLUMNS =
      List.of(
          "CREATE INDEX IF NOT EXISTS idx_messages_topic_id ON messages(topic, id)",
          """
          CREATE UNIQUE INDEX IF NOT EXISTS parley_post_keys ON messages(topic, sender, post_key)
            WHERE post_key IS NOT NULL
          """,
          """
          CREATE TRIGGER IF NOT EXISTS parley_deleted AFTER DELETE ON messages
            WHEN typeof(OLD.topic) = 'text' BEGIN
            INSERT OR IGNORE INTO parley_holes(topic, id) VALUES (OLD.topic, OLD.id);
            INSERT OR REPLACE INTO parley_trimmed(topic, up_to)
              SELECT OLD.topic, max(id) FROM parley_holes
              WHERE topic = OLD.topic
                AND id < coalesce((SELECT min(id) FROM messages WHERE topic = OLD.topic),
                  9223372036854775807)
                AND id > coalesce((SELECT up_to FROM parley_trimmed WHERE topic = OLD.topic),
                  -9223372036854775807)
              HAVING max(id) IS NOT NULL;
            DELETE FROM parley_holes WHERE topic = OLD.topic
              AND id <= (SELECT up_to FROM parley_trimmed WHERE topic = OLD.topic);
          END
          """,
          "INSERT OR IGNORE INTO parley_meta VALUES ('store', lower(hex(randomblob(8))))",
          "INSERT OR IGNORE INTO parley_meta VALUES ('schema', '1')");

  private static final List<String> SHARED_COLUMNS =
      List.of("id", "topic", "sender", "content", "ts", "in_reply_to");

  private final Connection connection;
  private final SqliteSettings settings;
  private final Faults faults;

  Schema(Connection connection, SqliteSettings settings, Faults faults) {
    this.connection = connection;
    this.settings = settings;
    this.faults = faults;
  }

  /**
   * Sets the connection up, creates or upgrades the tables if need be, and gives the store's id.
   */
  String prepare() throws SQLException {
    return Patience.whileBusy(
        settings.patience(),
        () -> {
          run("PRAGMA synchronous = " + settings.synchronous());
          run("PRAGMA cache_size = -1000");
          run("PRAGMA wal_autocheckpoint = " + LogGrowth.MOST_PAGES);
          keepWriteAheadLog();
          var id = storeId();
          return id != null ? id : create();
        });
  }

  private void keepWriteAheadLog() throws SQLException {
    if ("wal".equals(text("PRAGMA journal_mode"))) {
      return;
    }
    var mode = text("PRAGMA journal_mode = WAL");
    if (!"wal".equals(mode)) {
      throw faults.noWriteAheadLog(String.valueOf(mode));
    }
  }

  private String create() throws SQLException {
    run("BEGIN IMMEDIATE");
    try {
      for (var table : TABLES) {
        run(table);
      }
      addColumns();
      for (var statement : AFTER_COLUMNS) {
        run(statement);
      }
      run("COMMIT");
    } catch (SQLException | RuntimeException failure) {
      rollBack();
      throw failure;
    }
    var id = storeId();
    if (id == null) {
      throw new SQLException("the store has no id right after it was given one");
    }
    return id;
  }

  private void addColumns() throws SQLException {
    var columns = columnsOfMessages();
    for (var shared : SHARED_COLUMNS) {
      if (!columns.contains(shared)) {
        throw faults.foreignTable(shared);
      }
    }
    for (var added : ADDED_COLUMNS) {
      if (!columns.contains(added)) {
        run("ALTER TABLE messages ADD COLUMN " + added + " TEXT");
      }
    }
  }

  private Set<String> columnsOfMessages() throws SQLException {
    var columns = new HashSet<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT name FROM pragma_table_info('messages')")) {
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
    }
    return columns;
  }

  private @Nullable String storeId() throws SQLException {
    return text("SELECT 1 FROM sqlite_schema WHERE name = 'parley_meta'") == null
        ? null
        : text(
            """
            SELECT value FROM parley_meta WHERE name = 'store'
              AND EXISTS (SELECT 1 FROM parley_meta WHERE name = 'schema')
            """);
  }

  private @Nullable String text(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private void run(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void rollBack() {
    try {
      run("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      // SQLite rolls back by itself on some failures and then refuses to do it again.
      return;
    }
  }
}
