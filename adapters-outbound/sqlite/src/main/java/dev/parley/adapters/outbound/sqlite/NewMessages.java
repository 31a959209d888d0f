package dev.parley.adapters.outbound.sqlite;

import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what was added to any topic since a row id; ids are given across topics. */
final class NewMessages {

  private static final int MOST_ROWS = 512;
  private static final int MOST_CHARACTERS = 1_024 * 1_024;

  private final MessageRows rows;
  private final PreparedStatement added;
  private final PreparedStatement lastId;

  NewMessages(Link link) throws SQLException {
    rows = new MessageRows(link);
    added =
        link.prepare(
            """
            SELECT %s, iif(typeof(topic) = 'text', topic, NULL)
            FROM messages WHERE id > ? ORDER BY id LIMIT ?
            """
                .formatted(MessageRows.COLUMNS));
    lastId = link.prepare("SELECT max(id) FROM messages");
  }

  /**
   * Some of what was added.
   *
   * @param messages those of wanted topics, in order
   * @param last the id up to which rows were read
   * @param more whether further rows wait
   */
  record Chunk(List<Message> messages, long last, boolean more) {}

  /** The id of the newest row; 0 when there is none. */
  long lastId() throws SQLException {
    try (var row = lastId.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /**
   * Reads on after a row.
   *
   * @param wanted the topic of a name, or null when nobody listens to it
   */
  Chunk after(long id, Function<String, @Nullable TopicName> wanted) throws SQLException {
    added.setLong(1, id);
    added.setInt(2, MOST_ROWS);
    var messages = new ArrayList<Message>();
    var last = id;
    var characters = 0L;
    var read = 0;
    try (var row = added.executeQuery()) {
      while (row.next()) {
        read++;
        last = row.getLong(1);
        var name = row.getString(7);
        var topic = name == null ? null : wanted.apply(name);
        if (topic != null) {
          var message = rows.read(row, topic);
          messages.add(message);
          characters += message.content().length();
        }
        if (characters >= MOST_CHARACTERS) {
          return new Chunk(messages, last, true);
        }
      }
    }
    return new Chunk(messages, last, read == MOST_ROWS);
  }
}
