package dev.parley.adapters.outbound.telegram;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Chats and the rooms they are: a group that becomes a supergroup gets another chat id, and goes on
 * as the same room.
 */
final class Rooms {

  private Rooms() {}

  /** The room of a chat: the id that the chat first had. */
  static long roomOf(Connection connection, long chat) throws SQLException {
    var room = Sql.number(connection, "SELECT room FROM moves WHERE chat = ?", chat);
    return room == 0 ? chat : room;
  }

  /** The chat id that a room has now. */
  static long chatOf(Connection connection, long room) throws SQLException {
    var chat =
        Sql.number(
            connection, "SELECT chat FROM moves WHERE room = ? ORDER BY nth DESC LIMIT 1", room);
    return chat == 0 ? room : chat;
  }

  /** Notes that a chat has got another id; noting it again does nothing. */
  static void move(Connection connection, long from, long to) throws SQLException {
    if (from != to && roomOf(connection, from) != to) {
      Sql.run(
          connection,
          "INSERT OR IGNORE INTO moves(chat, room) VALUES (?, ?)",
          to,
          roomOf(connection, from));
    }
  }
}
