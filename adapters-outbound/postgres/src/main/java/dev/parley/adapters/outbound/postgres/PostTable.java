package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Self;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores messages of one topic together: one statement, one transaction, one round trip. */
final class PostTable {

  // The lock is that of every writer to the table: seqs become visible in their order only because
  // each is drawn while it is held. No row comes out of the join before the lock is there. That a
  // key was used before is known by the index, whatever the statement's snapshot shows.
  private static final String INSERT =
      """
      WITH topic_lock AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtext(?)))
      INSERT INTO "{table}" (topic, sender, content, ts, in_reply_to, sender_kind, post_key)
        SELECT ?, ?, d.content, ?, d.parent, ?, d.key
        FROM topic_lock, unnest(?::text[], ?::text[], ?::text[])
          WITH ORDINALITY AS d (content, parent, key, n)
        ORDER BY d.n
        ON CONFLICT (topic, sender, post_key) WHERE post_key IS NOT NULL DO NOTHING
        RETURNING seq, post_key
      """;

  private static final String STORED_BEFORE =
      """
      SELECT post_key, seq FROM "{table}"
      WHERE topic = ? AND sender = ? AND post_key IS NOT NULL AND post_key = ANY (?::text[])
      """;

  private static final String REGISTER =
      "INSERT INTO \"{table}_senders\" VALUES (?, ?) ON CONFLICT DO NOTHING";

  private final Self self;
  private final String insert;
  private final String storedBefore;
  private final String register;

  PostTable(PostgresSettings settings, Self self) {
    var names = new Names(settings.table());
    this.self = self;
    this.insert = names.in(INSERT);
    this.storedBefore = names.in(STORED_BEFORE);
    this.register = names.in(REGISTER);
  }

  /**
   * Stores drafts in their order.
   *
   * @return their ids in the same order; null for one whose key was used before
   */
  List<@Nullable MessageId> insert(Connection connection, TopicName topic, List<Draft> drafts)
      throws SQLException {
    try (var statement = connection.prepareStatement(insert)) {
      statement.setString(1, topic.value());
      statement.setString(2, topic.value());
      statement.setString(3, self.handle().value());
      statement.setString(4, Timestamps.format(Instant.now()));
      statement.setString(5, SharedLayout.storedKind(self.kind()));
      statement.setArray(6, texts(connection, drafts, Draft::content));
      statement.setArray(
          7, texts(connection, drafts, draft -> textOf(draft.parent(), MessageId::value)));
      statement.setArray(8, texts(connection, drafts, PostTable::keyOf));
      try (var row = statement.executeQuery()) {
        return idsOf(row, drafts);
      }
    }
  }

  /** Rows come in the order of the drafts; one is missing where the key was used before. */
  private static List<@Nullable MessageId> idsOf(ResultSet row, List<Draft> drafts)
      throws SQLException {
    var ids = new ArrayList<@Nullable MessageId>(drafts.size());
    var left = row.next();
    for (var draft : drafts) {
      if (left && Objects.equals(row.getString(2), keyOf(draft))) {
        ids.add(new MessageId(row.getString(1)));
        left = row.next();
      } else {
        ids.add(null);
      }
    }
    return ids;
  }

  /** The messages that were stored under the keys of drafts. */
  Map<IdempotencyKey, MessageId> storedBefore(
      Connection connection, TopicName topic, List<Draft> drafts) throws SQLException {
    try (var query = connection.prepareStatement(storedBefore)) {
      query.setString(1, topic.value());
      query.setString(2, self.handle().value());
      query.setArray(3, texts(connection, drafts, PostTable::keyOf));
      var known = new HashMap<IdempotencyKey, MessageId>();
      try (var row = query.executeQuery()) {
        while (row.next()) {
          known.put(new IdempotencyKey(row.getString(1)), new MessageId(row.getString(2)));
        }
      }
      return known;
    }
  }

  /** Lists the sender where other bridges list theirs. */
  void register(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(register)) {
      statement.setString(1, self.handle().value());
      statement.setString(2, self.handle().value());
      statement.executeUpdate();
    }
  }

  private static java.sql.Array texts(
      Connection connection, List<Draft> drafts, Function<Draft, @Nullable String> text)
      throws SQLException {
    var texts = new @Nullable String[drafts.size()];
    for (var n = 0; n < texts.length; n++) {
      texts[n] = text.apply(drafts.get(n));
    }
    return connection.createArrayOf("text", texts);
  }

  private static @Nullable String keyOf(Draft draft) {
    return textOf(draft.key(), IdempotencyKey::value);
  }

  private static <T> @Nullable String textOf(@Nullable T value, Function<T, String> text) {
    return value == null ? null : text.apply(value);
  }
}
