package dev.parley.adapters.outbound.telegram;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.outbound.Self;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Posts on their way. Telegram never tells a bot what the bot itself said, so a post whose answer
 * was lost, or whose process was killed, would be seen by people and by no agent: the intent makes
 * sure that its place in the history says so.
 */
final class Intents {

  private Intents() {}

  /** Notes that a draft is about to be sent; gives the number of the intent. */
  static long begin(Connection connection, long room, Draft draft, Self self, Instant until)
      throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO intents(room, sender, kind, content, parent, until) VALUES (?, ?, ?, ?, ?, ?)",
        room,
        self.handle().value(),
        self.kind().name(),
        draft.content(),
        draft.parent() == null ? null : draft.parent().value(),
        until.toEpochMilli());
    return Sql.number(connection, "SELECT last_insert_rowid()");
  }

  /** The outcome is known. */
  static void settled(Connection connection, long intent) throws SQLException {
    Sql.run(connection, "DELETE FROM intents WHERE id = ?", intent);
  }

  /** The outcome will not be known: marks the place in the history. */
  static void unknown(Connection connection, long intent) throws SQLException {
    mark(connection, "id = ?", intent);
  }

  /** Whether there are any whose process did not live to learn the outcome. */
  static boolean hasOverdue(Connection connection, Instant now) throws SQLException {
    return Sql.number(
            connection, "SELECT 1 FROM intents WHERE until < ? LIMIT 1", now.toEpochMilli())
        == 1;
  }

  /** Marks those whose process did not live to learn the outcome. */
  static void settleOverdue(Connection connection, Instant now) throws SQLException {
    mark(connection, "until < ?", now.toEpochMilli());
  }

  private static void mark(Connection connection, String which, long value) throws SQLException {
    var sql =
        "DELETE FROM intents WHERE %s RETURNING id, room, sender, kind, content, parent"
            .formatted(which);
    try (var query = Sql.prepared(connection, sql, value);
        var row = query.executeQuery()) {
      while (row.next()) {
        Appending.message(
            connection,
            new Observed(
                row.getLong(2),
                "%d:unknown-%d".formatted(row.getLong(2), row.getLong(1)),
                new Sender(row.getString(3), null, Sender.Kind.valueOf(row.getString(4))),
                SharedLayout.placeholder(
                    "Telegram did not confirm this post, and it may be in the chat: "
                        + row.getString(5)),
                Instant.now(),
                row.getString(6),
                Condition.UNREADABLE));
      }
    }
  }
}
