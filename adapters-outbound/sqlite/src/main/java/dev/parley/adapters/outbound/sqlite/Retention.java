package dev.parley.adapters.outbound.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes messages that are older than kept, a few rows at a time, so that the write lock is never
 * held for long. One process does a pass every few hours; the database remembers when. A row whose
 * timestamp cannot be read is never deleted.
 */
final class Retention {

  /** The pause when there is nothing to do. */
  static final Duration RARELY = Duration.ofHours(6);

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(20);
  private static final int ROWS_AT_ONCE = 200;
  // unixepoch() takes bare numbers for Julian days: only what looks like a date is asked for.
  private static final String EXPIRED =
      "ts GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' AND unixepoch(ts) < ?";

  private final @Nullable Duration keep;
  private long due = System.nanoTime();
  private boolean passing;
  private long passed;

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
    if (!passing) {
      if (doneLately(link, kept)) {
        return RARELY;
      }
      passing = true;
      passed = Long.MIN_VALUE;
    }
    var end = endOfNextRows(link);
    if (end == passed) {
      passing = false;
      note(link, kept);
      return RARELY;
    }
    delete(link, end, Instant.now().minus(kept));
    passed = end;
    return BETWEEN_STEPS;
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

  private long endOfNextRows(Link link) throws SQLException {
    try (var query =
        link.prepare(
            "SELECT max(id) FROM (SELECT id FROM messages WHERE id > ? ORDER BY id LIMIT ?)")) {
      query.setLong(1, passed);
      query.setInt(2, ROWS_AT_ONCE);
      try (var row = query.executeQuery()) {
        var end = row.next() ? row.getLong(1) : 0;
        return row.wasNull() ? passed : end;
      }
    }
  }

  private void delete(Link link, long end, Instant before) throws SQLException {
    try (var any =
            link.prepare(
                "SELECT 1 FROM messages WHERE id > ? AND id <= ? AND %s LIMIT 1"
                    .formatted(EXPIRED));
        var delete = link.prepare("DELETE FROM messages WHERE id > ? AND id <= ? AND " + EXPIRED)) {
      for (var statement : new java.sql.PreparedStatement[] {any, delete}) {
        statement.setLong(1, passed);
        statement.setLong(2, end);
        statement.setLong(3, before.getEpochSecond());
      }
      try (var row = any.executeQuery()) {
        if (!row.next()) {
          return;
        }
      }
      delete.executeUpdate();
    }
  }
}
