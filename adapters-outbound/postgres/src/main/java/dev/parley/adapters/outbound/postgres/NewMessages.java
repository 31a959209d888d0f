package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.postgres.Stores.Store;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what was added to any of several topics with one statement. */
final class NewMessages {

  private static final int MOST_ROWS = 500;

  private static final String HEAD =
      """
      SELECT NULL::bigint AS seq, %s AS sender, NULL AS content, NULL AS ts, NULL AS in_reply_to,
        NULL AS sender_kind, NULL AS size, NULL AS upto, NULL AS n
      UNION ALL
      """
          .formatted(Stores.ID);

  private static final String ADDED =
      """
      SELECT a.*, asked.n
      FROM unnest(?::text[], ?::bigint[]) WITH ORDINALITY AS asked (topic, seq, n)
      CROSS JOIN LATERAL (SELECT %s FROM "{table}" m %s LIMIT %d) a
      """
          .formatted(MessageRows.COLUMNS, MessageRows.after("asked.topic", "asked.seq"), MOST_ROWS);

  private static final String TAILS =
      """
      SELECT %s, coalesce((SELECT m.seq FROM "{table}" m %s LIMIT 1), 0)
      FROM unnest(?::text[]) WITH ORDINALITY AS asked (topic, n) ORDER BY asked.n
      """
          .formatted(Stores.ID, MessageRows.before("asked.topic", Long.toString(Long.MAX_VALUE)));

  private final Stores stores;
  private final String added;
  private final String tails;

  NewMessages(PostgresSettings settings, Stores stores) {
    var names = new Names(settings.table());
    this.stores = stores;
    this.added =
        names.in(
            HEAD + MessageRows.weighed(ADDED, "n, seq").replace("size, upto", "size, upto, n"));
    this.tails = names.in(TAILS);
  }

  /**
   * Some of what was added.
   *
   * @param store the store that was read
   * @param messages by topic and in order within each
   * @param unfinished topics with further messages
   */
  record Added(Store store, List<Message> messages, Set<TopicName> unfinished) {}

  /** Where topics end. */
  record Tails(Store store, Map<TopicName, Long> last) {}

  /** Reads on after a seq in each topic. */
  Added after(Connection connection, Map<TopicName, Long> last) throws SQLException {
    var topics = List.copyOf(last.keySet());
    try (var query = connection.prepareStatement(added)) {
      query.setArray(1, texts(connection, topics));
      query.setArray(2, seqs(connection, topics, last));
      try (var row = query.executeQuery()) {
        row.next();
        var store = stores.seen(row.getString(2));
        var messages = new ArrayList<Message>();
        var counts = new HashMap<TopicName, Integer>();
        var unfinished = new HashSet<TopicName>();
        while (row.next()) {
          var topic = topics.get(row.getInt(9) - 1);
          if (MessageRows.isTooMuch(row, messages.isEmpty())) {
            unfinished.add(topic);
          } else {
            messages.add(MessageRows.read(row, topic, store.positions()));
            if (counts.merge(topic, 1, Integer::sum) == MOST_ROWS) {
              unfinished.add(topic);
            }
          }
        }
        return new Added(store, messages, unfinished);
      }
    }
  }

  /** The last seq of each topic; 0 for an empty one. */
  Tails tails(Connection connection, List<TopicName> topics) throws SQLException {
    try (var query = connection.prepareStatement(tails)) {
      query.setArray(1, texts(connection, topics));
      try (var row = query.executeQuery()) {
        var store = stores.last(connection);
        var last = new HashMap<TopicName, Long>();
        for (var topic : topics) {
          row.next();
          store = stores.seen(row.getString(1));
          last.put(topic, row.getLong(2));
        }
        return new Tails(store, last);
      }
    }
  }

  private static java.sql.Array texts(Connection connection, List<TopicName> topics)
      throws SQLException {
    var texts = new String[topics.size()];
    for (var n = 0; n < texts.length; n++) {
      texts[n] = topics.get(n).value();
    }
    return connection.createArrayOf("text", texts);
  }

  private static java.sql.Array seqs(
      Connection connection, List<TopicName> topics, Map<TopicName, Long> last)
      throws SQLException {
    var seqs = new @Nullable Long[topics.size()];
    for (var n = 0; n < seqs.length; n++) {
      seqs[n] = last.get(topics.get(n));
    }
    return connection.createArrayOf("bigint", seqs);
  }
}
