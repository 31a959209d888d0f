package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.outbound.Self;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes messages over one connection, in transactions that the writer begins and ends. */
final class PostTable {

  private final Self self;
  private final PreparedStatement begin;
  private final PreparedStatement insert;
  private final PreparedStatement insertedId;
  private final PreparedStatement keyed;
  private final PreparedStatement commit;
  private final PreparedStatement rollBack;

  PostTable(Link link, Self self) throws SQLException {
    this.self = self;
    // IMMEDIATE: a transaction that first reads and then finds the lock taken could not go on.
    begin = link.prepare("BEGIN IMMEDIATE");
    insert =
        link.prepare(
            """
            INSERT INTO messages(topic, sender, content, ts, in_reply_to, sender_kind, post_key)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """);
    insertedId = link.prepare("SELECT last_insert_rowid()");
    keyed =
        link.prepare(
            "SELECT id FROM messages WHERE topic = ? AND sender = ? AND post_key = ? AND post_key"
                + " IS NOT NULL");
    commit = link.prepare("COMMIT");
    rollBack = link.prepare("ROLLBACK");
    insert.setString(2, self.handle().value());
    insert.setString(6, SharedLayout.storedKind(self.kind()));
  }

  void begin() throws SQLException {
    begin.execute();
  }

  void commit() throws SQLException {
    commit.execute();
  }

  /** Ends a failed transaction; SQLite may have done so by itself. */
  void rollBack() {
    try {
      rollBack.execute();
    } catch (SQLException alreadyRolledBack) {
      return;
    }
  }

  /** Stores a draft, or finds the message that was stored under its key before. */
  MessageId insert(Draft draft, Instant now) throws SQLException {
    var key = draft.key();
    var repeated = key == null ? null : storedUnder(key, draft);
    return repeated != null ? repeated : insertNew(draft, now);
  }

  private @Nullable MessageId storedUnder(IdempotencyKey key, Draft draft) throws SQLException {
    keyed.setString(1, draft.topic().value());
    keyed.setString(2, self.handle().value());
    keyed.setString(3, key.value());
    try (var row = keyed.executeQuery()) {
      return row.next() ? idOf(row.getLong(1)) : null;
    }
  }

  private MessageId insertNew(Draft draft, Instant now) throws SQLException {
    var parent = draft.parent();
    var key = draft.key();
    insert.setString(1, draft.topic().value());
    insert.setString(3, draft.content());
    insert.setString(4, Timestamps.format(now));
    insert.setString(5, parent == null ? null : parent.value());
    insert.setString(7, key == null ? null : key.value());
    insert.executeUpdate();
    try (var row = insertedId.executeQuery()) {
      row.next();
      return idOf(row.getLong(1));
    }
  }

  private static MessageId idOf(long row) {
    return new MessageId(Long.toString(row));
  }
}
