package dev.parley.adapters.outbound.telegram;

import dev.parley.domain.message.Message.Condition;
import java.sql.Connection;
import java.sql.SQLException;

/** Adds to the order of the store; each within the caller's transaction. */
final class Appending {

  /** The room that stands for all rooms. */
  static final long EVERY_ROOM = 0;

  private Appending() {}

  /** Adds what this bot posted: whatever Telegram may have told of it, this knows it better. */
  static void post(Connection connection, Observed post) throws SQLException {
    if (!message(connection, post)) {
      Sql.run(
          connection,
          "UPDATE messages SET sender = ?, account = ?, kind = ?, content = ?, parent = ? WHERE id"
              + " = ?",
          post.sender().handle(),
          post.sender().account(),
          post.sender().kind().name(),
          post.content(),
          post.parent(),
          post.id());
    }
  }

  /** Adds a message at the end of its room; false when it is there already. */
  static boolean message(Connection connection, Observed message) throws SQLException {
    var room = Rooms.roomOf(connection, message.chat());
    var added =
        Sql.run(
            connection,
            """
            INSERT OR IGNORE INTO messages(
              room, prev, id, sender, account, kind, content, at, parent, condition)
            VALUES (?, coalesce((SELECT last FROM rooms WHERE room = ?), 0), ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            room,
            room,
            message.id(),
            message.sender().handle(),
            message.sender().account(),
            message.sender().kind().name(),
            message.content(),
            message.at().toEpochMilli(),
            message.parent(),
            message.condition().name());
    if (added > 0) {
      Sql.run(
          connection,
          "INSERT OR REPLACE INTO rooms(room, last) VALUES (?, last_insert_rowid())",
          room);
    }
    return added > 0;
  }

  /** Gives a message that is there its latest content; one that is not there is added. */
  static void edit(Connection connection, Observed message) throws SQLException {
    var found = Sql.number(connection, "SELECT seq FROM messages WHERE id = ?", message.id()) != 0;
    if (!found) {
      message(connection, message);
      return;
    }
    Sql.run(
        connection,
        "UPDATE messages SET content = ?, condition = ? WHERE id = ? AND content <> ?",
        message.content(),
        message.condition() == Condition.ORIGINAL
            ? Condition.EDITED.name()
            : message.condition().name(),
        message.id(),
        message.content());
  }

  /** Marks that updates before this place were lost, of which chats nobody knows. */
  static void loss(Connection connection, long nowMillis) throws SQLException {
    Sql.run(
        connection,
        """
        INSERT INTO messages(room, prev, id, sender, kind, content, at, condition)
        VALUES (?, 0, 'lost:' || lower(hex(randomblob(8))), '', '', '', ?, '')
        """,
        EVERY_ROOM,
        nowMillis);
  }
}
