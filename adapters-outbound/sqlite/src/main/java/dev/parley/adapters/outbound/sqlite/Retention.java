package dev.parley.adapters.outbound.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes messages that are older than kept: of each topic the oldest ones, up to the first that is
 * still to be kept, so that what is gone is always a gap and never a hole. A few rows at a time,
 * and the write lock is never held for long. One process does a pass every few hours; the database
 * remembers when.
 *
 * <p>A timestamp that cannot be read, or of a day to come, says nothing: such a row goes when one
 * that came after it goes.
 */
final class Retention {

  /** The pause when there is nothing to do. */
  static final Duration RARELY = Duration.ofHours(6);

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(20);
  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
  private static final int ROWS_AT_ONCE = 200;

  // Topics are text; what another program stored as a blob is larger than any of them.
  private static final String NEXT_TOPIC =
      "SELECT topic FROM messages WHERE topic > ? AND topic < x'' ORDER BY topic LIMIT 1";

  // unixepoch() takes bare numbers for Julian days: only what looks like a date is asked for.
  private static final String LOOK =
      """
      WITH page AS (
          SELECT id, CASE
            WHEN ts GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' AND unixepoch(ts) < ?
            THEN unixepoch(ts) < ? END AS expired
          FROM messages WHERE topic = ? AND id > ? ORDER BY id LIMIT ?),
        kept AS (SELECT min(id) AS kept_from FROM page WHERE NOT expired)
      SELECT max(id) AS last, kept_from IS NULL AS more,
        max(CASE WHEN expired AND (kept_from IS NULL OR id < kept_from) THEN id END) AS expired
      FROM page, kept
      """;

  private static final String DELETE =
      """
      DELETE FROM messages WHERE id IN (
        SELECT id FROM messages WHERE topic = ? AND id <= ? ORDER BY id LIMIT ?)
      """;

  private final @Nullable Duration keep;
  private long due = System.nanoTime();
  private @Nullable Place place;

  /** Where a pass has come to: in this topic all rows up to this id were looked at. */
  private record Place(String topic, long id) {}

  Retention(@Nullable Duration keep) {
    this.keep = keep;
  }

  /** Does a little of what is due and says how long to leave it at that. */
  Duration step(Link link) {
    if (keep == null) {
      return RARELY;
    }
    var early = due - System.nanoTime();
    if (early > 0) {
      return Duration.ofNanos(early);
    }
    var pause = RARELY;
    try {
      pause = advance(link, keep);
    } catch (SQLException failure) {
      pause = Faults.isBusy(failure) ? BETWEEN_STEPS : RARELY;
      LOG.debug("retention waits", failure);
    }
    due = System.nanoTime() + pause.toNanos();
    return pause;
  }

  private Duration advance(Link link, Duration kept) throws SQLException {
    if (place == null && doneLately(link, kept)) {
      return RARELY;
    }
    place = place == null ? topicAfter(link, "") : trim(link, place, kept);
    if (place == null) {
      note(link, kept);
      return RARELY;
    }
    return BETWEEN_STEPS;
  }

  private static @Nullable Place topicAfter(Link link, String topic) throws SQLException {
    try (var query = link.prepare(NEXT_TOPIC)) {
      query.setString(1, topic);
      try (var row = query.executeQuery()) {
        return row.next() ? new Place(row.getString(1), Long.MIN_VALUE) : null;
      }
    }
  }

  /** Looks at the next rows of a topic, deletes up to the last expired one, and says what next. */
  private static @Nullable Place trim(Link link, Place from, Duration kept) throws SQLException {
    var found = look(link, from, Instant.now(), kept);
    if (found.expired() != null && delete(link, from.topic(), found.expired()) == ROWS_AT_ONCE) {
      return from;
    }
    return found.more() ? new Place(from.topic(), found.last()) : topicAfter(link, from.topic());
  }

  /**
   * Some rows of a topic.
   *
   * @param more whether what follows is to be looked at, too
   * @param expired up to which row all are to be deleted, if any
   */
  private record Rows(long last, boolean more, @Nullable Long expired) {}

  private static Rows look(Link link, Place from, Instant now, Duration kept) throws SQLException {
    try (var query = link.prepare(LOOK)) {
      query.setLong(1, now.plus(CLOCKS_DIFFER).getEpochSecond());
      query.setLong(2, now.minus(kept).getEpochSecond());
      query.setString(3, from.topic());
      query.setLong(4, from.id());
      query.setInt(5, ROWS_AT_ONCE);
      try (var row = query.executeQuery()) {
        row.next();
        var last = row.getLong("last");
        var more = !row.wasNull() && row.getBoolean("more");
        var expired = row.getLong("expired");
        return new Rows(last, more, row.wasNull() ? null : expired);
      }
    }
  }

  private static int delete(Link link, String topic, long upTo) throws SQLException {
    try (var delete = link.prepare(DELETE)) {
      delete.setString(1, topic);
      delete.setLong(2, upTo);
      delete.setInt(3, ROWS_AT_ONCE);
      return delete.executeUpdate();
    }
  }

  private boolean doneLately(Link link, Duration kept) throws SQLException {
    try (var query =
        link.prepare(
            """
            SELECT 1 FROM parley_meta WHERE name = 'retention:' || ?
              AND CAST(value AS INTEGER) BETWEEN ? AND ?
            """)) {
      var now = Instant.now();
      query.setLong(1, kept.toDays());
      query.setLong(2, now.minus(RARELY).getEpochSecond());
      query.setLong(3, now.getEpochSecond());
      try (var row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private void note(Link link, Duration kept) throws SQLException {
    try (var replace =
        link.prepare("INSERT OR REPLACE INTO parley_meta VALUES ('retention:' || ?, ?)")) {
      replace.setLong(1, kept.toDays());
      replace.setString(2, Long.toString(Instant.now().getEpochSecond()));
      replace.executeUpdate();
    }
  }
}
