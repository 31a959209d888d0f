package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Rows read as messages. Rows of other writers may hold anything: whatever can be read is, and what
 * cannot appears as a marked placeholder in its place.
 */
final class MessageRows {

  /** What a query has to select first, in this order. */
  static final String COLUMNS =
      """
      id, sender, iif(typeof(content) = 'text' AND octet_length(content) <= 4194304, content, NULL),
      ts, in_reply_to, sender_kind
      """;

  private static final String ODD_CONTENT =
      """
      SELECT typeof(content), octet_length(content),
        iif(octet_length(content) <= 4194304, CAST(content AS BLOB), NULL)
      FROM messages WHERE id = ?
      """;

  private final Positions positions;
  private final PreparedStatement oddContent;

  MessageRows(Link link) throws SQLException {
    this.positions = link.positions();
    this.oddContent = link.prepare(ODD_CONTENT);
  }

  /** The message in the current row. */
  Message read(ResultSet row, TopicName topic) throws SQLException {
    var id = row.getLong(1);
    var text = row.getString(3);
    var content = text != null ? new Content(text, Condition.ORIGINAL) : readOddContent(id);
    return new Message(
        new MessageId(Long.toString(id)),
        topic,
        SharedLayout.sender(row.getString(2), row.getString(6)),
        content.text(),
        positions.after(id),
        Timestamps.parse(row.getString(4)),
        SharedLayout.parent(row.getString(5)),
        content.condition());
  }

  private record Content(String text, Condition condition) {

    static Content unreadable(String why) {
      return new Content(SharedLayout.placeholder(why), Condition.UNREADABLE);
    }
  }

  private Content readOddContent(long id) throws SQLException {
    oddContent.setLong(1, id);
    try (var row = oddContent.executeQuery()) {
      if (!row.next()) {
        return Content.unreadable("it was deleted meanwhile");
      }
      var type = row.getString(1);
      var bytes = row.getBytes(3);
      if ("null".equals(type)) {
        return Content.unreadable("it has no content");
      }
      if (bytes == null) {
        return Content.unreadable("%,d bytes are too many to show".formatted(row.getLong(2)));
      }
      return "blob".equals(type)
          ? textOf(bytes)
          : new Content(new String(bytes, StandardCharsets.UTF_8), Condition.ORIGINAL);
    }
  }

  private static Content textOf(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Content(text, Condition.ORIGINAL);
    } catch (CharacterCodingException binary) {
      return Content.unreadable("%,d bytes that are no text".formatted(bytes.length));
    }
  }
}
