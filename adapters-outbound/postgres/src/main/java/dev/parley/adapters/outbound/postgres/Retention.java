package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.ports.BackendException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes messages that are older than kept, a few rows at a time, so that no lock is held for
 * long. One process does a pass every few hours; the database remembers when. A row whose timestamp
 * cannot be read is never deleted.
 */
final class Retention implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration RARELY = Duration.ofHours(6);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(20);
  private static final int ROWS_AT_ONCE = 1_000;

  // Old by its own clock: text in the form that bridges write sorts by time. Of another form only
  // the day is compared, one day later, whatever its offset from UTC.
  private static final String EXPIRED =
      """
      CASE WHEN ts ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' THEN ts < ? COLLATE "C"
        WHEN ts ~ '^\\d{4}-\\d\\d-\\d\\d' THEN left(ts, 10) < ? COLLATE "C" END
      """;

  private static final String STEP =
      """
      WITH page AS (SELECT seq, %s AS expired FROM "{table}" WHERE seq > ? ORDER BY seq LIMIT ?),
        gone AS (DELETE FROM "{table}" m USING page p WHERE m.seq = p.seq AND p.expired RETURNING 1)
      SELECT max(seq), count(*) FILTER (WHERE NOT expired), (SELECT count(*) FROM gone) FROM page
      """
          .formatted(EXPIRED);

  // One process claims a pass by noting its time; another one then finds that it is not due.
  private static final String CLAIM =
      """
      INSERT INTO "{table}_meta" AS m VALUES ('retention:' || ?, extract(epoch FROM now())::bigint)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        WHERE m.value::bigint NOT BETWEEN excluded.value::bigint - ? AND excluded.value::bigint
      """;

  private final Database database;
  private final @Nullable Duration keep;
  private final String step;
  private final String claim;
  private final Thread thread;
  private volatile boolean closed;

  Retention(Database database, PostgresSettings settings) {
    var names = new Names(settings.table());
    this.database = database;
    this.keep = settings.retention();
    this.step = names.in(STEP);
    this.claim = names.in(CLAIM);
    this.thread = Thread.ofVirtual().name("parley-postgres-retention").unstarted(this::work);
  }

  void start() {
    if (keep != null) {
      thread.start();
    }
  }

  private void work() {
    while (!closed && keep != null) {
      LockSupport.parkNanos(pass(keep).toNanos());
    }
  }

  private Duration pass(Duration kept) {
    try {
      if (database.call(connection -> claim(connection, kept))) {
        deleteUpTo(Instant.now().minus(kept));
      }
      return RARELY;
    } catch (BackendException failure) {
      LOG.warn("messages older than retention_days were not deleted: {}", failure.getMessage());
      return AFTER_FAILURE;
    }
  }

  private boolean claim(Connection connection, Duration kept) throws SQLException {
    try (var statement = connection.prepareStatement(claim)) {
      statement.setString(1, Long.toString(kept.toDays()));
      statement.setLong(2, RARELY.toSeconds());
      return statement.executeUpdate() == 1;
    }
  }

  private void deleteUpTo(Instant before) {
    var from = new Step(Long.MIN_VALUE, true);
    while (from.more() && !closed) {
      var last = from.seq();
      from = database.call(connection -> delete(connection, last, before));
      LockSupport.parkNanos(BETWEEN_STEPS.toNanos());
    }
  }

  /** Up to which seq was looked, and whether to look further. */
  private record Step(long seq, boolean more) {}

  private Step delete(Connection connection, long after, Instant before) throws SQLException {
    try (var statement = connection.prepareStatement(step)) {
      statement.setString(1, Timestamps.format(before));
      statement.setString(2, Timestamps.format(before.minus(Duration.ofDays(1))).substring(0, 10));
      statement.setLong(3, after);
      statement.setInt(4, ROWS_AT_ONCE);
      try (var row = statement.executeQuery()) {
        row.next();
        var last = row.getLong(1);
        if (row.wasNull()) {
          return new Step(after, false);
        }
        // Messages stand nearly in the order of their times: what follows is still to be kept.
        var onlyKept = row.getLong(2) > 0 && row.getLong(3) == 0;
        return new Step(last, !onlyKept);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
