package dev.parley.adapters.outbound.telegram;

import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Rows of the store read as messages. */
final class StoredMessages {

  /** What a query has to select first, in this order. */
  static final String COLUMNS =
      "seq, prev, id, sender, account, kind, content, at, parent, condition";

  private StoredMessages() {}

  /** The message in the current row. */
  static Message read(ResultSet row, TopicName topic, Positions positions) throws SQLException {
    var parent = row.getString(9);
    return new Message(
        new MessageId(row.getString(3)),
        topic,
        new Sender(row.getString(4), row.getString(5), Sender.Kind.valueOf(row.getString(6))),
        row.getString(7),
        positions.after(row.getLong(1)),
        Instant.ofEpochMilli(row.getLong(8)),
        parent == null ? null : new MessageId(parent),
        Condition.valueOf(row.getString(10)));
  }
}
