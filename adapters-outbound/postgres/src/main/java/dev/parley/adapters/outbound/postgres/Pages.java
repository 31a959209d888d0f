package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.postgres.Positions.Place;
import dev.parley.adapters.outbound.postgres.Stores.Store;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads pages, each with one statement: what tells of gaps and of a store that was made anew is
 * read in the same snapshot as the messages, in a row before theirs.
 */
final class Pages {

  private static final long BEFORE_ANY = Long.MIN_VALUE;
  private static final long AFTER_ANY = Long.MAX_VALUE;
  private static final List<Integer> TOPICS = List.of(1, 2, 3, 4, 5, 7);
  private static final int SEQ = 6;
  private static final int LIMIT = 8;

  /**
   * The id of the store, up to which seq the oldest messages of the topic are gone, and a seq that
   * no message can be beyond.
   */
  private static final String HEAD =
      """
      SELECT greatest((SELECT max(seq) FROM "{table}"),
          (SELECT max(seq) FROM "{table}_gone" WHERE topic = ?)) AS seq,
        %s AS sender, NULL AS content, NULL AS ts, NULL AS in_reply_to, NULL AS sender_kind,
        (SELECT max(seq) FROM "{table}_gone" WHERE topic = ? AND seq < coalesce(
          (SELECT m.seq FROM "{table}" m %s LIMIT 1), 9223372036854775807)) AS size,
        NULL AS upto
      UNION ALL
      """
          .formatted(Stores.ID, MessageRows.after("?", MessageRows.LEAST_SEQ));

  private static final String ASCENDING =
      "SELECT %s FROM \"{table}\" m %s LIMIT ?"
          .formatted(MessageRows.COLUMNS, MessageRows.after("?", "?"));
  private static final String DESCENDING =
      "SELECT %s FROM \"{table}\" m %s LIMIT ?"
          .formatted(MessageRows.COLUMNS, MessageRows.before("?", "?"));

  private final Stores stores;
  private final String ascending;
  private final String descending;

  Pages(PostgresSettings settings, Stores stores) {
    var names = new Names(settings.table());
    this.stores = stores;
    this.ascending = names.in(HEAD + MessageRows.weighed(ASCENDING, "seq"));
    this.descending = names.in(HEAD + MessageRows.weighed(DESCENDING, "seq DESC"));
  }

  /** What a query found: messages in the order of the query, and what was in the row before. */
  private record Found(
      Store store, long lastGiven, long goneUpTo, List<Message> messages, boolean more) {

    Cursor tailOfEmpty() {
      return store.positions().after(Math.max(0, goneUpTo));
    }
  }

  /** One page, read with as many connections as it takes to find the store unchanged: one. */
  Page read(Connection connection, TopicName topic, Window window) throws SQLException {
    var store = stores.last(connection);
    while (true) {
      var place = placeOf(window, store);
      var found = find(connection, topic, window, place);
      if (found.store().equals(store)) {
        return page(connection, topic, window, place, found);
      }
      store = found.store();
    }
  }

  /** Where a window begins; a former store's place is before anything. */
  private static Place placeOf(Window window, Store store) {
    if (window instanceof Window.After after) {
      return store.positions().placeOf(after.cursor());
    }
    if (window instanceof Window.Before before) {
      return store.positions().placeOf(before.cursor());
    }
    return new Place.After(window instanceof Window.Latest ? AFTER_ANY : BEFORE_ANY);
  }

  private Found find(Connection connection, TopicName topic, Window window, Place place)
      throws SQLException {
    if (place instanceof Place.After after) {
      var backwards = window instanceof Window.Latest || window instanceof Window.Before;
      return find(connection, backwards ? descending : ascending, topic, after.seq(), window);
    }
    return find(connection, ascending, topic, BEFORE_ANY, window);
  }

  private Page page(Connection connection, TopicName topic, Window window, Place place, Found found)
      throws SQLException {
    if (place instanceof Place.InFormerStore) {
      return oldest(found, true);
    }
    if (window instanceof Window.After after) {
      var seq = ((Place.After) place).seq();
      // No message was ever there: the database was put back to an earlier state.
      return found.messages().isEmpty() && seq > 0 && seq > found.lastGiven()
          ? oldest(find(connection, ascending, topic, BEFORE_ANY, window), true)
          : after(found, seq, after.cursor());
    }
    if (window instanceof Window.Before before) {
      return before(found, ((Place.After) place).seq(), before.cursor());
    }
    return window instanceof Window.Latest ? latest(found) : oldest(found, false);
  }

  private static Page latest(Found found) {
    Collections.reverse(found.messages());
    return oldest(found, false);
  }

  private static Page oldest(Found found, boolean gap) {
    var messages = found.messages();
    var next = messages.isEmpty() ? found.tailOfEmpty() : messages.getLast().cursor();
    return new Page(messages, next, found.more(), gap);
  }

  private static Page after(Found found, long seq, Cursor cursor) {
    var messages = found.messages();
    var gap = seq < found.goneUpTo();
    if (messages.isEmpty()) {
      return new Page(messages, gap ? found.tailOfEmpty() : cursor, false, gap);
    }
    return new Page(messages, messages.getLast().cursor(), found.more(), gap);
  }

  private static Page before(Found found, long seq, Cursor cursor) {
    var messages = found.messages();
    Collections.reverse(messages);
    return messages.isEmpty()
        ? new Page(messages, cursor, false, seq <= found.goneUpTo())
        : new Page(messages, messages.getFirst().cursor(), found.more(), false);
  }

  private Found find(Connection connection, String sql, TopicName topic, long seq, Window window)
      throws SQLException {
    try (var query = connection.prepareStatement(sql)) {
      for (var parameter : TOPICS) {
        query.setString(parameter, topic.value());
      }
      query.setLong(SEQ, seq);
      query.setLong(LIMIT, window.limit() + 1L);
      try (var row = query.executeQuery()) {
        row.next();
        var lastGiven = row.getLong(1);
        var store = stores.seen(row.getString(2));
        var gone = row.getLong(7);
        var goneUpTo = row.wasNull() ? BEFORE_ANY : gone;
        var messages = new ArrayList<Message>();
        var more = collect(row, topic, store.positions(), window.limit(), messages);
        return new Found(store, lastGiven, goneUpTo, messages, more);
      }
    }
  }

  private static boolean collect(
      ResultSet row, TopicName topic, Positions positions, int limit, List<Message> messages)
      throws SQLException {
    while (row.next()) {
      if (messages.size() == limit || MessageRows.isTooMuch(row, messages.isEmpty())) {
        return true;
      }
      messages.add(MessageRows.read(row, topic, positions));
    }
    return false;
  }
}
