package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Rows read as messages. Rows of other writers may hold anything that is text: whatever can be read
 * is, and what cannot appears as a marked placeholder in its place.
 */
final class MessageRows {

  /** How much content one answer holds at most, unless its first message is longer. */
  static final int MOST_BYTES = 1_024 * 1_024;

  /** What a query has to select for a message, and {@link #weighed} adds the rest. */
  static final String COLUMNS =
      """
      m.seq, m.sender, m.content, m.ts, m.in_reply_to, m.sender_kind,
      octet_length(m.content)::bigint AS size
      """;

  /** As a literal of the type of a seq: written as a number it would be of another type. */
  static final String LEAST_SEQ = "'-9223372036854775808'::bigint";

  // What a message weighs besides its content, so that many short ones fit into memory, too.
  private static final int BYTES_PER_MESSAGE = 64;
  private static final int MOST_SHOWN = 4 * MOST_BYTES;

  private MessageRows() {}

  /**
   * The messages {@code m} of a topic after a seq, in their order. Written as a comparison of rows,
   * since only one index can serve it: for {@code topic = ? ORDER BY seq} a planner that believes
   * most rows to be of one topic would go through the rows of all topics.
   */
  static String after(String topic, String seq) {
    return "WHERE (m.topic, m.seq) > (%1$s, %2$s) AND m.topic <= %1$s ORDER BY m.topic, m.seq"
        .formatted(topic, seq);
  }

  /** The messages of a topic before a seq, the last one first. */
  static String before(String topic, String seq) {
    return "WHERE (m.topic, m.seq) < (%1$s, %2$s) AND m.topic >= %1$s".formatted(topic, seq)
        + " ORDER BY m.topic DESC, m.seq DESC";
  }

  /**
   * A query for the messages that another one finds, without the content of what would make the
   * answer too heavy.
   *
   * @param found a query with {@link #COLUMNS} and those that the order needs
   * @param order in which they are weighed
   */
  static String weighed(String found, String order) {
    return """
    SELECT seq, sender,
      CASE WHEN size <= %1$d AND (upto <= %2$d OR upto = size + %3$d) THEN content END,
      ts, in_reply_to, sender_kind, size, upto
    FROM (SELECT f.*, sum(coalesce(size, 0) + %3$d)
        OVER (ORDER BY %5$s ROWS UNBOUNDED PRECEDING)::bigint AS upto
      FROM (%4$s) f) w
    """
        .formatted(MOST_SHOWN, MOST_BYTES, BYTES_PER_MESSAGE, found, order);
  }

  /** Whether the current row came without its content, and has to be asked for again. */
  static boolean isTooMuch(ResultSet row, boolean first) throws SQLException {
    return !first && row.getLong(8) > MOST_BYTES;
  }

  /** The message in the current row. */
  static Message read(ResultSet row, TopicName topic, Positions positions) throws SQLException {
    var seq = row.getLong(1);
    var text = row.getString(3);
    return new Message(
        new MessageId(Long.toString(seq)),
        topic,
        SharedLayout.sender(row.getString(2), row.getString(6)),
        text != null ? text : SharedLayout.placeholder(whyUnreadable(row)),
        positions.after(seq),
        Timestamps.parse(row.getString(4)),
        SharedLayout.parent(row.getString(5)),
        text != null ? Condition.ORIGINAL : Condition.UNREADABLE);
  }

  private static String whyUnreadable(ResultSet row) throws SQLException {
    var size = row.getLong(7);
    return row.wasNull() ? "it has no content" : "%,d bytes are too many to show".formatted(size);
  }
}
