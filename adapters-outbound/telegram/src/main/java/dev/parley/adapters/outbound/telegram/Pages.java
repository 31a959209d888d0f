package dev.parley.adapters.outbound.telegram;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads pages of one room from one snapshot of the store. */
final class Pages {

  private static final int MOST_CHARACTERS = 512 * 1_024;
  private static final int CHARACTERS_PER_MESSAGE = 64;

  private final Connection connection;
  private final Positions positions;
  private final TopicName topic;
  private final long room;

  Pages(Connection connection, Positions positions, TopicName topic, long chat)
      throws SQLException {
    this.connection = connection;
    this.positions = positions;
    this.topic = topic;
    this.room = Rooms.roomOf(connection, chat);
  }

  Page read(Window window) throws SQLException {
    return switch (window) {
      case Window.Latest(var limit) -> latest(limit);
      case Window.Oldest(var limit) -> oldest(limit, false);
      case Window.After(var cursor, var limit) -> {
        var place = positions.placeOf(cursor);
        yield place.isPresent() ? after(place.getAsLong(), limit) : oldest(limit, true);
      }
      case Window.Before(var cursor, var limit) -> {
        var place = positions.placeOf(cursor);
        yield place.isPresent() ? before(place.getAsLong(), limit) : oldest(limit, true);
      }
    };
  }

  private Page latest(int limit) throws SQLException {
    var found = newestBefore(Long.MAX_VALUE, limit);
    var next =
        found.messages().isEmpty() ? positions.after(tail()) : found.messages().getLast().cursor();
    return new Page(found.messages(), next, found.more(), false);
  }

  private Page oldest(int limit, boolean gap) throws SQLException {
    var found = oldestAfter(0, Long.MAX_VALUE, limit);
    var next =
        found.messages().isEmpty() ? positions.after(tail()) : found.messages().getLast().cursor();
    return new Page(found.messages(), next, found.more(), gap);
  }

  private Page after(long place, int limit) throws SQLException {
    if (place > lastGiven()) {
      // A place that was never given: the file was put back from an older copy.
      return oldest(limit, true);
    }
    var loss = nextLoss(place);
    var upToLoss = oldestAfter(place, loss, limit);
    if (!upToLoss.messages().isEmpty()) {
      var more = upToLoss.more() || loss != Long.MAX_VALUE;
      return page(upToLoss, more && hasAfter(upToLoss), upToLoss.first() > place);
    }
    var found = oldestAfter(place, Long.MAX_VALUE, limit);
    var lost = loss != Long.MAX_VALUE;
    return found.messages().isEmpty()
        ? new Page(
            List.of(), positions.after(Math.max(place, tail())), false, lost || tail() > place)
        : page(found, found.more(), lost || found.first() > place);
  }

  private Page page(Found found, boolean more, boolean gap) {
    return new Page(found.messages(), found.messages().getLast().cursor(), more, gap);
  }

  private boolean hasAfter(Found found) throws SQLException {
    return found.more()
        || Sql.number(
                connection,
                "SELECT 1 FROM messages WHERE room = ? AND seq > ? LIMIT 1",
                room,
                found.last())
            == 1;
  }

  private Page before(long place, int limit) throws SQLException {
    var found = newestBefore(place, limit);
    if (found.messages().isEmpty()) {
      var deleted = Sql.number(connection, "SELECT last FROM rooms WHERE room = ?", room) != 0;
      return new Page(List.of(), positions.after(place), false, deleted && oldestKeptHasPrevious());
    }
    return new Page(found.messages(), found.messages().getFirst().cursor(), found.more(), false);
  }

  private boolean oldestKeptHasPrevious() throws SQLException {
    return Sql.number(
            connection, "SELECT prev FROM messages WHERE room = ? ORDER BY seq LIMIT 1", room)
        > 0;
  }

  // Of this room, or where updates of any room were lost.
  private long tail() throws SQLException {
    return Math.max(
        Sql.number(connection, "SELECT last FROM rooms WHERE room = ?", room),
        Sql.number(
            connection, "SELECT max(seq) FROM messages WHERE room = ?", Appending.EVERY_ROOM));
  }

  private long nextLoss(long place) throws SQLException {
    var loss =
        Sql.number(
            connection,
            "SELECT min(seq) FROM messages WHERE room = ? AND seq > ?",
            Appending.EVERY_ROOM,
            place);
    return loss == 0 ? Long.MAX_VALUE : loss;
  }

  private long lastGiven() throws SQLException {
    return Sql.number(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'messages'");
  }

  /**
   * Messages in ascending order.
   *
   * @param first where the message before the first one stands, deleted or not
   * @param last where the last one stands
   */
  private record Found(List<Message> messages, boolean more, long first, long last) {}

  private Found oldestAfter(long place, long before, int limit) throws SQLException {
    return find("seq > ? AND seq < ? ORDER BY seq", place, before, limit);
  }

  private Found newestBefore(long place, int limit) throws SQLException {
    var found = find("seq > ? AND seq < ? ORDER BY seq DESC", 0, place, limit);
    Collections.reverse(found.messages());
    return found;
  }

  private Found find(String which, long after, long before, int limit) throws SQLException {
    var sql =
        "SELECT %s FROM messages WHERE room = ? AND %s LIMIT ?"
            .formatted(StoredMessages.COLUMNS, which);
    var messages = new ArrayList<Message>();
    var first = 0L;
    var last = 0L;
    try (var query = Sql.prepared(connection, sql, room, after, before, limit + 1L);
        var row = query.executeQuery()) {
      var characters = 0L;
      while (row.next()) {
        var message = StoredMessages.read(row, topic, positions);
        characters += message.content().length() + CHARACTERS_PER_MESSAGE;
        if (messages.size() == limit || (characters > MOST_CHARACTERS && !messages.isEmpty())) {
          return new Found(messages, true, first, last);
        }
        if (messages.isEmpty()) {
          first = row.getLong(2);
        }
        last = row.getLong(1);
        messages.add(message);
      }
    }
    return new Found(messages, false, first, last);
  }
}
