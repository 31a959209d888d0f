package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.sqlite.Positions.Place;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads pages over one connection; for use by one thread. */
final class Pages {

  private static final int MOST_CHARACTERS = 1_024 * 1_024;
  // What a message weighs besides its content, so that many short ones fit into memory, too.
  private static final int CHARACTERS_PER_MESSAGE = 64;
  private static final long BEFORE_ANY_ROW = Long.MIN_VALUE;
  private static final long AFTER_ANY_ROW = Long.MAX_VALUE;

  private final Positions positions;
  private final MessageRows rows;
  private final PreparedStatement begin;
  private final PreparedStatement end;
  private final PreparedStatement ascending;
  private final PreparedStatement descending;
  private final PreparedStatement trimmed;
  private final PreparedStatement lastIdGiven;
  private final PreparedStatement copyLog;

  Pages(Link link) throws SQLException {
    positions = link.positions();
    rows = new MessageRows(link);
    begin = link.prepare("BEGIN");
    end = link.prepare("COMMIT");
    ascending =
        link.prepare(
            "SELECT %s FROM messages WHERE topic = ? AND id > ? ORDER BY id LIMIT ?"
                .formatted(MessageRows.COLUMNS));
    descending =
        link.prepare(
            "SELECT %s FROM messages WHERE topic = ? AND id < ? ORDER BY id DESC LIMIT ?"
                .formatted(MessageRows.COLUMNS));
    trimmed = link.prepare("SELECT up_to FROM parley_trimmed WHERE topic = ?");
    lastIdGiven = link.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'messages'");
    copyLog = link.prepare("PRAGMA wal_checkpoint(PASSIVE)");
  }

  /** One page, read from one snapshot of the database. */
  Page read(TopicName topic, Window window) throws SQLException {
    begin.execute();
    try {
      return find(topic, window);
    } finally {
      end.execute();
    }
  }

  private Page find(TopicName topic, Window window) throws SQLException {
    var limit = window.limit();
    if (window instanceof Window.After(var cursor, var _)) {
      return positions.placeOf(cursor) instanceof Place.After(var id)
          ? after(topic, id, cursor, limit)
          : oldest(topic, limit, true);
    }
    if (window instanceof Window.Before(var cursor, var _)) {
      return positions.placeOf(cursor) instanceof Place.After(var id)
          ? before(topic, id, cursor, limit)
          : oldest(topic, limit, true);
    }
    return window instanceof Window.Oldest ? oldest(topic, limit, false) : latest(topic, limit);
  }

  /**
   * Copies the write-ahead log into the database, waiting for nobody; returns whether all of it
   * could be copied.
   */
  boolean copyLog() throws SQLException {
    try (var row = copyLog.executeQuery()) {
      return row.next() && row.getInt("log") == row.getInt("checkpointed");
    }
  }

  private Page latest(TopicName topic, int limit) throws SQLException {
    var found = newestBefore(topic, AFTER_ANY_ROW, limit);
    var next =
        found.messages().isEmpty() ? tailOfEmpty(topic) : found.messages().getLast().cursor();
    return new Page(found.messages(), next, found.more(), false);
  }

  private Page oldest(TopicName topic, int limit, boolean gap) throws SQLException {
    var found = oldestAfter(topic, BEFORE_ANY_ROW, limit);
    var next =
        found.messages().isEmpty() ? tailOfEmpty(topic) : found.messages().getLast().cursor();
    return new Page(found.messages(), next, found.more(), gap);
  }

  private Page after(TopicName topic, long id, Cursor cursor, int limit) throws SQLException {
    var found = oldestAfter(topic, id, limit);
    var gap = id < trimmedUpTo(topic);
    if (!found.messages().isEmpty()) {
      return new Page(found.messages(), found.messages().getLast().cursor(), found.more(), gap);
    }
    // An id that was never given: the file was put back from an older copy.
    if (id > 0 && id > lastIdGiven()) {
      return oldest(topic, limit, true);
    }
    return new Page(List.of(), gap ? tailOfEmpty(topic) : cursor, false, gap);
  }

  private Page before(TopicName topic, long id, Cursor cursor, int limit) throws SQLException {
    var found = newestBefore(topic, id, limit);
    return found.messages().isEmpty()
        ? new Page(List.of(), cursor, false, id <= trimmedUpTo(topic))
        : new Page(found.messages(), found.messages().getFirst().cursor(), found.more(), false);
  }

  private record Found(List<Message> messages, boolean more) {}

  private Found oldestAfter(TopicName topic, long id, int limit) throws SQLException {
    return find(ascending, topic, id, limit);
  }

  private Found newestBefore(TopicName topic, long id, int limit) throws SQLException {
    var found = find(descending, topic, id, limit);
    Collections.reverse(found.messages());
    return found;
  }

  private Found find(PreparedStatement query, TopicName topic, long id, int limit)
      throws SQLException {
    query.setString(1, topic.value());
    query.setLong(2, id);
    query.setLong(3, limit + 1L);
    var messages = new ArrayList<Message>();
    try (var row = query.executeQuery()) {
      var characters = 0L;
      while (row.next()) {
        if (messages.size() == limit) {
          return new Found(messages, true);
        }
        var message = rows.read(row, topic);
        characters += message.content().length() + CHARACTERS_PER_MESSAGE;
        if (characters > MOST_CHARACTERS && !messages.isEmpty()) {
          return new Found(messages, true);
        }
        messages.add(message);
      }
    }
    return new Found(messages, false);
  }

  private Cursor tailOfEmpty(TopicName topic) throws SQLException {
    return positions.after(Math.max(0, trimmedUpTo(topic)));
  }

  private long trimmedUpTo(TopicName topic) throws SQLException {
    trimmed.setString(1, topic.value());
    try (var row = trimmed.executeQuery()) {
      return row.next() ? row.getLong(1) : BEFORE_ANY_ROW;
    }
  }

  private long lastIdGiven() throws SQLException {
    try (var row = lastIdGiven.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
