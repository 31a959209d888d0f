package dev.parley.adapters.outbound.telegram;

import dev.parley.ports.BackendException.Misconfigured;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables of the store:
 *
 * <ul>
 *   <li>{@code messages}: what was observed and posted; {@code seq} is the order, {@code prev} the
 *       message before in the same room, by which a reader sees that something was deleted; room 0
 *       stands for all rooms and holds the places where updates were lost;
 *   <li>{@code rooms}: the last message of each room, deleted or not. A room is a chat under the id
 *       that it first had;
 *   <li>{@code moves}: the ids that a room got later;
 *   <li>{@code intents}: posts on their way, each written before it is sent;
 *   <li>{@code people}: accounts that were seen;
 *   <li>{@code meta}: the random id of the store, its bot, and how polling goes.
 * </ul>
 */
final class Schema {

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS messages (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, room INTEGER NOT NULL, prev INTEGER NOT NULL,
            id TEXT NOT NULL UNIQUE, sender TEXT NOT NULL, account TEXT, kind TEXT NOT NULL,
            content TEXT NOT NULL, at INTEGER NOT NULL, parent TEXT, condition TEXT NOT NULL)
          """,
          "CREATE INDEX IF NOT EXISTS messages_of_room ON messages(room, seq)",
          "CREATE TABLE IF NOT EXISTS rooms (room INTEGER PRIMARY KEY, last INTEGER NOT NULL)",
          """
          CREATE TABLE IF NOT EXISTS moves (
            nth INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER NOT NULL UNIQUE,
            room INTEGER NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS intents (
            id INTEGER PRIMARY KEY AUTOINCREMENT, room INTEGER NOT NULL, sender TEXT NOT NULL,
            kind TEXT NOT NULL, content TEXT NOT NULL, parent TEXT, until INTEGER NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS people (
            account INTEGER PRIMARY KEY, handle TEXT NOT NULL COLLATE NOCASE, username TEXT,
            first_name TEXT NOT NULL)
          """,
          "CREATE INDEX IF NOT EXISTS people_by_handle ON people(handle)",
          "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)");

  private Schema() {}

  /** Sets a connection up, makes the tables if need be, and gives the store's id. */
  static String prepare(Connection connection, TelegramSettings settings) throws SQLException {
    // What Telegram was told to forget is nowhere else, so it has to survive a power cut, too.
    Sql.run(connection, "PRAGMA synchronous = FULL");
    Sql.run(connection, "PRAGMA cache_size = -1000");
    if (!"wal".equals(Sql.text(connection, "PRAGMA journal_mode"))
        && !"wal".equals(Sql.text(connection, "PRAGMA journal_mode = WAL"))) {
      throw new Misconfigured(
          "the store %s cannot have a write-ahead log there: put it on a local disk"
              .formatted(settings.store()));
    }
    if (Sql.text(connection, "SELECT 1 FROM sqlite_schema WHERE name = 'meta'") == null) {
      create(connection, settings);
    }
    return checked(connection, settings);
  }

  private static void create(Connection connection, TelegramSettings settings) throws SQLException {
    Sql.run(connection, "BEGIN IMMEDIATE");
    try {
      for (var table : TABLES) {
        Sql.run(connection, table);
      }
      Sql.run(connection, "INSERT OR IGNORE INTO meta VALUES ('store', lower(hex(randomblob(8))))");
      Sql.run(
          connection,
          "INSERT OR IGNORE INTO meta VALUES ('bot', ?)",
          Long.toString(settings.bot()));
      Sql.run(connection, "COMMIT");
    } catch (SQLException failure) {
      Sql.run(connection, "ROLLBACK");
      throw failure;
    }
  }

  private static String checked(Connection connection, TelegramSettings settings)
      throws SQLException {
    var store = Sql.text(connection, "SELECT value FROM meta WHERE name = 'store'");
    var bot = Sql.text(connection, "SELECT value FROM meta WHERE name = 'bot'");
    if (store == null || bot == null) {
      throw Misconfigured.of(
          "store_path",
          "is %s, which is a database of something else: name another file"
              .formatted(settings.store()));
    }
    if (!bot.equals(Long.toString(settings.bot()))) {
      throw new Misconfigured(
          "the store %s is that of bot %s, and the token is of bot %d: give each bot a store_path"
                  .formatted(settings.store(), bot, settings.bot())
              + " of its own");
    }
    return store;
  }
}
